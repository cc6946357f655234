// python.cpp - runs schedulers that are written in Python.
#include <batsched.h>

#include <array>
#include <memory>
#include <optional>

#include "events.hpp"
#include "interpreter.hpp"
#include "module.hpp"
#include "script.hpp"
#include "session.hpp"
#include "simulator_type.hpp"

namespace python {

namespace {

// The object batsched.Simulator, which must not be used after its scheduler's end.
struct OpenSimulator {
    OpenSimulator() = default;
    OpenSimulator(const OpenSimulator&) = delete;
    OpenSimulator& operator=(const OpenSimulator&) = delete;
    ~OpenSimulator() {
        if (object) end_simulator(object.get());
    }
    Ref object;
};

// An Instance is one scheduler: an object of a class of a script.
class Instance {
  public:
    Instance(const batsched_simulator_t* sim, const batsched_init_t& init, const Runtime& runtime,
             batsched_reply_t& reply);
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    ~Instance();

    void handle(const batsched_event_t& event);
    void finalize(const batsched_exit_t& exit);
    // The status that the simulation ends with.
    batsched_status_t broken() const { return session_.broken(); }
    const batsched_simulator_t* sim() const { return session_.sim(); }

  private:
    void answer(batsched_reply_t& reply);
    const Ref& handler(Handler handler) const {
        return handlers_.at(static_cast<std::size_t>(handler));
    }

    Session session_;
    std::unique_ptr<Script> script_;
    OpenSimulator simulator_;
    Ref scheduler_;
    std::array<Ref, kHandlerCount> handlers_; // bound methods, if there are
    std::string display_name_, display_version_;
};

std::string text_attribute(PyObject* object, const char* name, const std::string& otherwise) {
    if (!has_attribute(object, name)) return otherwise;
    const Ref value = attribute(object, name);
    if (PyUnicode_Check(value.get()) == 0)
        raise(PyExc_TypeError, std::string("the attribute '") + name + "' must be a string");
    return utf8(value.get());
}

bool is_true(PyObject* object, const char* name) {
    if (!has_attribute(object, name)) return false;
    const int truth = PyObject_IsTrue(attribute(object, name).get());
    demand(truth >= 0);
    return truth == 1;
}

Instance::Instance(const batsched_simulator_t* sim, const batsched_init_t& init,
                   const Runtime& runtime, batsched_reply_t& reply)
    : session_(sim, runtime) {
    const Configuration configuration = read_configuration(init.config, runtime);
    script_ = std::make_unique<Script>(configuration.script, init.name);
    const Ref type = script_->find_class(configuration.type);
    check_handlers(type.get());
    simulator_.object = make_simulator(session_, init, script_->folder());
    scheduler_ = take(PyObject_CallFunctionObjArgs(type.get(), simulator_.object.get(),
                                                   configuration.rest.get(), nullptr));
    for (std::size_t i = 0; i < kHandlerCount; ++i)
        handlers_.at(i) = find_handler(scheduler_.get(), static_cast<Handler>(i));
    answer(reply);
}

void Instance::answer(batsched_reply_t& reply) {
    PyObject* scheduler = scheduler_.get();
    if (is_true(scheduler, "registers_jobs")) reply.features |= BATSCHED_FEATURE_REGISTRATION;
    if (is_true(scheduler, "shares_hosts")) reply.features |= BATSCHED_FEATURE_SHARED_HOSTS;
    if (is_true(scheduler, "observes")) reply.features |= BATSCHED_FEATURE_OBSERVER;
    display_name_ = text_attribute(scheduler, "name", script_->stem());
    display_version_ = text_attribute(scheduler, "version", "");
    reply.display_name = display_name_.c_str();
    if (!display_version_.empty()) reply.display_version = display_version_.c_str();
}

Instance::~Instance() {
    handlers_ = {};
    scheduler_ = Ref();
    script_.reset();
    PyGC_Collect(); // modules and classes are cycles
}

void Instance::handle(const batsched_event_t& event) {
    session_.now = event.time;
    if (event.type == BATSCHED_EVENT_JOB_COMPLETED)
        session_.forget_after_batch(event.job_completed.job->id);
    if (event.type == BATSCHED_EVENT_JOB_REJECTED)
        session_.forget_after_batch(event.job_rejected.job->id);
    const std::optional<Handler> which = handler_of(event.type);
    if (which && handler(*which)) {
        const Ref argument = argument_of(event, session_);
        PyObject* function = handler(*which).get();
        take(argument ? PyObject_CallOneArg(function, argument.get())
                      : PyObject_CallNoArgs(function));
    }
    if (event.type == BATSCHED_EVENT_DECIDE) session_.end_batch();
}

void Instance::finalize(const batsched_exit_t& exit) {
    const Ref& function = handler(Handler::kFinalize);
    if (!function) return;
    const Ref argument = make_exit(exit, session_.runtime());
    take(PyObject_CallOneArg(function.get(), argument.get()));
}

// ---- The C interface -----------------------------------------------------------------------------

// Runs `body`; turns what it throws into a reported status, `broken` if the simulator has answered so.
template <class Body, class Broken>
batsched_status_t run(const batsched_simulator_t* sim, Body&& body, Broken&& broken) noexcept {
    try {
        body();
        return broken();
    } catch (const Raised&) {
        sim->report_error(sim, describe_exception().c_str());
    } catch (const std::exception& error) {
        sim->report_error(sim, error.what());
    } catch (...) {
        sim->report_error(sim, "exception that is not a std::exception");
    }
    flush_output();
    const batsched_status_t status = broken();
    return status == BATSCHED_OK ? BATSCHED_FAILED : status;
}

Instance& instance_of(batsched_instance_t* instance) {
    return *reinterpret_cast<Instance*>(instance);
}

batsched_status_t sched_init(const batsched_simulator_t* sim, const batsched_init_t* init,
                             batsched_instance_t** out, batsched_reply_t* reply) noexcept {
    const auto create = [&] {
        start_interpreter();
        const Ref module = import(kModule);
        auto instance = std::make_unique<Instance>(sim, *init, runtime_of(module.get()), *reply);
        *out = reinterpret_cast<batsched_instance_t*>(instance.release());
    };
    return run(sim, create, [] { return batsched_status_t{BATSCHED_OK}; });
}

batsched_status_t sched_on_event(batsched_instance_t* self,
                                 const batsched_event_t* event) noexcept {
    Instance& instance = instance_of(self);
    return run(
        instance.sim(), [&] { instance.handle(*event); }, [&] { return instance.broken(); });
}

void sched_finalize(batsched_instance_t* self, const batsched_exit_t* exit) noexcept {
    Instance& instance = instance_of(self);
    run(
        instance.sim(), [&] { instance.finalize(*exit); }, [&] { return instance.broken(); });
    delete &instance;
    flush_output();
}

} // namespace

} // namespace python

extern "C" {
const batsched_vtable_t batsched_vtable = {sizeof(batsched_vtable_t),
                                           BATSCHED_ABI_VERSION,
                                           "python",
                                           "1.0.0",
                                           "Runs a scheduler that is written in Python",
                                           &python::sched_init,
                                           &python::sched_on_event,
                                           &python::sched_finalize};
}

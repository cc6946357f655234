// session.cpp - the simulator in front of one Python scheduler.
#include "session.hpp"

#include <batsched.hpp>

#include "job_type.hpp"

namespace python {

bool Session::check(batsched_status_t status, const char* function) {
    if (status < 0 || status == BATSCHED_UNSUPPORTED) raise_error(status, function);
    return status == BATSCHED_OK;
}

void Session::demand(batsched_status_t status, const char* function) {
    if (status != BATSCHED_OK) raise_error(status, function);
}

void Session::raise_error(batsched_status_t status, const char* function) {
    if (status < 0 && broken_ == BATSCHED_OK) broken_ = status;
    const std::string message = std::string(function) + ": " + batsched::to_string(status);
    const Ref error = take(PyObject_CallFunction(runtime_.error(), "s", message.c_str()));
    const Ref code = runtime_.to_enum(Enum::kStatus, status);
    python::demand(PyObject_SetAttrString(error.get(), "status", code.get()) == 0);
    PyErr_SetObject(runtime_.error(), error.get());
    throw Raised{};
}

Ref Session::job(const batsched_job_t& job) {
    const auto known = jobs_.find(job.id);
    if (known != jobs_.end()) return known->second.share();
    return jobs_.emplace(job.id, make_job(job)).first->second.share();
}

void Session::end_batch() {
    for (const auto job : over_) jobs_.erase(job);
    over_.clear();
}

} // namespace python

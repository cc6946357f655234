// interpreter.cpp - the Python interpreter of this process, or of this plugin's namespace.
#include "interpreter.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <stdexcept>

#include "module.hpp"

namespace python {

namespace {

// Extension modules find the interpreter's functions only if they are global. In a namespace of the
// plugin's own they are anyway, and in a worker process; with --isolation none this makes them so.
void make_interpreter_global() {
    Dl_info library{};
    if (dladdr(static_cast<void*>(&PyType_Type), &library) != 0)
        dlopen(library.dli_fname, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD);
}

void require(const PyStatus& status) {
    if (PyStatus_Exception(status) == 0) return;
    const char* reason = status.err_msg == nullptr ? "it says no more" : status.err_msg;
    throw std::runtime_error(std::string("Python does not start: ") + reason);
}

// Where Python looks for its library and for installed packages: beside the python of an active virtual
// environment, else where the Python is that this was built with.
std::string program_name() {
    const char* environment = std::getenv("VIRTUAL_ENV");
    if (environment != nullptr && *environment != '\0')
        return std::string(environment) + "/bin/python";
    return BATSIM_PYTHON_PROGRAM;
}

// Text is UTF-8 whatever the locale; the process's own locale is left alone.
void preinitialize() {
    PyPreConfig config;
    PyPreConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.configure_locale = 0;
    config.utf8_mode = 1;
    require(Py_PreInitialize(&config));
}

void initialize(PyConfig& config) {
    config.install_signal_handlers = 0;
    config.parse_argv = 0;
    config.write_bytecode = 0; // a simulation writes its output and nothing else
    config.use_hash_seed = 1;  // sets of text have the same order in each run
    config.hash_seed = 0;
    require(PyConfig_SetBytesString(&config, &config.program_name, program_name().c_str()));
    require(Py_InitializeFromConfig(&config));
}

// Whole lines appear at once, between those of the simulator.
void buffer_lines() {
    PyObject* out = PySys_GetObject("stdout"); // borrowed
    if (out == nullptr || out == Py_None) return;
    const Ref reconfigure = attribute(out, "reconfigure");
    const Ref nothing = take(PyTuple_New(0));
    const Ref keywords = take(Py_BuildValue("{sO}", "line_buffering", Py_True));
    take(PyObject_Call(reconfigure.get(), nothing.get(), keywords.get()));
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// Half characters, which Python lets text have, are escaped.
std::string shown(PyObject* text) {
    const Ref bytes = take(PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace"));
    return PyBytes_AS_STRING(bytes.get());
}

std::string joined(PyObject* lines) {
    const Ref separator = text("");
    std::string all = shown(take(PyUnicode_Join(separator.get(), lines)).get());
    while (!all.empty() && all.back() == '\n') all.pop_back();
    return all;
}

Ref fetch_exception() {
    PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    if (trace != nullptr) PyException_SetTraceback(value, trace);
    Py_XDECREF(type);
    Py_XDECREF(trace);
    return Ref(value);
}

std::string describe(PyObject* exception) {
    const Ref module = import("traceback");
    const Ref whole = take(PyObject_CallMethod(module.get(), "format_exception", "O", exception));
    const Ref last =
        take(PyObject_CallMethod(module.get(), "format_exception_only", "O", exception));
    const Py_ssize_t count = PyList_Size(last.get());
    const std::string summary =
        count > 0 ? first_line(shown(PyList_GetItem(last.get(), count - 1))) : "an exception";
    const std::string trace = joined(whole.get());
    return trace == summary ? summary : summary + "\n" + trace;
}

} // namespace

void start_interpreter() {
    if (Py_IsInitialized() != 0) return;
    make_interpreter_global();
    PyImport_AppendInittab(kModule, make_module);
    preinitialize();
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    try {
        initialize(config);
    } catch (const std::runtime_error&) {
        PyConfig_Clear(&config);
        throw;
    }
    PyConfig_Clear(&config);
    buffer_lines();
}

void flush_output() noexcept {
    if (Py_IsInitialized() == 0) return;
    for (const char* name : {"stdout", "stderr"}) {
        PyObject* stream = PySys_GetObject(name); // borrowed
        if (stream == nullptr || stream == Py_None) continue;
        const Ref done(PyObject_CallMethod(stream, "flush", nullptr));
        PyErr_Clear();
    }
}

std::string describe_exception() noexcept {
    try {
        const Ref exception = fetch_exception();
        return describe(exception.get());
    } catch (...) {
        PyErr_Clear();
        return "Python has raised an exception that cannot be shown";
    }
}

} // namespace python

// script.cpp - the file in which a scheduler is written.
#include "script.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "../common/json.hpp"
#include "scheduler_type.hpp"

namespace python {

namespace {

constexpr const char* kExample = R"({"script": "my_scheduler.py"})";

[[noreturn]] void fail(const std::string& message) {
    throw std::invalid_argument("configuration: " + message);
}

// ---- The configuration ---------------------------------------------------------------------------

Ref parse(const char* text, const Runtime& runtime) {
    if (std::strspn(text, " \t\r\n") == std::strlen(text)) return take(PyDict_New());
    try {
        Ref members = runtime.parse_json(text);
        if (PyDict_Check(members.get())) return members;
    } catch (const Raised&) {
        PyErr_Clear();
    }
    fail("must be a JSON object such as " + std::string(kExample) + ", is '" +
         batsched::shortened(text) + "'");
}

// Takes a member that must be a string out of the configuration; "" if it is not there.
std::string take_text(PyObject* members, const char* key) {
    PyObject* value = PyDict_GetItemString(members, key); // borrowed
    if (value == nullptr) return "";
    if (PyUnicode_Check(value) == 0) fail("'" + std::string(key) + "' must be a string");
    std::string result = utf8(value);
    if (result.empty()) fail("'" + std::string(key) + "' must not be empty");
    demand(PyDict_DelItemString(members, key) == 0);
    return result;
}

// ---- The file ------------------------------------------------------------------------------------

Ref read_bytes(const std::string& path) {
    if (std::filesystem::is_directory(path)) fail("script '" + path + "' is a folder");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(file),
                              std::istreambuf_iterator<char>()};
    if (!file || file.bad()) fail("script '" + path + "' cannot be read: " + std::strerror(errno));
    return take(PyBytes_FromStringAndSize(content.data(), static_cast<Py_ssize_t>(content.size())));
}

// So that a script can import what is beside it.
void add_to_path(const std::string& folder) {
    PyObject* path = PySys_GetObject("path"); // borrowed
    const Ref entry = take(PyUnicode_DecodeFSDefault(folder.c_str()));
    demand(path != nullptr);
    const int is_there = PySequence_Contains(path, entry.get());
    demand(is_there >= 0 && (is_there == 1 || PyList_Insert(path, 0, entry.get()) == 0));
}

void run(PyObject* module, const std::string& path) {
    const Ref file = take(PyUnicode_DecodeFSDefault(path.c_str()));
    demand(PyModule_AddObjectRef(module, "__file__", file.get()) == 0);
    PyObject* names = PyModule_GetDict(module); // borrowed
    const Ref builtins = import("builtins");
    demand(PyDict_SetItemString(names, "__builtins__", builtins.get()) == 0);
    const Ref compile = attribute(builtins.get(), "compile");
    const Ref code = take(PyObject_CallFunction(compile.get(), "NOsii", read_bytes(path).release(),
                                                file.get(), "exec", 0, 1));
    take(PyEval_EvalCode(code.get(), names, names));
}

bool is_scheduler_class(PyObject* object) {
    return PyType_Check(object) != 0 && object != reinterpret_cast<PyObject*>(&scheduler_type()) &&
           PyType_IsSubtype(reinterpret_cast<PyTypeObject*>(object), &scheduler_type()) != 0;
}

} // namespace

Configuration read_configuration(const char* text, const Runtime& runtime) {
    Configuration result;
    result.rest = parse(text, runtime);
    const std::string script = take_text(result.rest.get(), "script");
    if (script.empty())
        fail("'script' is missing: the file with the scheduler, as in " + std::string(kExample));
    result.script = std::filesystem::absolute(script).lexically_normal().string();
    result.type = take_text(result.rest.get(), "class");
    return result;
}

KnownModule::KnownModule(std::string name)
    : name_(std::move(name)), module_(take(PyModule_New(name_.c_str()))) {
    PyObject* modules = PyImport_GetModuleDict(); // borrowed
    demand(PyDict_SetItemString(modules, name_.c_str(), module_.get()) == 0);
}

KnownModule::~KnownModule() {
    const KeptException kept;
    PyObject* modules = PyImport_GetModuleDict(); // borrowed
    if (PyDict_GetItemString(modules, name_.c_str()) == module_.get())
        PyDict_DelItemString(modules, name_.c_str());
}

Script::Script(const std::string& path, const std::string& scheduler)
    : file_(std::filesystem::path(path).filename().string()),
      stem_(std::filesystem::path(path).stem().string()),
      folder_(std::filesystem::path(path).parent_path().string()),
      module_(stem_ + " of " + scheduler) {
    add_to_path(folder_);
    run(module_.get(), path);
}

Ref Script::find_class(const std::string& name) const {
    PyObject* names = PyModule_GetDict(module_.get()); // borrowed
    PyObject *key = nullptr, *value = nullptr;
    Ref found;
    std::string candidates;
    for (Py_ssize_t i = 0; PyDict_Next(names, &i, &key, &value) != 0;) {
        if (!is_scheduler_class(value)) continue;
        const Ref owner = attribute(value, "__module__");
        if (name.empty() ? utf8(owner.get()) != module_.name() : utf8(key) != name) continue;
        if (!found) found = Ref::share(value);
        candidates += (candidates.empty() ? "" : ", ") + std::string(utf8(key));
        if (found.get() != value)
            fail("script '" + file_ + "' has several schedulers (" + candidates +
                 "): choose one with \"class\"");
    }
    if (!found)
        fail("script '" + file_ + "' has no class " + (name.empty() ? "" : "'" + name + "' ") +
             "that is derived from batsched.Scheduler");
    return found;
}

} // namespace python

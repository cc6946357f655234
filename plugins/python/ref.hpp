// ref.hpp - references to Python's objects, and its exceptions as C++ exceptions.
#ifndef BATSIM_PLUGINS_PYTHON_REF_HPP
#define BATSIM_PLUGINS_PYTHON_REF_HPP

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <cstddef>
#include <exception>
#include <string>
#include <utility>

namespace python {

// Thrown where a Python exception has been raised; Python knows which.
struct Raised {};

// A reference that is owned, or none.
class Ref {
  public:
    Ref() = default;
    explicit Ref(PyObject* owned) : object_(owned) {}
    Ref(const Ref&) = delete;
    Ref& operator=(const Ref&) = delete;
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    Ref& operator=(Ref&& other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() { Py_XDECREF(object_); }

    static Ref share(PyObject* borrowed) {
        Py_XINCREF(borrowed);
        return Ref(borrowed);
    }
    Ref share() const { return share(object_); }

    PyObject* get() const { return object_; }
    PyObject* release() { return std::exchange(object_, nullptr); }
    explicit operator bool() const { return object_ != nullptr; }

  private:
    PyObject* object_ = nullptr;
};

// What a function of Python has given, unless it has raised an exception.
inline Ref take(PyObject* owned) {
    if (owned == nullptr) throw Raised{};
    return Ref(owned);
}
inline void demand(bool done) {
    if (!done) throw Raised{};
}

[[noreturn]] inline void raise(PyObject* type, const std::string& message) {
    PyErr_SetString(type, message.c_str());
    throw Raised{};
}

inline Ref text(const char* utf8) { return take(PyUnicode_FromString(utf8)); }
inline Ref text(const std::string& utf8) { return text(utf8.c_str()); }
// Valid as long as the object.
inline const char* utf8(PyObject* text) {
    const char* result = PyUnicode_AsUTF8(text);
    demand(result != nullptr);
    return result;
}
// Python's cache of attributes keeps names: one object for each.
inline Ref name(const char* utf8) { return take(PyUnicode_InternFromString(utf8)); }
inline Ref attribute(PyObject* object, const char* attribute_name) {
    return take(PyObject_GetAttr(object, name(attribute_name).get()));
}
inline bool has_attribute(PyObject* object, const char* attribute_name) {
    return PyObject_HasAttr(object, name(attribute_name).get()) != 0;
}
inline Ref import(const char* module) { return take(PyImport_ImportModule(module)); }
inline Ref none() { return Ref::share(Py_None); }
inline Ref boolean(bool value) { return Ref::share(value ? Py_True : Py_False); }

// Runs the body of a function that Python calls: what it gives, or nullptr and a Python exception.
template <class Body>
PyObject* guard(Body&& body) noexcept {
    try {
        return body().release();
    } catch (const Raised&) {
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
    return nullptr;
}

// The same for functions that give a number, and `failure` with an exception.
template <class Number, class Body>
Number guard_number(Number failure, Body&& body) noexcept {
    try {
        return body();
    } catch (const Raised&) {
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
    return failure;
}

// Python calls functions of one type by pointers of another.
template <class Function>
PyCFunction method(Function function) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

// Keeps an exception that has been raised while something else is done, whatever that raises.
class KeptException {
  public:
    KeptException() { PyErr_Fetch(&type_, &value_, &trace_); }
    KeptException(const KeptException&) = delete;
    KeptException& operator=(const KeptException&) = delete;
    ~KeptException() { PyErr_Restore(type_, value_, trace_); }

  private:
    PyObject *type_ = nullptr, *value_ = nullptr, *trace_ = nullptr;
};

// The beginning of a type: to be completed before PyType_Ready.
inline PyTypeObject new_type(const char* name, const char* doc, std::size_t size) {
    PyTypeObject type{};
    Py_SET_REFCNT(reinterpret_cast<PyObject*>(&type), 1);
    type.tp_name = name;
    type.tp_doc = doc;
    type.tp_basicsize = static_cast<Py_ssize_t>(size);
    type.tp_flags = Py_TPFLAGS_DEFAULT;
    return type;
}

} // namespace python

#endif

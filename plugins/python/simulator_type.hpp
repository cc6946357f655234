// simulator_type.hpp - the simulator as a Python object: batsched.Simulator.
#ifndef BATSIM_PLUGINS_PYTHON_SIMULATOR_TYPE_HPP
#define BATSIM_PLUGINS_PYTHON_SIMULATOR_TYPE_HPP

#include <batsched.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "ref.hpp"
#include "session.hpp"

namespace python {

PyTypeObject& simulator_type();

// `folder` is that of the script.
Ref make_simulator(Session& session, const batsched_init_t& init, const std::string& folder);
// From now on every function of it raises a RuntimeError.
void end_simulator(PyObject* simulator);

// ---- For the files that define its functions -----------------------------------------------------

// What a function is called with.
struct Call {
    Session& session;
    PyObject *positional, *keywords;

    const batsched_simulator_t* sim() const { return session.sim(); }

    // `format` is that of PyArg_ParseTupleAndKeywords, `names` are those of the parameters.
    template <class... Values>
    void parse(const char* format, std::initializer_list<const char*> names,
               Values*... values) const {
        std::vector<char*> list;
        for (const char* name : names) list.push_back(const_cast<char*>(name));
        list.push_back(nullptr);
        demand(PyArg_ParseTupleAndKeywords(positional, keywords, format, list.data(), values...) !=
               0);
    }
};

Session& session_of(PyObject* simulator); // or a RuntimeError

template <Ref (*body)(Call call)>
PyObject* call_function(PyObject* self, PyObject* positional, PyObject* keywords) {
    return guard([&] { return body(Call{session_of(self), positional, keywords}); });
}

// A row of the table of functions.
template <Ref (*body)(Call call)>
PyMethodDef function(const char* name, const char* doc) {
    return {name, method(&call_function<body>), METH_VARARGS | METH_KEYWORDS, doc};
}

std::vector<PyMethodDef> lookups();
std::vector<PyMethodDef> decisions();
std::vector<PyMethodDef> requests(); // calls, probes, hosts
std::vector<PyMethodDef> registration();
std::vector<PyMethodDef> transfers(); // other schedulers

} // namespace python

#endif

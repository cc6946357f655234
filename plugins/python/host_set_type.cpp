// host_set_type.cpp - the type batsched.HostSet.
#include "host_set_type.hpp"

#include <new>

#include "host_set_values.hpp"

namespace python {

namespace {

using batsched::HostSet;

struct HostSetObject {
    PyObject_HEAD HostSet hosts;
};

bool is_host_set(PyObject* object) { return Py_IS_TYPE(object, &host_set_type()); }
const HostSet& hosts_of(PyObject* self) { return reinterpret_cast<HostSetObject*>(self)->hosts; }

// The hosts of anything that is a set; nothing else takes part in operators.
bool is_set(PyObject* object) { return is_host_set(object) || PyAnySet_Check(object); }

HostSet symmetric_difference(const HostSet& a, const HostSet& b) { return (a - b) | (b - a); }

// ---- Life ----------------------------------------------------------------------------------------

PyObject* make(PyTypeObject*, PyObject* arguments, PyObject* keywords) {
    return guard([&] {
        PyObject* hosts = nullptr;
        if (keywords != nullptr && PyDict_Size(keywords) > 0)
            raise(PyExc_TypeError, "HostSet takes no keywords");
        demand(PyArg_ParseTuple(arguments, "|O:HostSet", &hosts) != 0);
        return make_host_set(hosts == nullptr ? HostSet() : to_host_set(hosts));
    });
}

void destroy(PyObject* self) {
    reinterpret_cast<HostSetObject*>(self)->hosts.~HostSet();
    PyObject_Free(self);
}

PyObject* show(PyObject* self) {
    return guard([&] { return text(hosts_of(self).to_string()); });
}

PyObject* represent(PyObject* self) {
    return guard([&] { return text("HostSet('" + hosts_of(self).to_string() + "')"); });
}

PyObject* reduce(PyObject* self, PyObject*) {
    return guard([&] {
        return take(
            Py_BuildValue("O(N)", Py_TYPE(self), text(hosts_of(self).to_string()).release()));
    });
}

// ---- A collection --------------------------------------------------------------------------------

Py_ssize_t length(PyObject* self) { return static_cast<Py_ssize_t>(hosts_of(self).size()); }

int contains(PyObject* self, PyObject* host) {
    return guard_number(-1, [&] {
        if (PyIndex_Check(host) == 0) return 0;
        int overflow = 0;
        const Ref number = take(PyNumber_Index(host));
        const long long value = PyLong_AsLongLongAndOverflow(number.get(), &overflow);
        if (overflow != 0 || value < 0 || value > UINT32_MAX) return 0;
        return hosts_of(self).contains(static_cast<batsched_host_id_t>(value)) ? 1 : 0;
    });
}

// As that of an equal frozenset.
Py_hash_t hash(PyObject* self) {
    return guard_number(Py_hash_t{-1}, [&] {
        const Py_hash_t result = PyObject_Hash(take(PyFrozenSet_New(self)).get());
        demand(result != -1);
        return result;
    });
}

bool is_subset(const HostSet& a, const HostSet& b) { return (a - b).empty(); }

PyObject* compare(PyObject* self, PyObject* other, int operation) {
    return guard([&] {
        if (!is_set(other)) return Ref::share(Py_NotImplemented);
        if (!is_host_set(other) && (operation == Py_EQ || operation == Py_NE)) {
            // A set of anything may be compared; only one of numbers can be equal.
            const Ref own = take(PyFrozenSet_New(self));
            return take(PyObject_RichCompare(own.get(), other, operation));
        }
        const HostSet &a = hosts_of(self), b = to_host_set(other);
        switch (operation) {
            case Py_EQ: return boolean(a == b);
            case Py_NE: return boolean(a != b);
            case Py_LE: return boolean(is_subset(a, b));
            case Py_LT: return boolean(a != b && is_subset(a, b));
            case Py_GE: return boolean(is_subset(b, a));
            default: return boolean(a != b && is_subset(b, a));
        }
    });
}

// ---- Operators and methods -----------------------------------------------------------------------

template <class Operation>
PyObject* operate(PyObject* a, PyObject* b, Operation&& operation) {
    return guard([&] {
        if (!is_set(a) || !is_set(b)) return Ref::share(Py_NotImplemented);
        if (is_host_set(a) && is_host_set(b))
            return make_host_set(operation(hosts_of(a), hosts_of(b)));
        return make_host_set(operation(to_host_set(a), to_host_set(b)));
    });
}

PyObject* op_or(PyObject* a, PyObject* b) {
    return operate(a, b, [](const HostSet& x, const HostSet& y) { return x | y; });
}
PyObject* op_and(PyObject* a, PyObject* b) {
    return operate(a, b, [](const HostSet& x, const HostSet& y) { return x & y; });
}
PyObject* op_subtract(PyObject* a, PyObject* b) {
    return operate(a, b, [](const HostSet& x, const HostSet& y) { return x - y; });
}
PyObject* op_xor(PyObject* a, PyObject* b) { return operate(a, b, symmetric_difference); }

// Methods take what can be iterated over, and several of them.
template <class Operation>
PyObject* fold(PyObject* self, PyObject* others, Operation&& operation) {
    return guard([&] {
        HostSet result = hosts_of(self);
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(others); ++i)
            result = operation(result, to_host_set(PyTuple_GET_ITEM(others, i)));
        return make_host_set(std::move(result));
    });
}

PyObject* unite(PyObject* self, PyObject* others) {
    return fold(self, others, [](const HostSet& x, const HostSet& y) { return x | y; });
}
PyObject* intersect(PyObject* self, PyObject* others) {
    return fold(self, others, [](const HostSet& x, const HostSet& y) { return x & y; });
}
PyObject* subtract(PyObject* self, PyObject* others) {
    return fold(self, others, [](const HostSet& x, const HostSet& y) { return x - y; });
}
PyObject* differ(PyObject* self, PyObject* other) {
    return guard(
        [&] { return make_host_set(symmetric_difference(hosts_of(self), to_host_set(other))); });
}
PyObject* is_disjoint(PyObject* self, PyObject* other) {
    return guard([&] { return boolean(!hosts_of(self).intersects(to_host_set(other))); });
}
PyObject* is_subset_of(PyObject* self, PyObject* other) {
    return guard([&] { return boolean(is_subset(hosts_of(self), to_host_set(other))); });
}
PyObject* is_superset_of(PyObject* self, PyObject* other) {
    return guard([&] { return boolean(is_subset(to_host_set(other), hosts_of(self))); });
}

PyObject* lowest(PyObject* self, PyObject* count) {
    return guard([&] {
        const Py_ssize_t number = PyNumber_AsSsize_t(count, PyExc_OverflowError);
        demand(number != -1 || PyErr_Occurred() == nullptr);
        if (number < 0) raise(PyExc_ValueError, "the number of hosts must not be negative");
        return make_host_set(hosts_of(self).first(static_cast<std::size_t>(number)));
    });
}

PyObject* same(PyObject* self, PyObject*) { return Ref::share(self).release(); }

PyObject* intervals(PyObject* self, void*) {
    return guard([&] {
        const auto& all = hosts_of(self).intervals();
        Ref tuple = take(PyTuple_New(static_cast<Py_ssize_t>(all.size())));
        Py_ssize_t position = 0;
        for (const auto& interval : all)
            PyTuple_SET_ITEM(tuple.get(), position++,
                             take(Py_BuildValue("(II)", interval.first, interval.last)).release());
        return tuple;
    });
}

PyMethodDef* methods() {
    static PyMethodDef table[] = {
        {"union", unite, METH_VARARGS, "union(*others): hosts of any of them"},
        {"intersection", intersect, METH_VARARGS, "intersection(*others): hosts of all of them"},
        {"difference", subtract, METH_VARARGS, "difference(*others): hosts of none of them"},
        {"symmetric_difference", differ, METH_O, "symmetric_difference(other): hosts of only one"},
        {"isdisjoint", is_disjoint, METH_O, "isdisjoint(other): no host is in both"},
        {"issubset", is_subset_of, METH_O, "issubset(other): all hosts are in the other"},
        {"issuperset", is_superset_of, METH_O, "issuperset(other): all of the other are here"},
        {"lowest", lowest, METH_O,
         "lowest(count): those with the lowest ids, all if there are fewer"},
        {"copy", same, METH_NOARGS, "copy(): the set itself, which never changes"},
        {"__copy__", same, METH_NOARGS, nullptr},
        {"__deepcopy__", same, METH_O, nullptr},
        {"__reduce__", reduce, METH_NOARGS, nullptr},
        {nullptr, nullptr, 0, nullptr}};
    return table;
}

// ---- Iteration -----------------------------------------------------------------------------------

struct IteratorObject {
    PyObject_HEAD PyObject* set;
    std::size_t interval;
    std::uint64_t next; // host, if it is not below the interval
};

PyObject* iterate(PyObject* self) {
    auto* iterator = PyObject_New(IteratorObject, &host_set_iterator_type());
    if (iterator == nullptr) return nullptr;
    iterator->set = Ref::share(self).release();
    iterator->interval = 0;
    iterator->next = 0;
    return reinterpret_cast<PyObject*>(iterator);
}

PyObject* next_host(PyObject* self) {
    auto& iterator = *reinterpret_cast<IteratorObject*>(self);
    const auto& all = hosts_of(iterator.set).intervals();
    if (iterator.interval == all.size()) return nullptr;
    const auto& interval = all[iterator.interval];
    const std::uint64_t host = std::max<std::uint64_t>(iterator.next, interval.first);
    iterator.next = host + 1;
    if (host == interval.last) ++iterator.interval;
    return PyLong_FromUnsignedLongLong(host);
}

void destroy_iterator(PyObject* self) {
    Py_DECREF(reinterpret_cast<IteratorObject*>(self)->set);
    PyObject_Free(self);
}

// ---- The types -----------------------------------------------------------------------------------

PyTypeObject make_type() {
    static PyNumberMethods operators{};
    operators.nb_or = op_or;
    operators.nb_and = op_and;
    operators.nb_subtract = op_subtract;
    operators.nb_xor = op_xor;
    static PySequenceMethods sequence{};
    sequence.sq_length = length;
    sequence.sq_contains = contains;
    static PyGetSetDef properties[] = {
        {"intervals", intervals, nullptr, "((first, last), ...), both included", nullptr},
        {nullptr, nullptr, nullptr, nullptr, nullptr}};
    PyTypeObject type =
        new_type("batsched.HostSet",
                 "HostSet(hosts=()): a set of hosts that never changes, kept as intervals.\n\n"
                 "hosts is text as '0-3,7', or an iterable of numbers.",
                 sizeof(HostSetObject));
    type.tp_new = make;
    type.tp_dealloc = destroy;
    type.tp_str = show;
    type.tp_repr = represent;
    type.tp_hash = hash;
    type.tp_richcompare = compare;
    type.tp_iter = iterate;
    type.tp_as_number = &operators;
    type.tp_as_sequence = &sequence;
    type.tp_methods = methods();
    type.tp_getset = properties;
    return type;
}

PyTypeObject make_iterator_type() {
    PyTypeObject type = new_type("batsched.HostSetIterator", nullptr, sizeof(IteratorObject));
    type.tp_dealloc = destroy_iterator;
    type.tp_iter = PyObject_SelfIter;
    type.tp_iternext = next_host;
    return type;
}

} // namespace

PyTypeObject& host_set_type() {
    static PyTypeObject type = make_type();
    return type;
}

PyTypeObject& host_set_iterator_type() {
    static PyTypeObject type = make_iterator_type();
    return type;
}

Ref make_host_set(HostSet hosts) {
    auto* object = PyObject_New(HostSetObject, &host_set_type());
    if (object == nullptr) throw Raised{};
    new (&object->hosts) HostSet(std::move(hosts));
    return Ref(reinterpret_cast<PyObject*>(object));
}

HostSet to_host_set(PyObject* hosts) {
    if (is_host_set(hosts)) return hosts_of(hosts);
    if (PyUnicode_Check(hosts)) return hosts_from_text(hosts);
    return hosts_from_iterable(hosts);
}

} // namespace python

// job_type.cpp - the type batsched.Job.
#include "job_type.hpp"

#include <structmember.h>

#include <cstddef>

namespace python {

namespace {

struct JobObject {
    PyObject_HEAD batsched_job_t values; // its pointers are not used
    PyObject *name, *workload, *profile, *parent;
};

JobObject& job_of(PyObject* self) { return *reinterpret_cast<JobObject*>(self); }

void destroy(PyObject* self) {
    for (PyObject* text :
         {job_of(self).name, job_of(self).workload, job_of(self).profile, job_of(self).parent})
        Py_XDECREF(text);
    PyObject_Free(self);
}

PyObject* represent(PyObject* self) {
    return PyUnicode_FromFormat("<Job %R, %u hosts>", job_of(self).name,
                                job_of(self).values.requested_hosts);
}

Py_hash_t hash(PyObject* self) {
    return static_cast<Py_hash_t>(job_of(self).values.id % (std::uint64_t{1} << 61));
}

PyObject* compare(PyObject* a, PyObject* b, int operation) {
    if (!Py_IS_TYPE(b, &job_type()) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const bool equal = job_of(a).values.id == job_of(b).values.id;
    return boolean(equal == (operation == Py_EQ)).release();
}

#define BATSIM_JOB_VALUE(member, type, text) \
    { #member, type, offsetof(JobObject, values.member), READONLY, text }
#define BATSIM_JOB_OBJECT(member, text) \
    { #member, T_OBJECT, offsetof(JobObject, member), READONLY, text }

PyMemberDef* members() {
    static PyMemberDef table[] = {
        BATSIM_JOB_VALUE(id, T_ULONGLONG, "in order of submission, never used again"),
        BATSIM_JOB_OBJECT(name, "'workload!job', unique"),
        BATSIM_JOB_OBJECT(workload, "name of the workload"),
        BATSIM_JOB_OBJECT(profile, "'workload!profile'"),
        BATSIM_JOB_OBJECT(parent, "id of the job that this one resubmits, or None"),
        BATSIM_JOB_VALUE(requested_hosts, T_UINT, "more than 0"),
        BATSIM_JOB_VALUE(min_hosts, T_UINT, "of a moldable job, else requested_hosts"),
        BATSIM_JOB_VALUE(max_hosts, T_UINT, "of a moldable job, else requested_hosts"),
        BATSIM_JOB_VALUE(submit_time, T_DOUBLE, "date, in seconds"),
        BATSIM_JOB_VALUE(walltime, T_DOUBLE, "seconds; math.inf if the user gave none"),
        BATSIM_JOB_VALUE(user_id, T_INT, "as in the workload; -1: unknown"),
        BATSIM_JOB_VALUE(group_id, T_INT, "as in the workload; -1: unknown"),
        BATSIM_JOB_VALUE(queue_id, T_INT, "as in the workload; -1: unknown"),
        BATSIM_JOB_VALUE(executable_id, T_INT, "as in the workload; -1: unknown"),
        {nullptr, 0, 0, 0, nullptr}};
    return table;
}

#undef BATSIM_JOB_VALUE
#undef BATSIM_JOB_OBJECT

PyTypeObject make_type() {
    PyTypeObject type = new_type("batsched.Job", "A job, as it was submitted.", sizeof(JobObject));
    type.tp_dealloc = destroy;
    type.tp_repr = represent;
    type.tp_hash = hash;
    type.tp_richcompare = compare;
    type.tp_members = members();
    return type;
}

} // namespace

PyTypeObject& job_type() {
    static PyTypeObject type = make_type();
    return type;
}

Ref make_job(const batsched_job_t& job) {
    Ref name = text(job.name), workload = text(job.workload), profile = text(job.profile);
    Ref parent =
        job.parent == BATSCHED_NO_JOB ? none() : take(PyLong_FromUnsignedLongLong(job.parent));
    auto* object = PyObject_New(JobObject, &job_type());
    if (object == nullptr) throw Raised{};
    object->values = job;
    object->name = name.release();
    object->workload = workload.release();
    object->profile = profile.release();
    object->parent = parent.release();
    return Ref(reinterpret_cast<PyObject*>(object));
}

batsched_job_id_t to_job_id(PyObject* job) {
    if (Py_IS_TYPE(job, &job_type())) return job_of(job).values.id;
    if (PyIndex_Check(job) == 0)
        raise(PyExc_TypeError,
              std::string("a Job or its id is expected, not ") + Py_TYPE(job)->tp_name);
    const Ref number = take(PyNumber_Index(job));
    const unsigned long long id = PyLong_AsUnsignedLongLong(number.get());
    demand(id != static_cast<unsigned long long>(-1) || PyErr_Occurred() == nullptr);
    return id;
}

} // namespace python

// job_type.hpp - jobs as Python objects: batsched.Job.
#ifndef BATSIM_PLUGINS_PYTHON_JOB_TYPE_HPP
#define BATSIM_PLUGINS_PYTHON_JOB_TYPE_HPP

#include <batsched.h>

#include "ref.hpp"

namespace python {

// The type batsched.Job: a copy of a batsched_job_t, which may be kept for ever. Jobs are equal, and
// hashed, by their ids, so that sets of them have the same order in each run.
PyTypeObject& job_type();

Ref make_job(const batsched_job_t& job);

// The id of a Job, or the number itself.
batsched_job_id_t to_job_id(PyObject* job);

} // namespace python

#endif

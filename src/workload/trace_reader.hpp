// trace_reader.hpp - what the ranks of a program did, from the files of trace profiles.
#ifndef BATSIM_WORKLOAD_TRACE_READER_HPP
#define BATSIM_WORKLOAD_TRACE_READER_HPP

#include <string>

#include "workload/profile.hpp"

namespace batsim {

// Both read a list of files, one for each rank in the order of the ranks; their paths are relative
// to the list. What is wrong in a list or in a trace is an InputError with file and line.

// Traces of MPI programs in SimGrid's time-independent format. They are checked as far as that
// a replay cannot fail for an unknown action, a missing amount or an amount that is no number.
MpiTraceProfile read_mpi_traces(const std::string& list);

// Lines "<rank> m_usage <share of the host, 0 .. 1> <flops>".
UsageTraceProfile read_usage_traces(const std::string& list);

} // namespace batsim

#endif

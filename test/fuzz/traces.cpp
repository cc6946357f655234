// traces.cpp - the bytes are the trace of a program with one rank.
#include "base/error.hpp"
#include "fuzzed_file.hpp"
#include "workload/trace_reader.hpp"

namespace batsim {
namespace {

template <class Read>
void try_to(Read&& read) {
    try {
        read();
    } catch (const InputError&) {
        return;
    }
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace batsim;
    const FuzzedFile trace(bytes, size);
    const std::string path = trace.path();
    const FuzzedFile list(reinterpret_cast<const std::uint8_t*>(path.data()), path.size());
    try_to([&] { must_hold(read_mpi_traces(list.path()).traces.size() == 1); });
    try_to([&] {
        const UsageTraceProfile usage = read_usage_traces(list.path());
        for (const UsagePhase& phase : usage.ranks.at(0))
            must_hold(phase.usage >= 0 && phase.usage <= 1 && phase.flops >= 0);
    });
    return 0;
}

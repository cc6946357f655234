// workload_swf.cpp - the bytes are a log in the Standard Workload Format.
#include "workload/swf_workload.hpp"

#include "base/error.hpp"
#include "jobs_must_be_sound.hpp"

namespace batsim {
namespace {

void read(const std::string& path, const SwfOptions& options) {
    try {
        Workload workload = read_swf_workload(path, 0, options);
        jobs_must_be_sound(workload);
    } catch (const InputError&) {
        return;
    }
}

SwfOptions other_options() {
    SwfOptions options;
    options.processors = SwfOptions::Processors::kAllocated;
    options.walltime = SwfOptions::Walltime::kFactor;
    options.walltime_factor = 0.5;
    options.overruns = SwfOptions::Overruns::kKill;
    options.zero_run_time = SwfOptions::ZeroRunTime::kKeep;
    options.first_job = 2;
    options.shift = true;
    return options;
}

} // namespace
} // namespace batsim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const batsim::FuzzedFile file(bytes, size);
    batsim::read(file.path(), {});
    batsim::read(file.path(), batsim::other_options());
    return 0;
}

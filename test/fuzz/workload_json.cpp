// workload_json.cpp - the bytes are a workload in Batsim's JSON format.
#include "workload/json_workload.hpp"

#include "base/error.hpp"
#include "jobs_must_be_sound.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const batsim::FuzzedFile file(bytes, size);
    try {
        batsim::Workload workload = batsim::read_json_workload(file.path(), 0);
        batsim::jobs_must_be_sound(workload);
    } catch (const batsim::InputError&) {
        return 0;
    }
    return 0;
}

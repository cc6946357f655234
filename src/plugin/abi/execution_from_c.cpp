// execution_from_c.cpp - how a plugin wants a job to be executed, in the form of the engine.
#include "plugin/abi/execution_from_c.hpp"

#include "base/json.hpp"
#include "base/text.hpp"
#include "plugin/abi/growing_struct.hpp"

namespace batsim {

namespace {

Status read_ranks(const batsched_execution_t& execution, Placement& placement, std::string& why) {
    if ((execution.rank_count == 0) != (execution.rank_hosts == nullptr)) {
        why = "rank_count and rank_hosts must be given together, or neither";
        return Status::kInvalidArgument;
    }
    placement.rank_hosts.assign(execution.rank_hosts, execution.rank_hosts + execution.rank_count);
    return Status::kOk;
}

Status read_storages(const char* text, Placement& placement, std::string& why) {
    if (text == nullptr) return Status::kOk;
    if (nesting_depth(text) > kDeepestJson) {
        why = "the storage mapping is nested too deep";
        return Status::kInvalidArgument;
    }
    const Json json = Json::parse(text, nullptr, /* allow_exceptions */ false);
    why = R"(the storage mapping must be a JSON object {"label": host id}, is ')" +
          std::string(text).substr(0, 60) + "'";
    if (!json.is_object()) return Status::kInvalidArgument;
    for (const auto& [label, host] : json.items()) {
        if (!host.is_number_unsigned() || host.get<std::uint64_t>() > UINT32_MAX)
            return Status::kInvalidArgument;
        placement.storages[label] = host.get<HostId>();
    }
    why.clear();
    return Status::kOk;
}

} // namespace

Status execution_from_c(const batsched_execution_t* execution, HowToExecute& how,
                        std::string& why) {
    if (execution == nullptr) return Status::kOk;
    batsched_execution_t copy{};
    if (const Status status = read_struct(execution, copy, why); status != Status::kOk)
        return status;
    if (copy.walltime != 0) how.walltime = copy.walltime;
    if (const Status status = read_ranks(copy, how.placement, why); status != Status::kOk)
        return status;
    return read_storages(copy.storage_mapping, how.placement, why);
}

} // namespace batsim

// transfer.hpp - the extensions of transfer.h in C++, with exceptions for errors like batsched.hpp.
// SPDX-License-Identifier: MIT

#ifndef BATSCHED_TRANSFER_HPP
#define BATSCHED_TRANSFER_HPP

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "../batsched.hpp"
#include "transfer.h"

namespace batsched {

// The table of an extension. Throws if the simulator does not have it.
template <class Table>
const Table& extension(const Simulator& simulator, const char* name) {
    const auto* table = simulator.get_extension<Table>(name);
    if (table == nullptr)
        throw std::runtime_error(std::string("the simulator does not have ") + name);
    return *table;
}

// Hands jobs to other schedulers, and sees how much these have to do.
class Transfer {
  public:
    explicit Transfer(const Simulator& simulator)
        : sim_(simulator.c_api()),
          table_(extension<batsched_transfer_t>(simulator, BATSCHED_TRANSFER)) {}

    std::uint32_t find_scheduler(const std::string& name) const {
        std::uint32_t index = 0;
        demand(table_.find_scheduler(sim_, name.c_str(), &index), "find_scheduler");
        return index;
    }
    batsched_peer_t scheduler(std::uint32_t index) const {
        batsched_peer_t peer{};
        peer.struct_size = sizeof peer;
        demand(table_.get_scheduler(sim_, index, &peer), "get_scheduler");
        return peer;
    }
    HostSet owned_hosts(std::uint32_t index) const { return HostSet(hosts_of(index).owned); }
    HostSet held_hosts(std::uint32_t index) const { return HostSet(hosts_of(index).held); }
    std::vector<batsched_job_move_t> job_history(batsched_job_id_t job) const {
        batsched_job_history_t history{};
        const auto status = table_.get_job_history(sim_, job, &history);
        if (status != BATSCHED_ALREADY_GONE) demand(status, "get_job_history");
        return {history.moves, history.moves + history.count};
    }
    // False if the job is over.
    bool forward_job(batsched_job_id_t job, std::uint32_t to) const {
        const auto status = table_.forward_job(sim_, job, to);
        if (status != BATSCHED_ALREADY_GONE) demand(status, "forward_job");
        return status == BATSCHED_OK;
    }

  private:
    static void demand(batsched_status_t status, const char* function) {
        if (status != BATSCHED_OK) throw Error(status, function);
    }
    batsched_peer_hosts_t hosts_of(std::uint32_t index) const {
        batsched_peer_hosts_t hosts{};
        demand(table_.get_scheduler_hosts(sim_, index, &hosts), "get_scheduler_hosts");
        return hosts;
    }

    const batsched_simulator_t* sim_;
    const batsched_transfer_t& table_;
};

// Lends, takes and returns hosts; false: refused.
class Lending {
  public:
    explicit Lending(const Simulator& simulator)
        : sim_(simulator.c_api()),
          table_(extension<batsched_lending_t>(simulator, BATSCHED_LENDING)) {}

    [[nodiscard]] bool lend_hosts(const HostSet& hosts, std::uint32_t to) const {
        return check(table_.lend_hosts(sim_, hosts.view(), to), "lend_hosts");
    }
    [[nodiscard]] bool return_hosts(const HostSet& hosts) const {
        return check(table_.return_hosts(sim_, hosts.view()), "return_hosts");
    }
    [[nodiscard]] bool take_hosts(const HostSet& hosts) const {
        return check(table_.take_hosts(sim_, hosts.view()), "take_hosts");
    }

  private:
    static bool check(batsched_status_t status, const char* function) {
        if (status != BATSCHED_OK && status != BATSCHED_REFUSED) throw Error(status, function);
        return status == BATSCHED_OK;
    }

    const batsched_simulator_t* sim_;
    const batsched_lending_t& table_;
};

} // namespace batsched

#endif

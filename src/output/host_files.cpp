// host_files.cpp - machine_states.csv, pstate_changes.csv and consumed_energy.csv: what hosts do.
#include "output/host_files.hpp"

#include <map>
#include <utility>

namespace batsim {

// ---- machine_states.csv --------------------------------------------------------------------------

MachineStatesCsv::MachineStatesCsv(const std::string& path, const HostActivity& activity)
    : activity_(activity), file_(path) {
    file_.write(
        "time,nb_sleeping,nb_switching_on,nb_switching_off,nb_idle,nb_computing,nb_unavailable\n");
    changed_at(0);
}

// Only RowFile saves rows from the end of the program: they must not stay here longer than needed.
void MachineStatesCsv::on_date(double date) {
    if (date > date_) write_row();
}

void MachineStatesCsv::changed_at(double date) {
    date_ = date;
    has_changed_ = true;
}

// Unavailable hosts are counted as sleeping too, so that the five known columns have a constant sum.
void MachineStatesCsv::write_row() {
    if (!std::exchange(has_changed_, false)) return;
    row_.number(date_);
    const std::uint64_t unavailable = activity_.count_of(Activity::kUnavailable);
    for (const std::uint64_t count :
         {activity_.count_of(Activity::kSleeping) + unavailable,
          activity_.count_of(Activity::kSwitchingOn), activity_.count_of(Activity::kSwitchingOff),
          activity_.count_of(Activity::kIdle), activity_.count_of(Activity::kComputing),
          unavailable})
        row_.count(count);
    file_.write(row_.end());
}

// ---- pstate_changes.csv --------------------------------------------------------------------------

PstateChangesCsv::PstateChangesCsv(const std::string& path, const Platform& platform)
    : platform_(platform), file_(path) {
    file_.write("time,machine_id,new_pstate\n");
    for (HostId host = 0; host < platform.compute_host_count; ++host)
        pstates_.push_back(platform.hosts[host].initial_pstate);
    first_pstates_ = pstates_;
}

void PstateChangesCsv::change(const HostSet& hosts, std::uint32_t pstate, double date) {
    if (date == 0) {
        for_each_host(hosts, [&](HostId host) { first_pstates_[host] = pstate; });
        return;
    }
    write(hosts, pstate, date);
}

void PstateChangesCsv::write_first_rows() {
    std::map<std::uint32_t, HostSet> by_pstate;
    for (HostId host = 0; host < first_pstates_.size(); ++host)
        by_pstate[first_pstates_[host]].append(host, host);
    for (const auto& [pstate, hosts] : by_pstate) write(hosts, pstate, 0);
    first_pstates_.clear();
}

void PstateChangesCsv::write(const HostSet& hosts, std::uint32_t pstate, double date) {
    CsvRow row;
    file_.write(row.number(date).hosts(hosts).count(pstate).end());
}

void PstateChangesCsv::on_pstates_changed(const HostSet& hosts, std::uint32_t pstate, double date) {
    for_each_host(hosts, [&](HostId host) { pstates_[host] = pstate; });
    change(hosts, pstate, date);
}

// Hosts without sleep pstates switch on and off in the pstate that they have.
void PstateChangesCsv::on_host_states_changed(const HostSet& hosts, HostState state, double date) {
    std::map<std::uint32_t, HostSet> by_pstate;
    for_each_host(hosts, [&](HostId host) {
        const auto& sleep = platform_.hosts[host].sleep_pstates;
        if (!sleep) return;
        std::uint32_t pstate = pstates_[host];
        if (state == HostState::kOff) pstate = sleep->sleep;
        if (state == HostState::kSwitchingOff) pstate = sleep->switching_off;
        if (state == HostState::kSwitchingOn) pstate = sleep->switching_on;
        if (state != HostState::kFailed && state != HostState::kUnavailable)
            by_pstate[pstate].append(host, host);
    });
    for (const auto& [pstate, group] : by_pstate) change(group, pstate, date);
}

// ---- consumed_energy.csv -------------------------------------------------------------------------

ConsumedEnergyCsv::ConsumedEnergyCsv(const std::string& path, EnergyMeter& meter)
    : meter_(meter), file_(path) {
    file_.write("time,energy,event_type,wattmin,epower\n");
}

// epower is the mean power since the row before.
void ConsumedEnergyCsv::write(char event, double date) {
    const double joules = meter_.total(date);
    row_.number(date).number(joules).text({&event, 1}).number(meter_.least_watts());
    if (date > date_)
        row_.number((joules - joules_) / (date - date_));
    else
        row_.text("NA");
    file_.write(row_.end());
    date_ = date;
    joules_ = joules;
}

} // namespace batsim

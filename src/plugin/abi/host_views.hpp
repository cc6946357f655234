// host_views.hpp - the hosts of a platform as batsched.h describes them.
#ifndef BATSIM_PLUGIN_HOST_VIEWS_HPP
#define BATSIM_PLUGIN_HOST_VIEWS_HPP

#include <deque>
#include <vector>

#include "base/page_table.hpp"
#include "batsched.h"
#include "platform/platform.hpp"

namespace batsim {

// Makes the description of a host when it is first asked for and keeps it. The platform must
// outlive it.
class HostViews {
  public:
    explicit HostViews(const Platform& platform) : platform_(platform) {}

    std::size_t count() const { return platform_.hosts.size(); }
    HostSet compute_hosts() const { return platform_.compute_hosts(); }
    HostSet storage_hosts() const { return platform_.storage_hosts(); }
    // The host must exist.
    const batsched_host_t& view(HostId host_id);

  private:
    void describe_power(const Host& host, batsched_host_t& view);
    const double* unknown_watts(std::size_t pstate_count);

    const Platform& platform_;
    PageTable<batsched_host_t> views_;
    std::deque<std::vector<double>> watts_;        // of hosts with an energy model
    PageTable<std::vector<double>> unknown_watts_; // by number of pstates
};

} // namespace batsim

#endif

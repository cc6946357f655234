// event_to_c.hpp - engine events in the form of batsched.h.
#ifndef BATSIM_PLUGIN_EVENT_TO_C_HPP
#define BATSIM_PLUGIN_EVENT_TO_C_HPP

#include <string>

#include "batsched.h"
#include "engine/event.hpp"

namespace batsim {

// What the events of a batch have in common.
struct EventContext {
    double date;
    const HostSet& hosts; // the partition
    const HostSet& storage_hosts;
};

batsched_event_t event_to_c(const SimulationBegins&, const EventContext& context);
batsched_event_t event_to_c(const HostsStateChanged& change, const EventContext& context);
// `job` is the view of the event's job; `usable_hosts` are those of its hosts that are on.
batsched_event_t event_to_c(const JobCompleted& completed, const EventContext& context,
                            const batsched_job_t& job, const char* progress_json,
                            const HostSet& usable_hosts);
batsched_event_t event_to_c(const JobsKilled& killed, const EventContext& context);
batsched_event_t event_to_c(const HostsPstateChanged& change, const EventContext& context);
batsched_event_t event_to_c(const ExternalEventOccurred& occurred, const EventContext& context);
batsched_event_t event_to_c(const HostsLent& lent, const EventContext& context);
batsched_event_t event_to_c(const JobSubmitted&, const EventContext& context,
                            const batsched_job_t& job);
batsched_event_t event_to_c(const JobForwarded& forwarded, const EventContext& context,
                            const batsched_job_t& job);
batsched_event_t event_to_c(const JobRejected& rejected, const EventContext& context,
                            const batsched_job_t& job);
batsched_event_t event_to_c(const JobStarted& started, const EventContext& context,
                            const batsched_job_t& job);
batsched_event_t event_to_c(const NoMoreStaticJobs&, const EventContext& context);
batsched_event_t event_to_c(const NoMoreExternalEvents&, const EventContext& context);
batsched_event_t event_to_c(const RequestedCall& call, const EventContext& context);
batsched_event_t event_to_c(const ProbeData& data, const EventContext& context);
// `job` is nullptr if the decision was about hosts.
batsched_event_t event_to_c(const DecisionDropped& dropped, const EventContext& context,
                            const batsched_job_t* job);

batsched_event_t decide_event(double date);
batsched_event_t end_event(double date, batsched_exit_reason_t reason);

// The members of a job as the plugin sees them; record and name must outlive the view.
batsched_job_t job_to_c(const JobRecord& record, const std::string& workload_name);

batsched_host_state_t state_to_c(HostState state);
batsched_exit_reason_t reason_to_c(EndReason reason);
const char* event_name(batsched_event_type_t type);

} // namespace batsim

#endif

// Pins the layout of batsched.h: a plugin built with an older header must find every member where
// it was, and every number must mean what it meant. What is appended to a struct is appended here;
// any other change needs another BATSCHED_ABI_MAJOR.
#include <gtest/gtest.h>

#include <cstddef>

#include "batsched.h"

namespace {

// Members of a struct that grows must end where the struct ends: a later member in padding would
// look as if it were there to a program that was built before it.
#define EXPECT_NO_PADDING_BEHIND(type, last) \
    EXPECT_EQ(sizeof(type), offsetof(type, last) + sizeof(type::last)) << #type

TEST(AbiLayout, OfInterval) {
    EXPECT_EQ(sizeof(batsched_interval_t), 8U);
    EXPECT_EQ(offsetof(batsched_interval_t, first), 0U);
    EXPECT_EQ(offsetof(batsched_interval_t, last), 4U);
}

TEST(AbiLayout, OfHostSet) {
    EXPECT_EQ(sizeof(batsched_host_set_t), 16U);
    EXPECT_EQ(offsetof(batsched_host_set_t, intervals), 0U);
    EXPECT_EQ(offsetof(batsched_host_set_t, count), 8U);
}

TEST(AbiLayout, OfJob) {
    EXPECT_EQ(sizeof(batsched_job_t), 88U);
    EXPECT_EQ(offsetof(batsched_job_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_job_t, requested_hosts), 4U);
    EXPECT_EQ(offsetof(batsched_job_t, min_hosts), 8U);
    EXPECT_EQ(offsetof(batsched_job_t, max_hosts), 12U);
    EXPECT_EQ(offsetof(batsched_job_t, id), 16U);
    EXPECT_EQ(offsetof(batsched_job_t, parent), 24U);
    EXPECT_EQ(offsetof(batsched_job_t, name), 32U);
    EXPECT_EQ(offsetof(batsched_job_t, workload), 40U);
    EXPECT_EQ(offsetof(batsched_job_t, profile), 48U);
    EXPECT_EQ(offsetof(batsched_job_t, submit_time), 56U);
    EXPECT_EQ(offsetof(batsched_job_t, walltime), 64U);
    EXPECT_EQ(offsetof(batsched_job_t, user_id), 72U);
    EXPECT_EQ(offsetof(batsched_job_t, group_id), 76U);
    EXPECT_EQ(offsetof(batsched_job_t, queue_id), 80U);
    EXPECT_EQ(offsetof(batsched_job_t, executable_id), 84U);
}

TEST(AbiLayout, OfProfile) {
    EXPECT_EQ(sizeof(batsched_profile_t), 32U);
    EXPECT_EQ(offsetof(batsched_profile_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_profile_t, name), 8U);
    EXPECT_EQ(offsetof(batsched_profile_t, type), 16U);
    EXPECT_EQ(offsetof(batsched_profile_t, json), 24U);
}

TEST(AbiLayout, OfHost) {
    EXPECT_EQ(sizeof(batsched_host_t), 104U);
    EXPECT_EQ(offsetof(batsched_host_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_host_t, id), 4U);
    EXPECT_EQ(offsetof(batsched_host_t, name), 8U);
    EXPECT_EQ(offsetof(batsched_host_t, zone), 16U);
    EXPECT_EQ(offsetof(batsched_host_t, core_count), 24U);
    EXPECT_EQ(offsetof(batsched_host_t, pstate_count), 28U);
    EXPECT_EQ(offsetof(batsched_host_t, pstate_speeds), 32U);
    EXPECT_EQ(offsetof(batsched_host_t, pstate_idle_watts), 40U);
    EXPECT_EQ(offsetof(batsched_host_t, pstate_busy_watts), 48U);
    EXPECT_EQ(offsetof(batsched_host_t, off_watts), 56U);
    EXPECT_EQ(offsetof(batsched_host_t, switch_on_duration), 64U);
    EXPECT_EQ(offsetof(batsched_host_t, switch_off_duration), 72U);
    EXPECT_EQ(offsetof(batsched_host_t, switch_on_energy), 80U);
    EXPECT_EQ(offsetof(batsched_host_t, switch_off_energy), 88U);
    EXPECT_EQ(offsetof(batsched_host_t, properties), 96U);
}

TEST(AbiLayout, OfHostStatus) {
    EXPECT_EQ(sizeof(batsched_host_status_t), 16U);
    EXPECT_EQ(offsetof(batsched_host_status_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_host_status_t, state), 4U);
    EXPECT_EQ(offsetof(batsched_host_status_t, pstate), 8U);
    EXPECT_EQ(offsetof(batsched_host_status_t, running_jobs), 12U);
}

TEST(AbiLayout, OfSimulationBegins) {
    EXPECT_EQ(sizeof(batsched_simulation_begins_t), 32U);
    EXPECT_EQ(offsetof(batsched_simulation_begins_t, hosts), 0U);
    EXPECT_EQ(offsetof(batsched_simulation_begins_t, storage_hosts), 16U);
}

TEST(AbiLayout, OfJobSubmitted) {
    EXPECT_EQ(sizeof(batsched_job_submitted_t), 8U);
    EXPECT_EQ(offsetof(batsched_job_submitted_t, job), 0U);
}

TEST(AbiLayout, OfJobCompleted) {
    EXPECT_EQ(sizeof(batsched_job_completed_t), 80U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, job), 0U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, state), 8U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, return_code), 12U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, start_time), 16U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, energy), 24U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, progress), 32U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, progress_json), 40U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, hosts), 48U);
    EXPECT_EQ(offsetof(batsched_job_completed_t, usable_hosts), 64U);
}

TEST(AbiLayout, OfJobRejected) {
    EXPECT_EQ(sizeof(batsched_job_rejected_t), 16U);
    EXPECT_EQ(offsetof(batsched_job_rejected_t, job), 0U);
    EXPECT_EQ(offsetof(batsched_job_rejected_t, reason), 8U);
}

TEST(AbiLayout, OfJobStarted) {
    EXPECT_EQ(sizeof(batsched_job_started_t), 32U);
    EXPECT_EQ(offsetof(batsched_job_started_t, job), 0U);
    EXPECT_EQ(offsetof(batsched_job_started_t, walltime), 8U);
    EXPECT_EQ(offsetof(batsched_job_started_t, hosts), 16U);
}

TEST(AbiLayout, OfJobsKilled) {
    EXPECT_EQ(sizeof(batsched_jobs_killed_t), 16U);
    EXPECT_EQ(offsetof(batsched_jobs_killed_t, jobs), 0U);
    EXPECT_EQ(offsetof(batsched_jobs_killed_t, count), 8U);
}

TEST(AbiLayout, OfRequestedCall) {
    EXPECT_EQ(sizeof(batsched_requested_call_t), 8U);
    EXPECT_EQ(offsetof(batsched_requested_call_t, call), 0U);
}

TEST(AbiLayout, OfHostsStateChanged) {
    EXPECT_EQ(sizeof(batsched_hosts_state_changed_t), 24U);
    EXPECT_EQ(offsetof(batsched_hosts_state_changed_t, state), 0U);
    EXPECT_EQ(offsetof(batsched_hosts_state_changed_t, hosts), 8U);
}

TEST(AbiLayout, OfHostsPstateChanged) {
    EXPECT_EQ(sizeof(batsched_hosts_pstate_changed_t), 24U);
    EXPECT_EQ(offsetof(batsched_hosts_pstate_changed_t, pstate), 0U);
    EXPECT_EQ(offsetof(batsched_hosts_pstate_changed_t, hosts), 8U);
}

TEST(AbiLayout, OfExternalEvent) {
    EXPECT_EQ(sizeof(batsched_external_event_t), 16U);
    EXPECT_EQ(offsetof(batsched_external_event_t, type), 0U);
    EXPECT_EQ(offsetof(batsched_external_event_t, json), 8U);
}

TEST(AbiLayout, OfProbeData) {
    EXPECT_EQ(sizeof(batsched_probe_data_t), 24U);
    EXPECT_EQ(offsetof(batsched_probe_data_t, probe), 0U);
    EXPECT_EQ(offsetof(batsched_probe_data_t, values), 8U);
    EXPECT_EQ(offsetof(batsched_probe_data_t, count), 16U);
}

TEST(AbiLayout, OfDecisionDropped) {
    EXPECT_EQ(sizeof(batsched_decision_dropped_t), 40U);
    EXPECT_EQ(offsetof(batsched_decision_dropped_t, kind), 0U);
    EXPECT_EQ(offsetof(batsched_decision_dropped_t, job), 8U);
    EXPECT_EQ(offsetof(batsched_decision_dropped_t, hosts), 16U);
    EXPECT_EQ(offsetof(batsched_decision_dropped_t, reason), 32U);
}

TEST(AbiLayout, OfSimulationEnds) {
    EXPECT_EQ(sizeof(batsched_simulation_ends_t), 4U);
    EXPECT_EQ(offsetof(batsched_simulation_ends_t, reason), 0U);
}

TEST(AbiLayout, OfEvent) {
    EXPECT_EQ(sizeof(batsched_event_t), 96U);
    EXPECT_EQ(offsetof(batsched_event_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_event_t, type), 4U);
    EXPECT_EQ(offsetof(batsched_event_t, time), 8U);
    EXPECT_EQ(offsetof(batsched_event_t, simulation_begins), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, job_completed), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, jobs_killed), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, hosts_state_changed), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, hosts_pstate_changed), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, external_event), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, job_submitted), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, requested_call), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, probe_data), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, decision_dropped), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, simulation_ends), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, job_rejected), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, job_started), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, job_forwarded), 16U);
    EXPECT_EQ(offsetof(batsched_event_t, hosts_lent), 16U);
}

TEST(AbiLayout, OfExecution) {
    EXPECT_EQ(sizeof(batsched_execution_t), 32U);
    EXPECT_EQ(offsetof(batsched_execution_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_execution_t, rank_count), 4U);
    EXPECT_EQ(offsetof(batsched_execution_t, rank_hosts), 8U);
    EXPECT_EQ(offsetof(batsched_execution_t, storage_mapping), 16U);
    EXPECT_EQ(offsetof(batsched_execution_t, walltime), 24U);
}

TEST(AbiLayout, OfNewJob) {
    EXPECT_EQ(sizeof(batsched_new_job_t), 80U);
    EXPECT_EQ(offsetof(batsched_new_job_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_new_job_t, requested_hosts), 4U);
    EXPECT_EQ(offsetof(batsched_new_job_t, min_hosts), 8U);
    EXPECT_EQ(offsetof(batsched_new_job_t, max_hosts), 12U);
    EXPECT_EQ(offsetof(batsched_new_job_t, parent), 16U);
    EXPECT_EQ(offsetof(batsched_new_job_t, workload), 24U);
    EXPECT_EQ(offsetof(batsched_new_job_t, name), 32U);
    EXPECT_EQ(offsetof(batsched_new_job_t, profile), 40U);
    EXPECT_EQ(offsetof(batsched_new_job_t, extra_data), 48U);
    EXPECT_EQ(offsetof(batsched_new_job_t, walltime), 56U);
    EXPECT_EQ(offsetof(batsched_new_job_t, user_id), 64U);
    EXPECT_EQ(offsetof(batsched_new_job_t, group_id), 68U);
    EXPECT_EQ(offsetof(batsched_new_job_t, queue_id), 72U);
    EXPECT_EQ(offsetof(batsched_new_job_t, executable_id), 76U);
}

TEST(AbiLayout, OfProbe) {
    EXPECT_EQ(sizeof(batsched_probe_t), 64U);
    EXPECT_EQ(offsetof(batsched_probe_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_probe_t, target), 4U);
    EXPECT_EQ(offsetof(batsched_probe_t, metric), 8U);
    EXPECT_EQ(offsetof(batsched_probe_t, aggregation), 12U);
    EXPECT_EQ(offsetof(batsched_probe_t, hosts), 16U);
    EXPECT_EQ(offsetof(batsched_probe_t, links), 32U);
    EXPECT_EQ(offsetof(batsched_probe_t, link_count), 40U);
    EXPECT_EQ(offsetof(batsched_probe_t, first_time), 48U);
    EXPECT_EQ(offsetof(batsched_probe_t, period), 56U);
}

TEST(AbiLayout, OfSimulator) {
    EXPECT_EQ(sizeof(batsched_simulator_t), 216U);
    EXPECT_EQ(offsetof(batsched_simulator_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_simulator_t, abi_version), 4U);
    EXPECT_EQ(offsetof(batsched_simulator_t, data), 8U);
    EXPECT_EQ(offsetof(batsched_simulator_t, log), 16U);
    EXPECT_EQ(offsetof(batsched_simulator_t, report_error), 24U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_extension), 32U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_job), 40U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_job_extra), 48U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_profile), 56U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_host), 64U);
    EXPECT_EQ(offsetof(batsched_simulator_t, get_host_status), 72U);
    EXPECT_EQ(offsetof(batsched_simulator_t, estimate_run_time), 80U);
    EXPECT_EQ(offsetof(batsched_simulator_t, execute_job), 88U);
    EXPECT_EQ(offsetof(batsched_simulator_t, reject_job), 96U);
    EXPECT_EQ(offsetof(batsched_simulator_t, kill_jobs), 104U);
    EXPECT_EQ(offsetof(batsched_simulator_t, annotate_job), 112U);
    EXPECT_EQ(offsetof(batsched_simulator_t, register_profile), 120U);
    EXPECT_EQ(offsetof(batsched_simulator_t, release_profile), 128U);
    EXPECT_EQ(offsetof(batsched_simulator_t, register_job), 136U);
    EXPECT_EQ(offsetof(batsched_simulator_t, finish_registration), 144U);
    EXPECT_EQ(offsetof(batsched_simulator_t, call_me_later), 152U);
    EXPECT_EQ(offsetof(batsched_simulator_t, cancel_call), 160U);
    EXPECT_EQ(offsetof(batsched_simulator_t, set_pstate), 168U);
    EXPECT_EQ(offsetof(batsched_simulator_t, set_host_state), 176U);
    EXPECT_EQ(offsetof(batsched_simulator_t, create_probe), 184U);
    EXPECT_EQ(offsetof(batsched_simulator_t, stop_probe), 192U);
    EXPECT_EQ(offsetof(batsched_simulator_t, delay_decisions), 200U);
    EXPECT_EQ(offsetof(batsched_simulator_t, stop_simulation), 208U);
}

TEST(AbiLayout, OfInit) {
    EXPECT_EQ(sizeof(batsched_init_t), 96U);
    EXPECT_EQ(offsetof(batsched_init_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_init_t, index), 4U);
    EXPECT_EQ(offsetof(batsched_init_t, count), 8U);
    EXPECT_EQ(offsetof(batsched_init_t, workload_count), 12U);
    EXPECT_EQ(offsetof(batsched_init_t, name), 16U);
    EXPECT_EQ(offsetof(batsched_init_t, config), 24U);
    EXPECT_EQ(offsetof(batsched_init_t, directory), 32U);
    EXPECT_EQ(offsetof(batsched_init_t, seed), 40U);
    EXPECT_EQ(offsetof(batsched_init_t, capabilities), 48U);
    EXPECT_EQ(offsetof(batsched_init_t, hosts), 56U);
    EXPECT_EQ(offsetof(batsched_init_t, workloads), 72U);
    EXPECT_EQ(offsetof(batsched_init_t, all_hosts), 80U);
}

TEST(AbiLayout, OfReply) {
    EXPECT_EQ(sizeof(batsched_reply_t), 32U);
    EXPECT_EQ(offsetof(batsched_reply_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_reply_t, features), 8U);
    EXPECT_EQ(offsetof(batsched_reply_t, display_name), 16U);
    EXPECT_EQ(offsetof(batsched_reply_t, display_version), 24U);
}

TEST(AbiLayout, OfExit) {
    EXPECT_EQ(sizeof(batsched_exit_t), 16U);
    EXPECT_EQ(offsetof(batsched_exit_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_exit_t, reason), 4U);
    EXPECT_EQ(offsetof(batsched_exit_t, message), 8U);
}

TEST(AbiLayout, OfVtable) {
    EXPECT_EQ(sizeof(batsched_vtable_t), 56U);
    EXPECT_EQ(offsetof(batsched_vtable_t, struct_size), 0U);
    EXPECT_EQ(offsetof(batsched_vtable_t, abi_version), 4U);
    EXPECT_EQ(offsetof(batsched_vtable_t, name), 8U);
    EXPECT_EQ(offsetof(batsched_vtable_t, version), 16U);
    EXPECT_EQ(offsetof(batsched_vtable_t, description), 24U);
    EXPECT_EQ(offsetof(batsched_vtable_t, sched_init), 32U);
    EXPECT_EQ(offsetof(batsched_vtable_t, sched_on_event), 40U);
    EXPECT_EQ(offsetof(batsched_vtable_t, sched_finalize), 48U);
}

TEST(AbiLayout, HasNoPaddingAtTheEndOfGrowingStructs) {
    EXPECT_NO_PADDING_BEHIND(batsched_job_t, executable_id);
    EXPECT_NO_PADDING_BEHIND(batsched_profile_t, json);
    EXPECT_NO_PADDING_BEHIND(batsched_host_t, properties);
    EXPECT_NO_PADDING_BEHIND(batsched_host_status_t, running_jobs);
    EXPECT_NO_PADDING_BEHIND(batsched_execution_t, walltime);
    EXPECT_NO_PADDING_BEHIND(batsched_new_job_t, executable_id);
    EXPECT_NO_PADDING_BEHIND(batsched_probe_t, period);
    EXPECT_NO_PADDING_BEHIND(batsched_simulator_t, stop_simulation);
    EXPECT_NO_PADDING_BEHIND(batsched_init_t, all_hosts);
    EXPECT_NO_PADDING_BEHIND(batsched_reply_t, display_version);
    EXPECT_NO_PADDING_BEHIND(batsched_exit_t, message);
    EXPECT_NO_PADDING_BEHIND(batsched_vtable_t, sched_finalize);
}

TEST(AbiLayout, OfNumbers) {
    EXPECT_EQ(BATSCHED_OK, 0);
    EXPECT_EQ(BATSCHED_REFUSED, 1);
    EXPECT_EQ(BATSCHED_ALREADY_GONE, 2);
    EXPECT_EQ(BATSCHED_UNSUPPORTED, 3);
    EXPECT_EQ(BATSCHED_FAILED, -1);
    EXPECT_EQ(BATSCHED_INVALID_ARGUMENT, -2);
    EXPECT_EQ(BATSCHED_UNKNOWN_ID, -3);
    EXPECT_EQ(BATSCHED_NOT_OWNER, -4);
    EXPECT_EQ(BATSCHED_WRONG_STATE, -5);
    EXPECT_EQ(BATSCHED_HOSTS_BUSY, -6);
    EXPECT_EQ(BATSCHED_HOST_ON, 0);
    EXPECT_EQ(BATSCHED_HOST_OFF, 1);
    EXPECT_EQ(BATSCHED_HOST_SWITCHING_ON, 2);
    EXPECT_EQ(BATSCHED_HOST_SWITCHING_OFF, 3);
    EXPECT_EQ(BATSCHED_HOST_FAILED, 4);
    EXPECT_EQ(BATSCHED_HOST_UNAVAILABLE, 5);
    EXPECT_EQ(BATSCHED_EVENT_SIMULATION_BEGINS, 100);
    EXPECT_EQ(BATSCHED_EVENT_HOSTS_STATE_CHANGED, 150);
    EXPECT_EQ(BATSCHED_EVENT_JOB_COMPLETED, 200);
    EXPECT_EQ(BATSCHED_EVENT_JOBS_KILLED, 210);
    EXPECT_EQ(BATSCHED_EVENT_HOSTS_PSTATE_CHANGED, 310);
    EXPECT_EQ(BATSCHED_EVENT_EXTERNAL_EVENT, 400);
    EXPECT_EQ(BATSCHED_EVENT_JOB_SUBMITTED, 500);
    EXPECT_EQ(BATSCHED_EVENT_HOSTS_LENT, 160);
    EXPECT_EQ(BATSCHED_EVENT_JOB_FORWARDED, 502);
    EXPECT_EQ(BATSCHED_EVENT_JOB_REJECTED, 503);
    EXPECT_EQ(BATSCHED_EVENT_JOB_STARTED, 506);
    EXPECT_EQ(BATSCHED_EVENT_NO_MORE_STATIC_JOBS, 510);
    EXPECT_EQ(BATSCHED_EVENT_NO_MORE_EXTERNAL_EVENTS, 520);
    EXPECT_EQ(BATSCHED_EVENT_REQUESTED_CALL, 600);
    EXPECT_EQ(BATSCHED_EVENT_PROBE_DATA, 610);
    EXPECT_EQ(BATSCHED_EVENT_DECISION_DROPPED, 700);
    EXPECT_EQ(BATSCHED_EVENT_DECIDE, 900);
    EXPECT_EQ(BATSCHED_EVENT_SIMULATION_ENDS, 1000);
    EXPECT_EQ(BATSCHED_JOB_SUCCEEDED, 0);
    EXPECT_EQ(BATSCHED_JOB_FAILED, 1);
    EXPECT_EQ(BATSCHED_JOB_WALLTIME_REACHED, 2);
    EXPECT_EQ(BATSCHED_JOB_KILLED, 3);
    EXPECT_EQ(BATSCHED_JOB_HOST_FAILED, 4);
    EXPECT_EQ(BATSCHED_EXIT_FINISHED, 0);
    EXPECT_EQ(BATSCHED_EXIT_STOPPED, 1);
    EXPECT_EQ(BATSCHED_EXIT_STALLED, 2);
    EXPECT_EQ(BATSCHED_EXIT_PLUGIN_ERROR, 3);
    EXPECT_EQ(BATSCHED_EXIT_SIMULATOR_ERROR, 4);
    EXPECT_EQ(BATSCHED_EXIT_INTERRUPTED, 5);
    EXPECT_EQ(BATSCHED_DECISION_EXECUTE_JOB, 0);
    EXPECT_EQ(BATSCHED_DECISION_SET_PSTATE, 1);
    EXPECT_EQ(BATSCHED_DECISION_SET_HOST_STATE, 2);
    EXPECT_EQ(BATSCHED_DECISION_LEND_HOSTS, 3);
    EXPECT_EQ(BATSCHED_DECISION_TAKE_HOSTS, 4);
    EXPECT_EQ(BATSCHED_LOG_DEBUG, 0);
    EXPECT_EQ(BATSCHED_LOG_INFO, 1);
    EXPECT_EQ(BATSCHED_LOG_WARNING, 2);
    EXPECT_EQ(BATSCHED_LOG_ERROR, 3);
    EXPECT_EQ(BATSCHED_PROBE_HOSTS, 0);
    EXPECT_EQ(BATSCHED_PROBE_LINKS, 1);
    EXPECT_EQ(BATSCHED_METRIC_POWER, 0);
    EXPECT_EQ(BATSCHED_METRIC_ENERGY, 1);
    EXPECT_EQ(BATSCHED_METRIC_LOAD, 2);
    EXPECT_EQ(BATSCHED_AGGREGATE_NONE, 0);
    EXPECT_EQ(BATSCHED_AGGREGATE_SUM, 1);
    EXPECT_EQ(BATSCHED_AGGREGATE_MEAN, 2);
    EXPECT_EQ(BATSCHED_AGGREGATE_MIN, 3);
    EXPECT_EQ(BATSCHED_AGGREGATE_MAX, 4);
    EXPECT_EQ(BATSCHED_CAPABILITY_ENERGY, 1);
    EXPECT_EQ(BATSCHED_CAPABILITY_PSTATES, 2);
    EXPECT_EQ(BATSCHED_CAPABILITY_ON_OFF, 4);
    EXPECT_EQ(BATSCHED_CAPABILITY_NETWORK, 8);
    EXPECT_EQ(BATSCHED_CAPABILITY_STORAGE, 16);
    EXPECT_EQ(BATSCHED_CAPABILITY_PROBES, 32);
    EXPECT_EQ(BATSCHED_CAPABILITY_SHARED_HOSTS, 64);
    EXPECT_EQ(BATSCHED_FEATURE_REGISTRATION, 1);
    EXPECT_EQ(BATSCHED_FEATURE_SHARED_HOSTS, 2);
    EXPECT_EQ(BATSCHED_FEATURE_OBSERVER, 4);
    EXPECT_EQ(BATSCHED_ABI_VERSION, 2U);
}

} // namespace

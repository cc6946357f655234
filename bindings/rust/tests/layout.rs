//! Compares `ffi` with `batsched.h`: a C program prints what the header says.

use batsched::{ffi, ffi_transfer};
use std::fmt::Display;
use std::path::Path;
use std::process::Command;

/// Expressions in C, and their values in Rust.
#[derive(Default)]
struct Values(Vec<(String, i128)>);

impl Values {
    fn add(&mut self, expression: impl Display, value: impl TryInto<i128>) {
        let value = value.try_into().unwrap_or_else(|_| panic!("{expression} is too large"));
        self.0.push((expression.to_string(), value));
    }
}

/// Adds the offsets of members, and the place where the last one ends.
macro_rules! members {
    ($values:ident, $($rust:ident = $c:literal { $($member:ident $(= $c_member:literal)?,)* })*) => {
        members! { $values, ffi, $($rust = $c { $($member $(= $c_member)?,)* })* }
    };
    ($values:ident, $module:ident, $($rust:ident = $c:literal { $($member:ident $(= $c_member:literal)?,)* })*) => {$({
        let place = std::mem::MaybeUninit::<$module::$rust>::uninit();
        let base = place.as_ptr();
        $(
            let name = [$($c_member,)? stringify!($member)][0];
            let offset = unsafe { std::ptr::addr_of!((*base).$member) } as usize - base as usize;
            $values.add(format!("offsetof({}, {name})", $c), offset);
        )*
    })*};
}

macro_rules! constants {
    ($values:ident, $($name:ident)*) => {
        $($values.add(concat!("BATSCHED_", stringify!($name)), ffi::$name);)*
    };
}

fn structs(values: &mut Values) {
    members! { values,
        Interval = "batsched_interval_t" { first, last, }
        HostSet = "batsched_host_set_t" { intervals, count, }
        Job = "batsched_job_t" {
            struct_size, requested_hosts, min_hosts, max_hosts, id, parent, name, workload, profile,
            submit_time, walltime, user_id, group_id, queue_id, executable_id,
        }
        Profile = "batsched_profile_t" { struct_size, name, type_name = "type", json, }
        Host = "batsched_host_t" {
            struct_size, id, name, zone, core_count, pstate_count, pstate_speeds,
            pstate_idle_watts, pstate_busy_watts, off_watts, switch_on_duration,
            switch_off_duration, switch_on_energy, switch_off_energy, properties,
        }
        HostStatus = "batsched_host_status_t" { struct_size, state, pstate, running_jobs, }
        SimulationBegins = "batsched_simulation_begins_t" { hosts, storage_hosts, }
        JobSubmitted = "batsched_job_submitted_t" { job, }
        JobCompleted = "batsched_job_completed_t" {
            job, state, return_code, start_time, energy, progress, progress_json, hosts,
            usable_hosts,
        }
        JobsKilled = "batsched_jobs_killed_t" { jobs, count, }
        JobForwarded = "batsched_job_forwarded_t" { job, from, to, }
        JobRejected = "batsched_job_rejected_t" { job, reason, }
        JobStarted = "batsched_job_started_t" { job, walltime, hosts, }
        HostsLent = "batsched_hosts_lent_t" { hosts, from, to, }
        RequestedCall = "batsched_requested_call_t" { call, }
        HostsStateChanged = "batsched_hosts_state_changed_t" { state, hosts, }
        HostsPstateChanged = "batsched_hosts_pstate_changed_t" { pstate, hosts, }
        ExternalEvent = "batsched_external_event_t" { type_name = "type", json, }
        ProbeData = "batsched_probe_data_t" { probe, values, count, }
        DecisionDropped = "batsched_decision_dropped_t" { kind, job, hosts, reason, }
        SimulationEnds = "batsched_simulation_ends_t" { reason, }
        Event = "batsched_event_t" {
            struct_size, event_type = "type", time, details = "job_completed",
        }
        Execution = "batsched_execution_t" {
            struct_size, rank_count, rank_hosts, storage_mapping, walltime,
        }
        NewJob = "batsched_new_job_t" {
            struct_size, requested_hosts, min_hosts, max_hosts, parent, workload, name, profile,
            extra_data, walltime, user_id, group_id, queue_id, executable_id,
        }
        Probe = "batsched_probe_t" {
            struct_size, target, metric, aggregation, hosts, links, link_count, first_time, period,
        }
        Init = "batsched_init_t" {
            struct_size, index, count, workload_count, name, config, directory, seed,
            capabilities, hosts, workloads, all_hosts,
        }
        Reply = "batsched_reply_t" { struct_size, features, display_name, display_version, }
        Exit = "batsched_exit_t" { struct_size, reason, message, }
        Vtable = "batsched_vtable_t" {
            struct_size, abi_version, name, version, description, sched_init, sched_on_event,
            sched_finalize,
        }
    }
    functions(values);
}

fn functions(values: &mut Values) {
    members! { values,
        Simulator = "batsched_simulator_t" {
            struct_size, abi_version, data, log, report_error, get_extension, get_job,
            get_job_extra, get_profile, get_host, get_host_status, estimate_run_time, execute_job,
            reject_job, kill_jobs, annotate_job, register_profile, release_profile, register_job,
            finish_registration, call_me_later, cancel_call, set_pstate, set_host_state,
            create_probe, stop_probe, delay_decisions, stop_simulation,
        }
    }
}

fn transfers(values: &mut Values) {
    members! { values, ffi_transfer,
        Peer = "batsched_peer_t" {
            struct_size, index, flags, owned_hosts, held_hosts, usable_hosts, running_jobs,
            waiting_jobs, waiting_hosts, work_ahead, name, display_name,
        }
        PeerHosts = "batsched_peer_hosts_t" { owned, held, }
        JobMove = "batsched_job_move_t" { time, from, to, }
        JobHistory = "batsched_job_history_t" { moves, count, }
        Transfer = "batsched_transfer_t" {
            struct_size, find_scheduler, get_scheduler, get_scheduler_hosts, get_job_history,
            forward_job,
        }
        Lending = "batsched_lending_t" { struct_size, lend_hosts, return_hosts, take_hosts, }
    }
    values.add("BATSCHED_PEER_TAKEABLE", ffi_transfer::PEER_TAKEABLE);
    values.add("BATSCHED_PEER_OBSERVER", ffi_transfer::PEER_OBSERVER);
    for (name, text) in [("TRANSFER", ffi_transfer::TRANSFER), ("LENDING", ffi_transfer::LENDING)] {
        values.add(format!("strcmp(BATSCHED_{name}, \"{text}\")"), 0);
    }
}

fn numbers(values: &mut Values) {
    constants! { values,
        OK REFUSED ALREADY_GONE UNSUPPORTED FAILED INVALID_ARGUMENT UNKNOWN_ID NOT_OWNER
        WRONG_STATE HOSTS_BUSY EVENT_SIMULATION_BEGINS EVENT_HOSTS_STATE_CHANGED
        EVENT_JOB_COMPLETED EVENT_JOBS_KILLED EVENT_HOSTS_PSTATE_CHANGED EVENT_EXTERNAL_EVENT
        EVENT_JOB_SUBMITTED EVENT_NO_MORE_STATIC_JOBS EVENT_NO_MORE_EXTERNAL_EVENTS
        EVENT_HOSTS_LENT EVENT_JOB_FORWARDED EVENT_JOB_REJECTED EVENT_JOB_STARTED
        EVENT_REQUESTED_CALL EVENT_PROBE_DATA EVENT_DECISION_DROPPED EVENT_DECIDE
        EVENT_SIMULATION_ENDS LOG_DEBUG LOG_INFO LOG_WARNING LOG_ERROR PROBE_HOSTS PROBE_LINKS
        FEATURE_REGISTRATION FEATURE_SHARED_HOSTS FEATURE_OBSERVER
    }
    // Enums of the crate, in their order.
    let sequences = [
        "JOB_SUCCEEDED JOB_FAILED JOB_WALLTIME_REACHED JOB_KILLED JOB_HOST_FAILED",
        "HOST_ON HOST_OFF HOST_SWITCHING_ON HOST_SWITCHING_OFF HOST_FAILED HOST_UNAVAILABLE",
        "EXIT_FINISHED EXIT_STOPPED EXIT_STALLED EXIT_PLUGIN_ERROR EXIT_SIMULATOR_ERROR \
         EXIT_INTERRUPTED",
        "DECISION_EXECUTE_JOB DECISION_SET_PSTATE DECISION_SET_HOST_STATE DECISION_LEND_HOSTS \
         DECISION_TAKE_HOSTS",
        "METRIC_POWER METRIC_ENERGY METRIC_LOAD",
        "AGGREGATE_NONE AGGREGATE_SUM AGGREGATE_MEAN AGGREGATE_MIN AGGREGATE_MAX",
        "CAPABILITY_ENERGY - 1",
        "ABI_MAJOR", // the minor version may be a later one
    ];
    for sequence in sequences.map(|text| text.replace(" - ", "-")) {
        for (value, name) in sequence.split_whitespace().enumerate() {
            values.add(format!("BATSCHED_{name}"), value as i128);
        }
    }
}

fn run(command: &mut Command) -> Option<String> {
    let output = command.output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn is_that_of_the_header() {
    let mut values = Values::default();
    structs(&mut values);
    transfers(&mut values);
    numbers(&mut values);
    let lines: String = values
        .0
        .iter()
        .map(|(expression, _)| format!("printf(\"%lld\\n\", (long long)({expression}));\n"))
        .collect();
    let includes = "#include <batsched/transfer.h>\n#include <stdio.h>\n#include <string.h>\n";
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (source, program) = (folder.join("layout.c"), folder.join("layout"));
    std::fs::write(&source, format!("{includes}int main(void) {{\n{lines}return 0;\n}}\n"))
        .unwrap();
    let header_folder =
        Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../include");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_string());
    let mut compile = Command::new(&compiler);
    compile.arg("-I").arg(&header_folder).arg(&source).arg("-o").arg(&program);
    if run(&mut compile).is_none() {
        eprintln!("skipped: there is no C compiler '{compiler}'");
        return;
    }
    let printed = run(&mut Command::new(&program)).unwrap();
    let printed: Vec<i128> = printed.lines().map(|line| line.parse().unwrap()).collect();
    assert_eq!(printed.len(), values.0.len());
    for ((expression, in_rust), in_c) in values.0.iter().zip(printed) {
        assert_eq!(*in_rust, in_c, "{expression}");
    }
}

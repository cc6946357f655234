//! What a plugin does at the boundary, in front of a simulator of paper.

use batsched::ffi::{self, Status};
use batsched::ffi_transfer;
use batsched::{Context, Error, Event, HostSet, Job, NewJob, Result, Scheduler, Simulator};
use std::cell::RefCell;
use std::ffi::CStr;
use std::os::raw::{c_char, c_void};
use std::ptr;

/// Does what its configuration says when a job comes.
struct Actor {
    what: String,
}

impl Scheduler for Actor {
    fn new(context: &mut Context<'_>) -> Result<Self> {
        let what =
            context.config()?.value("do").and_then(|value| value.as_str()).unwrap_or("").into();
        match &what as &str {
            "fail early" => return Err(Error::new("no, thanks")),
            "register" => context.ask_for_registration(),
            "observe" => {
                context.ask_to_observe();
                context.simulator().info(format!("all hosts: {}", context.all_hosts()));
            }
            _ => {}
        }
        Ok(Self { what })
    }

    fn on_event(&mut self, simulator: &Simulator<'_>, event: Event<'_>) -> Result<()> {
        match event {
            Event::JobSubmitted(job) => return self.act(simulator, job),
            Event::JobForwarded(forwarded) => {
                let name = forwarded.job().name();
                simulator.info(format!("{name} from {} to {}", forwarded.from(), forwarded.to()))
            }
            Event::JobRejected(rejected) => {
                simulator.info(format!("{}: {}", rejected.job().name(), rejected.reason()))
            }
            Event::JobStarted(started) => {
                let (name, walltime) = (started.job().name(), started.walltime());
                simulator.info(format!("{name} on {} for {walltime}", started.hosts()))
            }
            Event::HostsLent(lent) => {
                simulator.info(format!("{} from {} to {}", lent.hosts(), lent.from(), lent.to()))
            }
            _ => {}
        }
        Ok(())
    }
}

impl Actor {
    fn act(&self, simulator: &Simulator<'_>, job: Job<'_>) -> Result<()> {
        let hosts: HostSet = [1, 2, 5].into_iter().collect();
        match &self.what as &str {
            "panic" => panic!("out of ideas about {}", job.name()),
            "fail" => Err(Error::new("I give up")),
            "parse" => {
                "x".parse::<u32>()?;
                Ok(())
            }
            "execute" => {
                let started = simulator.execute_job(job.id(), &hosts)?;
                simulator.info(format!("{started}\0 at {}", simulator.now()));
                Ok(())
            }
            "estimate" => {
                simulator.info(format!("{:?}", simulator.estimate_run_time(job.id(), &hosts)?));
                Ok(())
            }
            "register" => {
                let id =
                    simulator.register_job(&NewJob { walltime: 5.0, ..NewJob::new("n", "p") })?;
                simulator.info(format!("{id}"));
                Ok(())
            }
            "forward" => {
                let transfer = simulator.transfer()?;
                let to = transfer.find_scheduler("other")?;
                let peer = transfer.scheduler(to)?;
                simulator.info(format!(
                    "{} {} {} {} {}",
                    peer.index(),
                    peer.name(),
                    peer.is_takeable(),
                    peer.is_observer(),
                    peer.work_ahead()
                ));
                let (owned, held) = (transfer.owned_hosts(to)?, transfer.held_hosts(to)?);
                simulator.info(format!("owns {owned}, holds {held}"));
                simulator.info(format!("{:?}", transfer.job_history(job.id())?));
                simulator.info(format!("{}", transfer.forward_job(job.id(), to)?));
                Ok(())
            }
            "lend" => {
                let lending = simulator.lending()?;
                let done = (
                    lending.lend_hosts(&hosts, 2)?,
                    lending.return_hosts(&hosts)?,
                    lending.take_hosts(&hosts)?,
                );
                simulator.info(format!("{done:?}"));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

batsched::plugin!(Actor, "actor", "0.1.0", "Acts");

// ---- The simulator -------------------------------------------------------------------------------

thread_local! {
    static HEARD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static ANSWER: RefCell<Status> = const { RefCell::new(ffi::OK) };
}

fn hear(what: String) {
    HEARD.with(|heard| heard.borrow_mut().push(what));
}

fn answer() -> Status {
    ANSWER.with(|answer| *answer.borrow())
}

type Sim = *const ffi::Simulator;

unsafe extern "C" fn log(_: Sim, _level: i32, message: *const c_char) {
    hear(format!("log {}", CStr::from_ptr(message).to_str().unwrap()));
}

unsafe extern "C" fn report_error(_: Sim, message: *const c_char) {
    hear(format!("error {}", CStr::from_ptr(message).to_str().unwrap()));
}

unsafe extern "C" fn execute_job(
    _: Sim,
    job: u64,
    hosts: ffi::HostSet,
    how: *const ffi::Execution,
) -> Status {
    let intervals = std::slice::from_raw_parts(hosts.intervals, hosts.count);
    hear(format!("execute {job} {intervals:?} {}", how.is_null()));
    answer()
}

unsafe extern "C" fn estimate(_: Sim, _: u64, _: ffi::HostSet, seconds: *mut f64) -> Status {
    if answer() == ffi::OK {
        *seconds = 2.5;
    }
    answer()
}

unsafe extern "C" fn register_job(_: Sim, job: *const ffi::NewJob, id: *mut u64) -> Status {
    let job = &*job;
    assert_eq!(job.struct_size as usize, std::mem::size_of::<ffi::NewJob>());
    let name = CStr::from_ptr(job.name).to_str().unwrap();
    hear(format!("register {name} {} {}", job.walltime, job.workload.is_null()));
    *id = 1 << 32;
    answer()
}

unsafe extern "C" fn find_scheduler(_: Sim, name: *const c_char, index: *mut u32) -> Status {
    hear(format!("find {}", CStr::from_ptr(name).to_str().unwrap()));
    *index = 5;
    ffi::OK
}

unsafe extern "C" fn get_scheduler(_: Sim, index: u32, peer: *mut ffi_transfer::Peer) -> Status {
    assert_eq!((*peer).struct_size as usize, std::mem::size_of::<ffi_transfer::Peer>());
    (*peer).index = index;
    (*peer).flags = ffi_transfer::PEER_TAKEABLE;
    (*peer).work_ahead = 1.5;
    (*peer).name = text("other\0");
    ffi::OK
}

unsafe extern "C" fn get_scheduler_hosts(
    _: Sim,
    _: u32,
    hosts: *mut ffi_transfer::PeerHosts,
) -> Status {
    (*hosts).owned = raw_hosts();
    (*hosts).held = ffi::HostSet { intervals: ptr::null(), count: 0 };
    ffi::OK
}

unsafe extern "C" fn get_job_history(
    _: Sim,
    _: u64,
    history: *mut ffi_transfer::JobHistory,
) -> Status {
    static MOVES: [ffi_transfer::JobMove; 1] =
        [ffi_transfer::JobMove { time: 3.5, from: 1, to: 2 }];
    if answer() == ffi::OK {
        (*history).moves = MOVES.as_ptr();
        (*history).count = 1;
    }
    answer()
}

unsafe extern "C" fn forward_job(_: Sim, job: u64, to: u32) -> Status {
    hear(format!("forward {job} to {to}"));
    answer()
}

unsafe extern "C" fn lend_hosts(_: Sim, hosts: ffi::HostSet, to: u32) -> Status {
    hear(format!("lend {} intervals to {to}", hosts.count));
    answer()
}

unsafe extern "C" fn move_hosts(_: Sim, hosts: ffi::HostSet) -> Status {
    hear(format!("move {} intervals", hosts.count));
    answer()
}

unsafe extern "C" fn get_extension(_: Sim, name: *const c_char) -> *const c_void {
    static TRANSFER: ffi_transfer::Transfer = ffi_transfer::Transfer {
        struct_size: std::mem::size_of::<ffi_transfer::Transfer>() as u32,
        find_scheduler,
        get_scheduler,
        get_scheduler_hosts,
        get_job_history,
        forward_job,
    };
    static LENDING: ffi_transfer::Lending = ffi_transfer::Lending {
        struct_size: std::mem::size_of::<ffi_transfer::Lending>() as u32,
        lend_hosts,
        return_hosts: move_hosts,
        take_hosts: move_hosts,
    };
    match CStr::from_ptr(name).to_str().unwrap() {
        _ if answer() == ffi::UNSUPPORTED => ptr::null(),
        ffi_transfer::TRANSFER => (&TRANSFER as *const ffi_transfer::Transfer).cast(),
        ffi_transfer::LENDING => (&LENDING as *const ffi_transfer::Lending).cast(),
        _ => ptr::null(),
    }
}

unsafe extern "C" fn unexpected() {
    eprintln!("a function was called that should not be");
    std::process::abort();
}

fn simulator() -> ffi::Simulator {
    let count = (std::mem::size_of::<ffi::Simulator>() - 16) / 8;
    let mut simulator = std::mem::MaybeUninit::<ffi::Simulator>::zeroed();
    unsafe {
        let functions = simulator.as_mut_ptr().cast::<u8>().add(16).cast::<*const c_void>();
        for i in 0..count {
            *functions.add(i) = unexpected as *const c_void;
        }
        let mut simulator = simulator.assume_init();
        simulator.struct_size = std::mem::size_of::<ffi::Simulator>() as u32;
        simulator.log = log;
        simulator.report_error = report_error;
        simulator.execute_job = execute_job;
        simulator.estimate_run_time = estimate;
        simulator.register_job = register_job;
        simulator.get_extension = get_extension;
        simulator
    }
}

fn text(text: &'static str) -> *const c_char {
    assert!(text.ends_with('\0'));
    text.as_ptr().cast()
}

fn init(config: *const c_char) -> ffi::Init {
    ffi::Init {
        struct_size: std::mem::size_of::<ffi::Init>() as u32,
        index: 0,
        count: 1,
        workload_count: 0,
        name: text("s0\0"),
        config,
        directory: text("/\0"),
        seed: 1,
        capabilities: 0,
        hosts: ffi::HostSet { intervals: ptr::null(), count: 0 },
        workloads: ptr::null(),
        all_hosts: raw_hosts(),
    }
}

/// Hosts 4 to 6.
fn raw_hosts() -> ffi::HostSet {
    static INTERVALS: [ffi::Interval; 1] = [ffi::Interval { first: 4, last: 6 }];
    ffi::HostSet { intervals: INTERVALS.as_ptr(), count: 1 }
}

fn job() -> ffi::Job {
    ffi::Job {
        struct_size: std::mem::size_of::<ffi::Job>() as u32,
        requested_hosts: 3,
        min_hosts: 3,
        max_hosts: 3,
        id: 7,
        parent: ffi::NO_JOB,
        name: text("w0!7\0"),
        workload: text("w0\0"),
        profile: text("w0!p\0"),
        submit_time: 4.0,
        walltime: 9.0,
        user_id: -1,
        group_id: -1,
        queue_id: -1,
        executable_id: -1,
    }
}

/// A simulation with one event: what the plugin returned, and what the simulator heard.
struct Outcome {
    init: Status,
    event: Status,
    features: u64,
    heard: Vec<String>,
}

fn simulate_event(config: &'static str, event_type: i32, answer: Status) -> Outcome {
    let job = job();
    let details = ffi::EventDetails { job_submitted: ffi::JobSubmitted { job: &job } };
    simulate_details(init(text(config)), (event_type, details), answer)
}

fn simulate_details(
    init: ffi::Init,
    (event_type, details): (i32, ffi::EventDetails),
    answer: Status,
) -> Outcome {
    HEARD.with(|heard| heard.borrow_mut().clear());
    ANSWER.with(|place| *place.borrow_mut() = answer);
    let simulator = simulator();
    let vtable = &batsched_vtable;
    let mut instance = ptr::null_mut();
    let struct_size = std::mem::size_of::<ffi::Reply>() as u32;
    let (display_name, display_version) = (ptr::null(), ptr::null());
    let mut reply = ffi::Reply { struct_size, features: 0, display_name, display_version };
    let struct_size = std::mem::size_of::<ffi::Event>() as u32;
    let event = ffi::Event { struct_size, event_type, time: 4.0, details };
    let exit = ffi::Exit { struct_size: 16, reason: 0, message: text("\0") };
    let mut outcome = Outcome { init: 0, event: 0, features: 0, heard: Vec::new() };
    unsafe {
        outcome.init = (vtable.sched_init)(&simulator, &init, &mut instance, &mut reply);
        if outcome.init == ffi::OK {
            outcome.event = (vtable.sched_on_event)(instance, &event);
            (vtable.sched_finalize)(instance, &exit);
        }
    }
    outcome.features = reply.features;
    outcome.heard = HEARD.with(|heard| heard.take());
    outcome
}

fn simulate(config: &'static str, answer: Status) -> Outcome {
    simulate_event(config, ffi::EVENT_JOB_SUBMITTED, answer)
}

// ---- The tests -----------------------------------------------------------------------------------

#[test]
fn an_error_is_reported_and_ends_the_simulation() {
    let outcome = simulate("{\"do\": \"fail\"}\0", ffi::OK);
    assert_eq!((outcome.event, outcome.heard), (ffi::FAILED, vec!["error I give up".to_string()]));
}

#[test]
fn other_errors_become_errors() {
    let outcome = simulate("{\"do\": \"parse\"}\0", ffi::OK);
    assert_eq!(outcome.heard, ["error invalid digit found in string"]);
}

#[test]
fn a_panic_is_caught_and_reported_with_its_place() {
    let outcome = simulate("{\"do\": \"panic\"}\0", ffi::OK);
    assert_eq!(outcome.event, ffi::FAILED);
    assert_eq!(outcome.heard.len(), 1);
    let heard = &outcome.heard[0];
    assert!(heard.starts_with("error panicked at ") && heard.contains("plugin.rs:"), "{heard}");
    assert!(heard.ends_with(": out of ideas about w0!7"), "{heard}");
}

#[test]
fn what_new_gives_back_ends_sched_init() {
    let outcome = simulate("{\"do\": \"fail early\"}\0", ffi::OK);
    assert_eq!((outcome.init, outcome.heard), (ffi::FAILED, vec!["error no, thanks".to_string()]));
    let outcome = simulate("garbage\0", ffi::OK);
    assert_eq!(outcome.heard, ["error configuration: must be a JSON object, is 'garbage'"]);
}

#[test]
fn a_decision_reaches_the_simulator() {
    let outcome = simulate("{\"do\": \"execute\"}\0", ffi::OK);
    let intervals = "[Interval { first: 1, last: 2 }, Interval { first: 5, last: 5 }]";
    let heard = [format!("execute 7 {intervals} true"), "log true\\0 at 4".to_string()];
    assert_eq!((outcome.event, outcome.heard), (ffi::OK, heard.to_vec()));
}

#[test]
fn a_refusal_is_an_answer() {
    let outcome = simulate("{\"do\": \"execute\"}\0", ffi::REFUSED);
    assert_eq!((outcome.event, outcome.heard[1].as_str()), (ffi::OK, "log false\\0 at 4"));
}

#[test]
fn a_negative_status_is_given_back_without_a_message_of_our_own() {
    let outcome = simulate("{\"do\": \"execute\"}\0", ffi::HOSTS_BUSY);
    assert_eq!((outcome.event, outcome.heard.len()), (ffi::HOSTS_BUSY, 1));
}

#[test]
fn what_cannot_be_estimated_is_nothing() {
    let estimate = |status| simulate("{\"do\": \"estimate\"}\0", status).heard;
    assert_eq!(estimate(ffi::OK), ["log Some(2.5)"]);
    assert_eq!(estimate(ffi::UNSUPPORTED), ["log None"]);
}

#[test]
fn jobs_are_registered_with_the_feature() {
    let outcome = simulate("{\"do\": \"register\"}\0", ffi::OK);
    assert_eq!(outcome.features, ffi::FEATURE_REGISTRATION);
    assert_eq!(outcome.heard, ["register n 5 true", "log 4294967296"]);
}

#[test]
fn what_is_unsupported_is_an_error_with_a_text() {
    let outcome = simulate("{\"do\": \"register\"}\0", ffi::UNSUPPORTED);
    assert_eq!(outcome.heard[1], "error register_job: unsupported");
}

#[test]
fn jobs_are_handed_to_other_schedulers() {
    let outcome = simulate("{\"do\": \"forward\"}\0", ffi::OK);
    let heard = [
        "find other",
        "log 5 other true false 1.5",
        "log owns 4-6, holds ",
        "log Some([JobMove { time: 3.5, from: 1, to: 2 }])",
        "forward 7 to 5",
        "log true",
    ];
    assert_eq!(outcome.heard, heard);
    let outcome = simulate("{\"do\": \"forward\"}\0", ffi::ALREADY_GONE);
    assert_eq!(outcome.heard[3..], ["log None", "forward 7 to 5", "log false"]);
}

#[test]
fn hosts_are_lent() {
    let outcome = simulate("{\"do\": \"lend\"}\0", ffi::OK);
    let heard =
        ["lend 2 intervals to 2", "move 2 intervals", "move 2 intervals", "log (true, true, true)"];
    assert_eq!(outcome.heard, heard);
    let outcome = simulate("{\"do\": \"lend\"}\0", ffi::REFUSED);
    assert_eq!(outcome.heard[3], "log (false, false, false)");
    let outcome = simulate("{\"do\": \"lend\"}\0", ffi::NOT_OWNER);
    assert_eq!((outcome.event, outcome.heard.len()), (ffi::NOT_OWNER, 1));
}

#[test]
fn an_interface_that_the_simulator_does_not_have_is_an_error() {
    let outcome = simulate("{\"do\": \"forward\"}\0", ffi::UNSUPPORTED);
    assert_eq!(outcome.heard, ["error the simulator does not have batsched.transfer/1"]);
}

/// What an observer hears of an event.
fn observe(event_type: i32, details: ffi::EventDetails) -> Outcome {
    simulate_details(init(text("{\"do\": \"observe\"}\0")), (event_type, details), ffi::OK)
}

#[test]
fn observers_are_told_of_the_jobs_of_others() {
    let (job, hosts) = (job(), raw_hosts());
    let started = ffi::JobStarted { job: &job, walltime: 2.5, hosts };
    let outcome = observe(ffi::EVENT_JOB_STARTED, ffi::EventDetails { job_started: started });
    assert_eq!(outcome.features, ffi::FEATURE_OBSERVER);
    assert_eq!(outcome.heard, ["log all hosts: 4-6", "log w0!7 on 4-6 for 2.5"]);

    let rejected = ffi::JobRejected { job: &job, reason: text("too large\0") };
    let outcome = observe(ffi::EVENT_JOB_REJECTED, ffi::EventDetails { job_rejected: rejected });
    assert_eq!(outcome.heard[1], "log w0!7: too large");

    let forwarded = ffi::JobForwarded { job: &job, from: 2, to: 1 };
    let outcome = observe(ffi::EVENT_JOB_FORWARDED, ffi::EventDetails { job_forwarded: forwarded });
    assert_eq!(outcome.heard[1], "log w0!7 from 2 to 1");

    let lent = ffi::HostsLent { hosts, from: 0, to: 3 };
    let outcome = observe(ffi::EVENT_HOSTS_LENT, ffi::EventDetails { hosts_lent: lent });
    assert_eq!(outcome.heard[1], "log 4-6 from 0 to 3");
}

#[test]
fn an_older_simulator_does_not_say_what_all_hosts_are() {
    let mut init = init(text("{\"do\": \"observe\"}\0"));
    init.struct_size -= std::mem::size_of::<ffi::HostSet>() as u32;
    let job = job();
    let details = ffi::EventDetails { job_submitted: ffi::JobSubmitted { job: &job } };
    let outcome = simulate_details(init, (ffi::EVENT_JOB_SUBMITTED, details), ffi::OK);
    assert_eq!(outcome.heard, ["log all hosts: "]);
}

#[test]
fn events_of_later_versions_are_ignored() {
    let outcome = simulate_event("{\"do\": \"panic\"}\0", 777, ffi::OK);
    assert_eq!((outcome.event, outcome.heard.len()), (ffi::OK, 0));
}

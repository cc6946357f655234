// rust_guest.rs - a scheduler in Rust that rejects all jobs and makes threads with thread-local objects
// at every batch.
use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_void};
use std::sync::mpsc;
use std::thread;

// What this needs of batsched.h.
#[repr(C)]
pub struct Simulator {
    struct_size: u32,
    abi_version: u32,
    data: *const c_void,
    others: [usize; 10],
    reject_job: unsafe extern "C" fn(*const Simulator, u64, *const c_char) -> c_int,
}

#[repr(C)]
pub struct Job {
    struct_size: u32,
    requested_hosts: u32,
    min_hosts: u32,
    max_hosts: u32,
    id: u64,
}

#[repr(C)]
pub struct Event {
    struct_size: u32,
    kind: i32,
    time: f64,
    job: *const Job,
}

#[repr(C)]
pub struct Vtable {
    struct_size: u32,
    abi_version: u32,
    texts: [*const u8; 3],
    sched_init: unsafe extern "C" fn(
        *const Simulator,
        *const c_void,
        *mut *const Simulator,
        *mut c_void,
    ) -> c_int,
    sched_on_event: unsafe extern "C" fn(*const Simulator, *const Event) -> c_int,
    sched_finalize: unsafe extern "C" fn(*const Simulator, *const c_void),
}

unsafe impl Sync for Vtable {}

#[no_mangle]
pub static batsched_vtable: Vtable = Vtable {
    struct_size: std::mem::size_of::<Vtable>() as u32,
    abi_version: 1,
    texts: [b"rust-guest\0".as_ptr(), b"1.0.0\0".as_ptr(), b"Makes threads, in Rust\0".as_ptr()],
    sched_init,
    sched_on_event,
    sched_finalize,
};

const JOB_SUBMITTED: i32 = 500;
const DECIDE: i32 = 900;

struct Text(String);

impl Drop for Text {
    fn drop(&mut self) {
        self.0.push('!');
    }
}

thread_local! {
    static TEXT: RefCell<Text> = RefCell::new(Text(String::new()));
}

fn use_thread_local_object() -> usize {
    TEXT.with(|text| {
        text.borrow_mut().0 = "x".repeat(1000);
        text.borrow().0.len()
    })
}

fn work() -> usize {
    let (sender, receiver) = mpsc::channel();
    let joined: Vec<_> = (0..3).map(|_| thread::spawn(use_thread_local_object)).collect();
    for _ in 0..3 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(use_thread_local_object()).unwrap());
    }
    let sum: usize = joined.into_iter().map(|thread| thread.join().unwrap()).sum();
    sum + receiver.iter().take(3).sum::<usize>()
}

unsafe extern "C" fn sched_init(
    sim: *const Simulator,
    _init: *const c_void,
    instance: *mut *const Simulator,
    _reply: *mut c_void,
) -> c_int {
    *instance = sim;
    0
}

unsafe extern "C" fn sched_on_event(sim: *const Simulator, event: *const Event) -> c_int {
    match (*event).kind {
        JOB_SUBMITTED => {
            let reason = b"not my business\0".as_ptr() as *const c_char;
            ((*sim).reject_job)(sim, (*(*event).job).id, reason)
        }
        DECIDE if work() != 6000 => -1,
        _ => 0,
    }
}

unsafe extern "C" fn sched_finalize(_sim: *const Simulator, _exit: *const c_void) {}

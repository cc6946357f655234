// panicking.rs - a scheduler in Rust that panics when the first job is submitted. Only the members of
// batsched.h that it needs are declared.
#![allow(non_upper_case_globals)]
use std::os::raw::{c_char, c_void};

const JOB_SUBMITTED: i32 = 500;

#[repr(C)]
pub struct Event {
    struct_size: u32,
    kind: i32,
    time: f64,
}

#[repr(C)]
pub struct Vtable {
    struct_size: u32,
    abi_version: u32,
    name: *const c_char,
    version: *const c_char,
    description: *const c_char,
    sched_init: extern "C" fn(*const c_void, *const c_void, *mut *mut c_void, *mut c_void) -> i32,
    sched_on_event: extern "C" fn(*mut c_void, *const Event) -> i32,
    sched_finalize: extern "C" fn(*mut c_void, *const c_void),
}
unsafe impl Sync for Vtable {}

extern "C" fn sched_init(
    _simulator: *const c_void,
    _init: *const c_void,
    instance: *mut *mut c_void,
    _reply: *mut c_void,
) -> i32 {
    unsafe { *instance = Box::into_raw(Box::new(0u32)) as *mut c_void };
    0
}

extern "C" fn sched_on_event(_instance: *mut c_void, event: *const Event) -> i32 {
    if unsafe { (*event).kind } == JOB_SUBMITTED {
        panic!("out of ideas");
    }
    0
}

extern "C" fn sched_finalize(instance: *mut c_void, _exit: *const c_void) {
    drop(unsafe { Box::from_raw(instance as *mut u32) });
}

#[no_mangle]
pub static batsched_vtable: Vtable = Vtable {
    struct_size: std::mem::size_of::<Vtable>() as u32,
    abi_version: 1,
    name: b"panicking\0".as_ptr() as *const c_char,
    version: b"0.0.1\0".as_ptr() as *const c_char,
    description: b"Panics\0".as_ptr() as *const c_char,
    sched_init,
    sched_on_event,
    sched_finalize,
};

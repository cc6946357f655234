//! The C interface `batsched/transfer.h`, member by member. Units, ownership and lifetimes are said
//! there; `tests/layout.rs` compares it with the header.

use crate::ffi::{HostSet, Simulator, Status};
use std::os::raw::c_char;

pub const TRANSFER: &str = "batsched.transfer/1";
pub const LENDING: &str = "batsched.lending/1";

pub const PEER_TAKEABLE: u32 = 1;
pub const PEER_OBSERVER: u32 = 1 << 1;

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Peer {
    pub struct_size: u32,
    pub index: u32,
    pub flags: u32,
    pub owned_hosts: u32,
    pub held_hosts: u32,
    pub usable_hosts: u32,
    pub running_jobs: u64,
    pub waiting_jobs: u64,
    pub waiting_hosts: u64,
    pub work_ahead: f64,
    pub name: *const c_char,
    pub display_name: *const c_char,
}

#[repr(C)]
pub struct PeerHosts {
    pub owned: HostSet,
    pub held: HostSet,
}

#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct JobMove {
    pub time: f64,
    pub from: u32,
    pub to: u32,
}

#[repr(C)]
pub struct JobHistory {
    pub moves: *const JobMove,
    pub count: usize,
}

type Sim = *const Simulator;

#[repr(C)]
pub struct Transfer {
    pub struct_size: u32,
    pub find_scheduler: unsafe extern "C" fn(Sim, *const c_char, *mut u32) -> Status,
    pub get_scheduler: unsafe extern "C" fn(Sim, u32, *mut Peer) -> Status,
    pub get_scheduler_hosts: unsafe extern "C" fn(Sim, u32, *mut PeerHosts) -> Status,
    pub get_job_history: unsafe extern "C" fn(Sim, u64, *mut JobHistory) -> Status,
    pub forward_job: unsafe extern "C" fn(Sim, u64, u32) -> Status,
}

#[repr(C)]
pub struct Lending {
    pub struct_size: u32,
    pub lend_hosts: unsafe extern "C" fn(Sim, HostSet, u32) -> Status,
    pub return_hosts: unsafe extern "C" fn(Sim, HostSet) -> Status,
    pub take_hosts: unsafe extern "C" fn(Sim, HostSet) -> Status,
}

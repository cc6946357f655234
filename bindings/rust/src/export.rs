//! The C functions of a plugin. No panic leaves them.

use crate::ffi::{self, Status};
use crate::views::text;
use crate::{Context, Error, Event, Exit, ExitReason, Result, Scheduler, Simulator};
use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

struct Instance<T> {
    simulator: *const ffi::Simulator,
    scheduler: T,
}

thread_local! {
    static IS_IN_CALL: Cell<bool> = const { Cell::new(false) };
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) }; // of this call: text and place
}

/// Panics of the simulator's thread are kept for the message, those of others go to stderr as usual,
/// and so do all if a trace was asked for.
fn keep_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let is_in_call = IS_IN_CALL.try_with(Cell::get).unwrap_or(false);
            if is_in_call {
                let place = info.location().map(|place| format!(" at {place}"));
                let text = payload_text(info.payload());
                let message = format!("panicked{}: {text}", place.unwrap_or_default());
                let _ = PANIC.try_with(|panic| *panic.borrow_mut() = message);
            }
            if !is_in_call || wants_trace() {
                usual(info);
            }
        }));
    });
}

fn wants_trace() -> bool {
    std::env::var_os("RUST_BACKTRACE").map_or(false, |value| value != "0")
}

fn payload_text(payload: &dyn std::any::Any) -> String {
    let text = payload.downcast_ref::<&str>().map(|text| text.to_string());
    let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "with a value that is not a text".to_string())
}

/// Runs `body`; turns errors and panics into a reported status.
fn guard(simulator: Simulator<'_>, body: impl FnOnce() -> Result<()>) -> Status {
    keep_panics();
    IS_IN_CALL.with(|is_in_call| is_in_call.set(true));
    let result = panic::catch_unwind(AssertUnwindSafe(body));
    IS_IN_CALL.with(|is_in_call| is_in_call.set(false));
    match result {
        Ok(Ok(())) => ffi::OK,
        Ok(Err(error)) => status_of(simulator, &error),
        Err(_) => {
            simulator.report_error(&PANIC.with(|panic| panic.take()));
            ffi::FAILED
        }
    }
}

/// The simulator knows itself what was wrong with a call of it.
fn status_of(simulator: Simulator<'_>, error: &Error) -> Status {
    if error.status() < 0 && error.status() != ffi::FAILED {
        return error.status();
    }
    simulator.report_error(&error.to_string());
    ffi::FAILED
}

/// # Safety
/// To be called by a simulator, as `batsched.h` says; so are the next two.
pub unsafe extern "C" fn sched_init<T: Scheduler>(
    raw: *const ffi::Simulator,
    init: *const ffi::Init,
    out: *mut *mut ffi::Instance,
    reply: *mut ffi::Reply,
) -> Status {
    let simulator = Simulator::new(&*raw, 0.0);
    guard(simulator, || {
        let mut context = Context::new(simulator, &*init);
        let instance = Instance { simulator: raw, scheduler: T::new(&mut context)? };
        (*reply).features = context.features;
        *out = Box::into_raw(Box::new(instance)).cast();
        Ok(())
    })
}

/// # Safety
/// See [`sched_init`].
pub unsafe extern "C" fn sched_on_event<T: Scheduler>(
    instance: *mut ffi::Instance,
    event: *const ffi::Event,
) -> Status {
    let instance = &mut *instance.cast::<Instance<T>>();
    let simulator = Simulator::new(&*instance.simulator, (*event).time);
    guard(simulator, || match Event::from_raw(&*event) {
        Some(event) => instance.scheduler.on_event(&simulator, event),
        None => Ok(()),
    })
}

/// # Safety
/// See [`sched_init`].
pub unsafe extern "C" fn sched_finalize<T: Scheduler>(
    instance: *mut ffi::Instance,
    exit: *const ffi::Exit,
) {
    let mut instance = Box::from_raw(instance.cast::<Instance<T>>());
    let simulator = Simulator::new(&*instance.simulator, f64::NAN);
    let reason = ExitReason::from_code((*exit).reason);
    let exit = Exit { reason, message: text((*exit).message) };
    guard(simulator, || {
        instance.scheduler.on_finalize(&simulator, &exit);
        drop(instance);
        Ok(())
    });
}

//! Errors of schedulers.

use crate::ffi;
use std::fmt;

/// What a scheduler gives back if it cannot go on: it ends the simulation.
///
/// It comes from a function of [`Simulator`](crate::Simulator) with `?`, from a text,
/// `return Err(Error::new("there is no host left"))`, or from any other error with `?`. A negative status
/// of the simulator means that the scheduler has broken the contract. The simulation ends with that, even
/// if the error is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    status: ffi::Status,
    message: String,
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Self { status: ffi::FAILED, message: message.into() }
    }

    pub(crate) fn of_simulator(status: ffi::Status, function: &str) -> Self {
        Self { status, message: format!("{function}: {}", status_text(status)) }
    }

    /// What the simulator has answered, see [`ffi`]; of other errors `ffi::FAILED`.
    pub fn status(&self) -> ffi::Status {
        self.status
    }
}

// This type does not implement std::error::Error, so that every error can become one.
impl<E: std::error::Error> From<E> for Error {
    fn from(error: E) -> Self {
        Self::new(error.to_string())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

fn status_text(status: ffi::Status) -> &'static str {
    match status {
        ffi::OK => "ok",
        ffi::REFUSED => "refused",
        ffi::ALREADY_GONE => "already gone",
        ffi::UNSUPPORTED => "unsupported",
        ffi::FAILED => "failed",
        ffi::INVALID_ARGUMENT => "invalid argument",
        ffi::UNKNOWN_ID => "unknown id",
        ffi::NOT_OWNER => "not owner",
        ffi::WRONG_STATE => "wrong state",
        ffi::HOSTS_BUSY => "hosts busy",
        _ => "unknown status",
    }
}

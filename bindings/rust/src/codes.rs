//! Constants of the interface as enums.

use crate::ffi;

/// Each enum has a variant for numbers of a later version.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$hint:meta])* $variant:ident = $code:expr,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$hint])* $variant,)*
            /// Of a later version.
            Other(i32),
        }

        #[allow(dead_code)] // not all come from the simulator, not all go there
        impl $name {
            pub(crate) fn from_code(code: i32) -> Self {
                $(if code == $code { return Self::$variant; })*
                Self::Other(code)
            }

            pub(crate) fn code(self) -> i32 {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other(code) => code,
                }
            }
        }
    )*};
}

codes! {
    /// How a job ended.
    JobState {
        Succeeded = 0,
        /// With a return code that is not 0.
        Failed = 1,
        WalltimeReached = 2,
        /// By `kill_jobs`.
        Killed = 3,
        /// Lost with one of its hosts.
        HostFailed = 4,
    }

    /// Hosts begin `On`. Only hosts that are `On` can be given to a job.
    HostState {
        On = 0,
        Off = 1,
        SwitchingOn = 2,
        SwitchingOff = 3,
        /// By an external event; its jobs are lost.
        Failed = 4,
        /// By an external event; its jobs go on.
        Unavailable = 5,
    }

    /// Why the simulation is over.
    ExitReason {
        Finished = 0,
        Stopped = 1,
        Stalled = 2,
        PluginError = 3,
        SimulatorError = 4,
        Interrupted = 5,
    }

    /// What has become impossible.
    Decision {
        ExecuteJob = 0,
        SetPstate = 1,
        SetHostState = 2,
        LendHosts = 3,
        TakeHosts = 4,
    }

    /// What a probe measures: watts; joules since date 0; share of the capacity, 0 to 1.
    Metric {
        Power = 0,
        Energy = 1,
        Load = 2,
    }

    /// What becomes of the values of a probe.
    Aggregation {
        /// One value for each host or link.
        None = 0,
        Sum = 1,
        Mean = 2,
        Min = 3,
        Max = 4,
    }

    LogLevel {
        Debug = ffi::LOG_DEBUG,
        Info = ffi::LOG_INFO,
        Warning = ffi::LOG_WARNING,
        Error = ffi::LOG_ERROR,
    }
}

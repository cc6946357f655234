# batsched.pyi - the module that schedulers in Python import, for type checkers and editors. The plugin
# `python` is the module; it exists in simulations only.
#
# Dates and durations are seconds, energies joules, powers watts, speeds flop/s.

from collections.abc import Iterable, Iterator, Set
from enum import IntEnum
from random import Random
from typing import Any, final

Hosts = HostSet | str | Iterable[int]  # text like "0-3,7"

# ---- Constants ---------------------------------------------------------------------------------------

class Status(IntEnum):
    """What the simulator answers: a positive one is an answer, a negative one ends the simulation."""
    OK = 0
    REFUSED = 1
    ALREADY_GONE = 2
    UNSUPPORTED = 3
    FAILED = -1
    INVALID_ARGUMENT = -2
    UNKNOWN_ID = -3
    NOT_OWNER = -4
    WRONG_STATE = -5
    HOSTS_BUSY = -6

class JobState(IntEnum):
    """How a job ended."""
    SUCCEEDED = 0
    FAILED = 1  # with a return code that is not 0
    WALLTIME_REACHED = 2
    KILLED = 3  # by kill_jobs
    HOST_FAILED = 4  # lost with one of its hosts

class HostState(IntEnum):
    """Hosts begin ON; only hosts that are ON can be given to a job."""
    ON = 0
    OFF = 1
    SWITCHING_ON = 2
    SWITCHING_OFF = 3
    FAILED = 4  # by an external event; its jobs are lost
    UNAVAILABLE = 5  # by an external event; its jobs go on

class ExitReason(IntEnum):
    FINISHED = 0
    STOPPED = 1
    STALLED = 2
    PLUGIN_ERROR = 3
    SIMULATOR_ERROR = 4
    INTERRUPTED = 5

class Decision(IntEnum):
    EXECUTE_JOB = 0
    SET_PSTATE = 1
    SET_HOST_STATE = 2
    LEND_HOSTS = 3
    TAKE_HOSTS = 4

class Metric(IntEnum):
    """Watts; joules since date 0; share of the capacity, 0 to 1."""
    POWER = 0
    ENERGY = 1
    LOAD = 2

class Aggregation(IntEnum):
    NONE = 0  # one value for each host or link
    SUM = 1
    MEAN = 2
    MIN = 3
    MAX = 4

class Error(RuntimeError):
    """The simulator did not do what was asked.

    If the status is negative the contract was broken: the simulation ends, even if this is caught.
    """
    status: Status

# ---- Sets of hosts -----------------------------------------------------------------------------------

@final
class HostSet(Set[int]):
    """A set of hosts that never changes, kept as intervals; operations take time linear in these.

    Operators take sets of numbers, too, methods whatever can be iterated over. It equals a set or
    frozenset of the same numbers, and iterates in ascending order.
    """
    def __init__(self, hosts: Hosts = ()) -> None: ...
    @property
    def intervals(self) -> tuple[tuple[int, int], ...]: ...  # (first, last), both included
    def lowest(self, count: int) -> HostSet:
        """The hosts with the lowest ids; all of them if there are fewer."""
    def __contains__(self, host: object) -> bool: ...
    def __iter__(self) -> Iterator[int]: ...
    def __len__(self) -> int: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object) -> bool: ...
    def __le__(self, other: Set[Any]) -> bool: ...
    def __lt__(self, other: Set[Any]) -> bool: ...
    def __ge__(self, other: Set[Any]) -> bool: ...
    def __gt__(self, other: Set[Any]) -> bool: ...
    def __or__(self, other: Set[int]) -> HostSet: ...  # type: ignore[override]
    def __and__(self, other: Set[int]) -> HostSet: ...
    def __sub__(self, other: Set[int]) -> HostSet: ...
    def __xor__(self, other: Set[int]) -> HostSet: ...  # type: ignore[override]
    def union(self, *others: Hosts) -> HostSet: ...
    def intersection(self, *others: Hosts) -> HostSet: ...
    def difference(self, *others: Hosts) -> HostSet: ...
    def symmetric_difference(self, other: Hosts) -> HostSet: ...
    def isdisjoint(self, other: Hosts) -> bool: ...
    def issubset(self, other: Hosts) -> bool: ...
    def issuperset(self, other: Hosts) -> bool: ...
    def copy(self) -> HostSet: ...

# ---- Jobs, profiles, hosts ---------------------------------------------------------------------------

@final
class Job:
    """A job as it was submitted. Jobs are equal if their ids are."""
    @property
    def id(self) -> int: ...  # in order of submission, never used again
    @property
    def name(self) -> str: ...  # "workload!job", unique
    @property
    def workload(self) -> str: ...
    @property
    def profile(self) -> str: ...  # "workload!profile"
    @property
    def parent(self) -> int | None: ...  # the job that this one resubmits
    @property
    def requested_hosts(self) -> int: ...
    @property
    def min_hosts(self) -> int: ...  # of a moldable job, else requested_hosts
    @property
    def max_hosts(self) -> int: ...
    @property
    def submit_time(self) -> float: ...
    @property
    def walltime(self) -> float: ...  # math.inf if the user gave none
    @property
    def user_id(self) -> int: ...  # as in the workload; -1: unknown
    @property
    def group_id(self) -> int: ...
    @property
    def queue_id(self) -> int: ...
    @property
    def executable_id(self) -> int: ...

@final
class Profile:
    """How a job uses hosts while it runs."""
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...  # "delay", "parallel_homogeneous", ...
    @property
    def data(self) -> dict[str, Any]: ...  # the whole profile, as in the workload file

@final
class Host:
    """What does not change about a host. Watts and joules are NaN without an energy model."""
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def core_count(self) -> int: ...
    @property
    def pstate_speeds(self) -> tuple[float, ...]: ...  # of a core; one for each pstate
    @property
    def pstate_idle_watts(self) -> tuple[float, ...]: ...
    @property
    def pstate_busy_watts(self) -> tuple[float, ...]: ...  # all cores busy
    @property
    def off_watts(self) -> float: ...
    @property
    def switch_on_duration(self) -> float: ...
    @property
    def switch_off_duration(self) -> float: ...
    @property
    def switch_on_energy(self) -> float: ...
    @property
    def switch_off_energy(self) -> float: ...
    @property
    def properties(self) -> dict[str, Any]: ...  # in the platform file

@final
class HostStatus:
    """What changes about a host."""
    @property
    def state(self) -> HostState: ...
    @property
    def pstate(self) -> int: ...
    @property
    def running_jobs(self) -> int: ...

@final
class Peer:
    """A scheduler as the others see it, at the beginning of the batch."""
    @property
    def index(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def display_name(self) -> str: ...
    @property
    def is_takeable(self) -> bool: ...  # this scheduler may take idle hosts of that one
    @property
    def is_observer(self) -> bool: ...
    @property
    def owned_hosts(self) -> int: ...  # how many
    @property
    def held_hosts(self) -> int: ...  # without those that it has lent, with borrowed ones
    @property
    def usable_hosts(self) -> int: ...  # of those: ON and without a job
    @property
    def running_jobs(self) -> int: ...
    @property
    def waiting_jobs(self) -> int: ...
    @property
    def waiting_hosts(self) -> int: ...  # sum of what the waiting jobs request
    @property
    def work_ahead(self) -> float: ...  # host-seconds until the walltimes of all its jobs

@final
class PeerHosts:
    @property
    def owned(self) -> HostSet: ...  # its partition
    @property
    def held(self) -> HostSet: ...  # that it may use

# ---- Events ------------------------------------------------------------------------------------------

@final
class SimulationBegins:
    @property
    def hosts(self) -> HostSet: ...  # the partition
    @property
    def storage_hosts(self) -> HostSet: ...  # never allocated to jobs

@final
class JobCompleted:
    """Comes once for each job that has been executed and has ended, however it ended."""
    @property
    def job(self) -> Job: ...
    @property
    def state(self) -> JobState: ...
    @property
    def return_code(self) -> int: ...
    @property
    def start_time(self) -> float: ...
    @property
    def energy(self) -> float: ...  # NaN if energy is not simulated
    @property
    def progress(self) -> float: ...  # 0 to 1; NaN if it cannot be measured
    @property
    def progress_json(self) -> str: ...  # which element of a sequence, how far
    @property
    def hosts(self) -> HostSet: ...  # no longer used by this job
    @property
    def usable_hosts(self) -> HostSet: ...  # those that are ON: can take a job now

@final
class JobForwarded:
    """The owner of a waiting job has handed it to another scheduler. For observers."""
    @property
    def job(self) -> Job: ...
    @property
    def from_scheduler(self) -> int: ...  # its index, as Simulator.index
    @property
    def to_scheduler(self) -> int: ...

@final
class JobRejected:
    """The owner of a job has refused it for ever. For observers."""
    @property
    def job(self) -> Job: ...
    @property
    def reason(self) -> str: ...  # "" if the owner gave none

@final
class JobStarted:
    """The owner of a job has started it, at the date of the event. For observers."""
    @property
    def job(self) -> Job: ...
    @property
    def walltime(self) -> float: ...  # with which it was executed
    @property
    def hosts(self) -> HostSet: ...

@final
class HostsStateChanged:
    @property
    def state(self) -> HostState: ...  # the new one
    @property
    def hosts(self) -> HostSet: ...

@final
class HostsLent:
    """A scheduler holds hosts that another one held; for observers also when it gives them back."""
    @property
    def hosts(self) -> HostSet: ...
    @property
    def from_scheduler(self) -> int: ...  # its index, as Simulator.index
    @property
    def to_scheduler(self) -> int: ...  # may use them now

@final
class HostsPstateChanged:
    @property
    def pstate(self) -> int: ...  # the new one
    @property
    def hosts(self) -> HostSet: ...

@final
class ExternalEvent:
    @property
    def type(self) -> str: ...  # as in the event file
    @property
    def data(self) -> dict[str, Any]: ...  # the whole event

@final
class ProbeData:
    @property
    def probe(self) -> int: ...
    @property
    def values(self) -> tuple[float, ...]: ...

@final
class DecisionDropped:
    """An accepted decision became impossible before it took effect. Its job waits again."""
    @property
    def kind(self) -> Decision: ...
    @property
    def job(self) -> Job | None: ...  # None if the decision is about hosts
    @property
    def hosts(self) -> HostSet: ...
    @property
    def reason(self) -> str: ...

@final
class Exit:
    """How the simulation ended."""
    @property
    def reason(self) -> ExitReason: ...
    @property
    def message(self) -> str: ...

# ---- The simulator -----------------------------------------------------------------------------------

@final
class Simulator:
    """The simulator as one scheduler sees it. Functions that give a bool say whether it was done."""

    @property
    def now(self) -> float: ...  # date of the event that is being handled
    @property
    def name(self) -> str: ...  # of this scheduler
    @property
    def hosts(self) -> HostSet: ...  # the partition that this scheduler owns
    @property
    def all_hosts(self) -> HostSet: ...  # of the platform, whoever owns them; none for storage
    @property
    def workloads(self) -> tuple[str, ...]: ...
    @property
    def directory(self) -> str: ...  # of the script
    @property
    def seed(self) -> int: ...  # the only source of randomness to use
    @property
    def random(self) -> Random: ...  # with this seed
    @property
    def index(self) -> int: ...  # which of the schedulers this is, from 0
    @property
    def count(self) -> int: ...  # how many there are
    @property
    def has_energy(self) -> bool: ...  # whether energy is simulated

    def debug(self, message: object) -> None: ...
    def info(self, message: object) -> None: ...
    def warning(self, message: object) -> None: ...
    def error(self, message: object) -> None: ...

    def job(self, job: Job | int) -> Job | None: ...  # None if it is over
    def job_extra(self, job: Job | int) -> dict[str, Any] | None: ...  # what Job does not say
    def profile(self, name: str) -> Profile: ...
    def host(self, id: int) -> Host: ...  # also in __init__, like messages
    def host_status(self, id: int) -> HostStatus: ...
    def estimate_run_time(self, job: Job | int, hosts: Hosts) -> float | None:
        """Without contention, not cut by the walltime; None if it is not known beforehand."""

    def execute_job(self, job: Job | int, hosts: Hosts, *, walltime: float | None = None,
                    rank_hosts: Iterable[int] | None = None,
                    storage_mapping: dict[str, int] | str | None = None) -> bool:
        """Starts a waiting job. Its hosts are taken at once. False: not possible now."""
    def reject_job(self, job: Job | int, reason: str = "") -> bool: ...
    def kill_jobs(self, jobs: Iterable[Job | int]) -> bool: ...
    def annotate_job(self, job: Job | int, data: dict[str, Any] | str) -> bool:
        """Adds to the column `metadata` of the job's row."""
    def delay_decisions(self, duration: float) -> None: ...
    def stop_simulation(self, reason: str = "") -> None: ...

    def call_me_later(self, time: float, period: float = 0) -> int:
        """Asks for on_requested_call at a date, then every `period` seconds if it is not 0."""
    def cancel_call(self, call: int) -> bool: ...
    def set_pstate(self, hosts: Hosts, pstate: int) -> bool: ...
    def set_host_state(self, hosts: Hosts, state: HostState) -> bool: ...  # ON or OFF
    def probe_hosts(self, metric: Metric, hosts: Hosts,
                    aggregation: Aggregation = Aggregation.NONE, *,
                    first_time: float | None = None, period: float = 0) -> int: ...
    def probe_links(self, metric: Metric, links: Iterable[str],
                    aggregation: Aggregation = Aggregation.NONE, *,
                    first_time: float | None = None, period: float = 0) -> int: ...
    def stop_probe(self, probe: int) -> bool: ...

    def register_profile(self, name: str, data: dict[str, Any] | str) -> None: ...
    def release_profile(self, name: str) -> None: ...
    def register_job(self, name: str, profile: str, requested_hosts: int = 1, *,
                     walltime: float = ..., workload: str | None = None,
                     parent: Job | int | None = None,
                     extra_data: dict[str, Any] | str | None = None, min_hosts: int = 0,
                     max_hosts: int = 0, user_id: int = -1, group_id: int = -1,
                     queue_id: int = -1, executable_id: int = -1) -> int: ...
    def finish_registration(self) -> None: ...

    # Other schedulers, by name or index. What is handed over comes there in the next batch.
    def find_scheduler(self, name: str) -> int: ...  # also in __init__
    def scheduler(self, scheduler: int | str) -> Peer: ...
    def scheduler_hosts(self, scheduler: int | str) -> PeerHosts: ...
    def forward_job(self, job: Job | int, to: int | str) -> bool: ...  # a waiting one
    def job_history(self, job: Job | int) -> tuple[tuple[float, int, int], ...] | None:
        """(time, from, to) for each time it was forwarded; None if it is over."""
    def lend_hosts(self, hosts: Hosts, to: int | str) -> bool: ...  # idle ones of the partition
    def return_hosts(self, hosts: Hosts) -> bool: ...
    def take_hosts(self, hosts: Hosts) -> bool: ...  # "takes_from" of --schedulers allows it

# ---- The scheduler -----------------------------------------------------------------------------------

class Scheduler:
    """The base class of schedulers. Methods that are not overridden cost nothing."""

    name: str  # shown in messages; else the name of the file
    version: str
    registers_jobs: bool  # True: may register jobs, and calls finish_registration
    shares_hosts: bool  # True: may execute several jobs on a host at once
    observes: bool  # True: is told of all jobs and hosts, whoever owns them

    sim: Simulator
    config: dict[str, Any]  # the configuration, without "script" and "class"

    def __init__(self, sim: Simulator, config: dict[str, Any]) -> None: ...
    def on_simulation_begins(self, begin: SimulationBegins) -> None: ...
    def on_hosts_state_changed(self, change: HostsStateChanged) -> None: ...
    def on_hosts_lent(self, lent: HostsLent) -> None: ...
    def on_job_completed(self, end: JobCompleted) -> None: ...
    def on_jobs_killed(self, jobs: tuple[int, ...]) -> None: ...
    def on_hosts_pstate_changed(self, change: HostsPstateChanged) -> None: ...
    def on_external_event(self, event: ExternalEvent) -> None: ...
    def on_job_submitted(self, job: Job) -> None: ...
    def on_job_forwarded(self, forwarded: JobForwarded) -> None: ...
    def on_job_rejected(self, rejected: JobRejected) -> None: ...
    def on_job_started(self, started: JobStarted) -> None: ...
    def on_no_more_static_jobs(self) -> None: ...
    def on_no_more_external_events(self) -> None: ...
    def on_requested_call(self, call: int) -> None: ...
    def on_probe_data(self, data: ProbeData) -> None: ...
    def on_decision_dropped(self, dropped: DecisionDropped) -> None: ...
    def on_decide(self) -> None: ...
    def on_simulation_ends(self, reason: ExitReason) -> None: ...
    def on_finalize(self, exit: Exit) -> None: ...

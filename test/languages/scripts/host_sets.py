# host_sets.py - compares batsched.HostSet with frozenset on random sets; rejects all jobs.
import collections.abc
import copy
import itertools
import operator
import pickle
import random

import batsched
from batsched import HostSet

OPERATORS = [operator.or_, operator.and_, operator.sub, operator.xor, operator.eq, operator.ne,
             operator.lt, operator.le, operator.gt, operator.ge]
METHODS = ["union", "intersection", "difference", "symmetric_difference", "isdisjoint", "issubset",
           "issuperset"]


def text_of(hosts):
    """Hosts 0, 1, 2, 5 as "0-2,5"."""
    runs = []
    for host in sorted(hosts):
        if runs and runs[-1][1] + 1 == host:
            runs[-1][1] = host
        else:
            runs.append([host, host])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def check_one(hosts, own):
    assert list(own) == sorted(hosts) and len(own) == len(hosts) and bool(own) == bool(hosts)
    assert own == hosts and hosts == own and hash(own) == hash(hosts)
    assert str(own) == text_of(hosts) and repr(own) == f"HostSet('{text_of(hosts)}')"
    assert HostSet(str(own)) == own == HostSet(own) == HostSet(iter(hosts))
    assert pickle.loads(pickle.dumps(own)) == copy.deepcopy(own) == own.copy() == own
    assert [host for a, b in own.intervals for host in range(a, b + 1)] == sorted(hosts)
    for count in range(len(hosts) + 2):
        assert own.lowest(count) == frozenset(sorted(hosts)[:count])
    for host in range(-1, 130):
        assert (host in own) == (host in hosts)


def check_pair(a, b, own_a, own_b):
    for function in OPERATORS:
        expected = function(a, b)
        for result in (function(own_a, own_b), function(own_a, b), function(a, own_b)):
            assert result == expected, (function, a, b)
            assert isinstance(expected, bool) or isinstance(result, HostSet), function
    for name in METHODS:
        expected = getattr(a, name)(b)
        for other in (own_b, b, list(b)):
            assert getattr(own_a, name)(other) == expected, (name, a, b)


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return
    raise AssertionError(f"{function} {arguments} does not raise {error}")


def check_mistakes():
    for hosts in ("1-", "-1", "a", "3-1", "1,,2", "4294967296", "0x1", [-1], [2**32], ["1"]):
        raises((ValueError, TypeError), HostSet, hosts)
    for hosts in (3, [1.5], [None], object()):
        raises(TypeError, HostSet, hosts)
    raises(TypeError, operator.or_, HostSet("1"), [2])
    raises(TypeError, operator.lt, HostSet("1"), 3)
    raises(ValueError, HostSet("1").lowest, -1)
    raises(TypeError, HostSet("1").lowest, 1.5)
    raises(TypeError, type, "Derived", (HostSet,), {})
    assert HostSet("1") != {"1"} and HostSet("1") != 1 and "1" not in HostSet("1")
    assert HostSet("4294967295").lowest(1) | {0} == {0, 2**32 - 1}
    assert 2**70 not in HostSet("1") and len(HostSet("0-4294967295")) == 2**32
    assert isinstance(HostSet(), collections.abc.Set) and HostSet() == set() and not HostSet()


class HostSets(batsched.Scheduler):
    def __init__(self, sim, config):
        super().__init__(sim, config)
        check_mistakes()
        for seed in range(config["first_seed"], config["first_seed"] + 60):
            try:
                self.check(random.Random(seed))
            except AssertionError as error:
                raise AssertionError(f"first_seed {seed}") from error

    def check(self, rng):
        sets = []
        for _ in range(4):
            dense = rng.random()
            hosts = frozenset(host for host in range(rng.choice([5, 70, 128])) if rng.random() < dense)
            sets.append((hosts, HostSet(hosts)))
            check_one(*sets[-1])
        for (a, own_a), (b, own_b) in itertools.product(sets, sets):
            check_pair(a, b, own_a, own_b)

    def on_job_submitted(self, job):
        assert {job: 1}[self.sim.job(job.id)] == 1 and hash(job) == job.id and job != 3
        raises(AttributeError, setattr, job, "id", 3)
        raises(TypeError, batsched.Job)
        self.sim.reject_job(job)
        self.kept = self.sim

    def on_finalize(self, exit):
        print("checked")

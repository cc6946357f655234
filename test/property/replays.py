#!/usr/bin/env python3
"""Checks that both execution models agree on whole schedules, with jobs that run at the same time: the
decisions of a live scheduler on a workload published with Batsim (../published/pairs.txt) or in one
of Batsim's own tests (../regression/golden-*) are written down, then made again by static-order with
SimGrid throughout. Each job must start and end at the same dates, in the same state. They are not
part of this project: without the folder BATSIM_TEST_DATA (see ../regression/README.md) the test is
skipped."""

import argparse
import os
import pathlib
import shlex
import string
import subprocess
import sys
import tempfile

from compare_jobs import differences

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parent
SKIPPED = 77
WITH_POWER = {"cluster_energy_128.xml", "energy_platform_homogeneous.xml",
              "small_platform_replay_usage.xml"}


def published(data):
    """Name, folder to be in, and arguments of each simulation that must succeed."""
    for line in (TESTS / "published" / "pairs.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        workload, platform, scheduler, *error = line.split(maxsplit=3)
        if not error:
            batsim = data / "data" / "batsim"
            arguments = ["-p", batsim / "platforms" / platform, "-w", batsim / workload,
                         "--sched-lib", scheduler, "-q"]
            yield f"{workload} on {platform}", None, arguments
            if platform in WITH_POWER:
                yield f"{workload} on {platform} with energy", None, [*arguments, "--energy"]


def golden(data, options):
    variables = {"BATSIM_TEST_DATA": data, "TEST_PLUGINS": options.test_plugins}
    for command in sorted(TESTS.glob("regression/golden-*/cmd")):
        words = shlex.split(string.Template(command.read_text()).safe_substitute(variables))
        yield command.parent.name, command.parent, words


def without_scheduler(arguments):
    kept = list(arguments)
    for option in ("--sched-lib", "--sched-cfg"):
        if option in kept:
            at = kept.index(option)
            del kept[at:at + 2]
    return kept


def run(batsim, arguments, folder):
    result = subprocess.run([batsim, *arguments], cwd=folder, capture_output=True, text=True,
                            timeout=300)
    return f"exit code {result.returncode}: {result.stderr.strip()}" if result.returncode else ""


def check(batsim, folder, arguments):
    """What is wrong with the replay of a simulation; nothing if all is well."""
    with tempfile.TemporaryDirectory(prefix="batsim-replays-") as name:
        out = pathlib.Path(name)
        live = [*arguments, "-e", out / "live", "--trace-decisions", out / "live.jsonl"]
        replay = [*without_scheduler(arguments), "--sched-lib", "static-order", "--sched-cfg",
                  f"@{out / 'live.jsonl'}", "--execution-model", "simgrid", "-e", out / "replay"]
        for words in (live, replay):
            if error := run(batsim, words, folder or out):
                return [error]
        return differences(out / "live" / "jobs.csv", out / "replay" / "jobs.csv")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    build = HERE.parents[1] / "build"
    parser.add_argument("--batsim", default=build / "batsim", type=pathlib.Path)
    parser.add_argument("--test-plugins", default=build / "test" / "plugins", type=pathlib.Path)
    parser.add_argument("names", nargs="*", help="only those whose name has one of these texts")
    options = parser.parse_args()
    options.batsim, options.test_plugins = options.batsim.resolve(), options.test_plugins.resolve()
    data = os.environ.get("BATSIM_TEST_DATA") or HERE.parents[2] / "shared"
    data = pathlib.Path(data).resolve()
    if not (data / "data" / "batsim").is_dir():
        print(f"{data} is not there: set BATSIM_TEST_DATA")
        sys.exit(SKIPPED)
    failed = count = 0
    for name, folder, arguments in [*published(data), *golden(data, options)]:
        if options.names and not any(text in name for text in options.names):
            continue
        count += 1
        errors = check(options.batsim, folder, arguments)
        failed += bool(errors)
        for error in errors:
            print(f"{name}: {error}", flush=True)
    print(f"{failed} of {count} replays differ")
    sys.exit(bool(failed or not count))


if __name__ == "__main__":
    main()

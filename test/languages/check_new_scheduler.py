#!/usr/bin/env python3
"""Writes a folder with `batsim new-scheduler`, builds it outside of the source tree and runs its tests.

With --install, batsim is installed from that build folder of CMake and moved before, to a folder with a
blank in its name; else it is the program of a build folder.
"""

import argparse
import csv
import itertools
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
NAME, STEM = "x-1_mine", "x_1_mine"  # of what names may have
NEEDS = {"c": ["cmake", "cc"], "cpp": ["cmake", "c++"], "rust": ["cargo"], "python": []}
STARTS = {"1": "0", "2": "60", "3": "60", "4": "120"}  # first come, first served: see the workload


def run(*command, folder, **variables):
    # Neither CMake nor pkg-config shall find another installation, nor Cargo the target of another build.
    environment = {name: value for name, value in os.environ.items()
                   if name not in ("BATSIM", "CMAKE_PREFIX_PATH", "CARGO_TARGET_DIR", "PKG_CONFIG_PATH")}
    result = subprocess.run([str(word) for word in command], cwd=folder, text=True,
                            env={**environment, **variables}, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"failed: {command}\n{result.stdout}")
    return result.stdout


def install(build, folder):
    run("cmake", "--install", build.resolve(), "--prefix", folder / "first", folder=folder)
    (folder / "first").rename(folder / "moved there")
    return folder / "moved there" / "bin" / "batsim"


def check_tested(output):
    """check-plugin has nothing to complain about."""
    if ", 0 failed, 0 with a warning" not in output:
        sys.exit(f"check-plugin finds:\n{output}")


def check_schedule(project):
    rows = [row.split(",") for row in (project / "out" / "jobs.csv").read_text().splitlines()]
    start = rows[0].index("starting_time")
    starts = {row[0]: row[start] for row in rows[1:]}
    if starts != STARTS:
        sys.exit(f"jobs start at {starts}, expected {STARTS}")


def simulate(batsim, project, *arguments):
    shutil.rmtree(project / "out", ignore_errors=True)
    run(batsim, "-q", "-w", "workload.json", *arguments, folder=project)
    check_schedule(project)


def check_borrowed_hosts(batsim, project, library, config):
    """A scheduler of hosts 0 and 2 is lent hosts between and many above these, which fail and are repaired:
    it does not take note of that, but still uses its own hosts only."""
    lent, last = "1,3-199999", 199999
    schedulers = [{"name": "new", "library": library, "config": config, "workloads": ["w0"], "hosts": "0,2"},
                  {"name": "lender", "library": "static-order", "workloads": [], "hosts": lent, "config": {
                      "decisions": [{"date": 0, "decision": "lend_hosts", "hosts": lent, "to": "new"}]}}]
    (project / "lending.json").write_text(json.dumps(schedulers))
    (project / "events.txt").write_text("".join(
        json.dumps({"type": change, "resources": lent, "timestamp": date}) + "\n"
        for change, date in (("host_failure", 5), ("host_repair", 6))))
    jobs = [{"id": name, "subtime": date, "res": count, "profile": "minute"}
            for name, date, count in (("a", 0, 1), ("b", 10, 1), ("c", 20, 2))]
    (project / "borrowing.json").write_text(json.dumps(
        {"jobs": jobs, "profiles": {"minute": {"type": "delay", "delay": 60}}}))
    run(batsim, "-q", "-w", "borrowing.json", "--hosts", last + 1, "--schedulers", "lending.json",
        "--events", "events.txt", "-e", "borrowed", folder=project)
    with open(project / "borrowed" / "jobs.csv", newline="") as file:
        rows = [(row["job_id"], row["starting_time"], row["allocated_resources"])
                for row in csv.DictReader(file)]
    expected = [("a", "0", "0"), ("b", "10", "2"), ("c", "70", "0 2")]
    if sorted(rows) != expected:
        sys.exit(f"with hosts that were lent, jobs run as {rows}, expected {expected}")


def commands_of_readme(project, title):
    """What is to be typed: the lines after the title that begin with four blanks."""
    text = (project / "README.md").read_text().partition(title + "\n\n")[2]
    return "".join(itertools.takewhile(lambda line: line.startswith("    "), text.splitlines(keepends=True)))


def check_with_cmake(batsim, project):
    run("cmake", "-B", "build", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", folder=project)
    run("cmake", "--build", "build", folder=project)
    check_tested(run("ctest", "--test-dir", "build", "--verbose", folder=project))
    simulate(batsim, project, "--sched-lib", f"build/{NAME}.so")
    check_borrowed_hosts(batsim, project, f"build/{NAME}.so", "")
    run("sh", "-euc", commands_of_readme(project, "Without CMake:"), folder=project)
    simulate(batsim, project, "--sched-lib", f"./{NAME}.so")
    if shutil.which("pkg-config"):
        prefix = batsim.parent.parent if batsim.parent.name == "bin" else batsim.parent
        flags = run("pkg-config", "--cflags", "batsched >= 0.2", folder=project,
                    PKG_CONFIG_PATH=str(prefix / "lib" / "pkgconfig"))
        (include,) = shlex.split(flags)
        if not pathlib.Path(include[2:], "batsched.h").exists():
            sys.exit(f"pkg-config gives {flags}")


def check_with_script(batsim, project, language):
    check_tested(run("./test.sh", folder=project))
    check_schedule(project)
    library, config = {"rust": (f"./{NAME}.so", ""), "python": ("python", {"script": f"{STEM}.py"})}[language]
    check_borrowed_hosts(batsim, project, library, config)


def check_refusals(batsim, folder):
    """A second time, nothing is written into the folder."""
    before = sorted(folder.rglob("*"))
    result = subprocess.run([batsim, "new-scheduler", NAME, "--language", "c"], cwd=folder,
                            capture_output=True, text=True)
    if result.returncode != 7 or "exists already" not in result.stderr:
        sys.exit(f"an existing folder gives {result.returncode}: {result.stderr}")
    if before != sorted(folder.rglob("*")):
        sys.exit("something was written into a folder that existed")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--install", type=pathlib.Path)
    parser.add_argument("language", choices=NEEDS)
    options = parser.parse_args()
    missing = [tool for tool in NEEDS[options.language] if not shutil.which(tool)]
    if missing:
        print(f"skipped: there is no {' and no '.join(missing)}")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="batsim-new-scheduler-") as name:
        folder = pathlib.Path(name)
        batsim = install(options.install, folder) if options.install else options.batsim.resolve()
        (folder / "work").mkdir()
        run(batsim, "new-scheduler", NAME, "--language", options.language, folder=folder / "work")
        project = folder / "work" / NAME
        left = [path for path in project.rglob("*") if path.is_file()
                and any(word in path.read_text() for word in ("my-sched", "my_sched", "MySched", "/path/to"))]
        if left:
            sys.exit(f"words of the template are left in {left}")
        check_refusals(batsim, folder / "work")
        if options.language in ("c", "cpp"):
            check_with_cmake(batsim, project)
        else:
            check_with_script(batsim, project, options.language)
    print(f"a new scheduler in {options.language} passes its tests")


if __name__ == "__main__":
    main()

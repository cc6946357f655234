#!/usr/bin/env python3
"""Writes a folder with `batsim new-scheduler`, builds it outside of the source tree and runs its tests.

With --install, batsim is installed from that build folder of CMake and moved before; else it is the
program of a build folder.
"""

import argparse
import os
import pathlib
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
    (folder / "first").rename(folder / "moved")
    return folder / "moved" / "bin" / "batsim"


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


def check_with_cmake(batsim, project, language):
    run("cmake", "-B", "build", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", folder=project)
    run("cmake", "--build", "build", folder=project)
    check_tested(run("ctest", "--test-dir", "build", "--verbose", folder=project))
    simulate(batsim, project, "--sched-lib", f"build/{NAME}.so")
    if not shutil.which("pkg-config"):
        return
    prefix = batsim.parent.parent if batsim.parent.name == "bin" else batsim.parent
    compiler, standard, source = {"c": ("cc", "c11", f"{STEM}.c"),
                                  "cpp": ("c++", "c++17", f"{STEM}.cpp")}[language]
    run("sh", "-c", f"{compiler} -std={standard} -O2 -shared -fPIC $(pkg-config --cflags 'batsched >= 0.2') "
        f"{source} -o alone.so", folder=project, PKG_CONFIG_PATH=str(prefix / "lib" / "pkgconfig"))
    simulate(batsim, project, "--sched-lib", "./alone.so")


def check_with_script(project):
    check_tested(run("./test.sh", folder=project))
    check_schedule(project)


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
            check_with_cmake(batsim, project, options.language)
        else:
            check_with_script(project)
    print(f"a new scheduler in {options.language} passes its tests")


if __name__ == "__main__":
    main()

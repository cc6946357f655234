#!/usr/bin/env python3
"""Builds with clang, AddressSanitizer and UBSan, and runs unit tests and simulations: there is no
warning and no finding.

Sanitizers do not reach into link-map namespaces, so simulations run with --isolation none, and some of
them with --isolation process too.
"""

import concurrent.futures
import os
import pathlib
import shutil
import sys

from common import ROOT, SKIPPED, run

# Cases that need namespaces, whose plugin crashes (there the sanitizer ends the process), whose
# command cannot be followed by another option, or that limit the address space.
LEFT_OUT = ("abi-newer", "abi-older", "bad-option-without-value", "list-plugins",
            "plugin-abort", "plugin-divide", "plugin-null-call",
            "plugin-segv", "plugin-stack-overflow", "plugin-terminate", "plugin-output-in-order",
            "plugin-exit-in-finalize", "plugin-exit-in-init", "plugin-exit", "plugin-null-simulator",
            "plugin-thread-crash", "trace-decisions-crash", "trace-decisions-end-of-program",
            "out-of-memory", "contract-large-kill", "contract-call-in-flush", "contract-crash-in-flush",
            "plugin-blocked-segv", "plugin-thread-stack-overflow", "probe-plugins")
IN_PROCESSES = ("federation", "kill-each-type", "plugin-bad-json", "plugin-null-hosts", "plugin-unsorted-hosts",
                "registration-generator", "sample-cluster", "sample-easy", "trace-decisions-driver")


def main():
    if not shutil.which("clang++"):
        print("clang is not installed")
        sys.exit(SKIPPED)
    build = ROOT / "build-asan"
    run("cmake", "--preset", "asan", "-DCMAKE_COMPILE_WARNING_AS_ERROR=ON", cwd=ROOT)
    run("cmake", "--build", build, "--target", "batsim", "batsim-simgrid", "unit-tests", "plugins/all",
        "test-plugins")
    # SimGrid's own allocations live until the end of the process by design. What AddressSanitizer says
    # goes to files: it warns of the stacks of MPI ranks, which it cannot follow.
    reports = build / "asan-reports"
    shutil.rmtree(reports, ignore_errors=True)
    reports.mkdir()
    environment = dict(os.environ, ASAN_OPTIONS=f"detect_leaks=0:log_path={reports}/report",
                       UBSAN_OPTIONS="print_stacktrace=1")
    try:
        run_all(build, environment)
    finally:
        findings = [text for text in map(pathlib.Path.read_text, sorted(reports.iterdir()))
                    if "ERROR: AddressSanitizer" in text or "runtime error" in text]
        print("\n".join(findings))
    sys.exit(bool(findings))


def run_all(build, environment):
    common = ("--batsim", build / "batsim", "--test-plugins", build / "test" / "plugins")
    suite = ROOT / "test" / "regression"

    def unit_tests():
        output = run(build / "test" / "unit-tests",
                     "--gtest_filter=-LoadPlugin.*:ReadPluginInfo.*:RowFile.IsComplete*", "--gtest_brief=1",
                     env=environment)
        return next(line for line in output.splitlines() if "PASSED" in line)

    def simulations(isolation, names):
        output = run(sys.executable, suite / "run.py", *common, f"--arguments=--isolation {isolation}",
                     "--once", "--jobs", os.cpu_count(), *names, env=environment)
        return f"{output.count('pass  ')} simulations with --isolation {isolation} without a finding"

    def interrupted_jobs():
        output = run(sys.executable, ROOT / "test" / "property" / "interrupted_jobs.py", *common,
                     "--arguments=--isolation none", "--every", "11", env=environment)
        return output.splitlines()[-1]

    names = sorted(p.parent.name for p in suite.glob("*/cmd") if p.parent.name not in LEFT_OUT
                   and not p.parent.name.startswith("hanging-")) # where they hang is another place
    with concurrent.futures.ThreadPoolExecutor() as pool:
        steps = [pool.submit(simulations, "none", names), pool.submit(simulations, "process", IN_PROCESSES),
                 pool.submit(unit_tests), pool.submit(interrupted_jobs)]
        for step in steps:
            print(step.result())


if __name__ == "__main__":
    main()

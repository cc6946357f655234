#!/usr/bin/env python3
"""Runs cases of the regression suite; see README.md beside this file."""

import argparse
import concurrent.futures
import csv
import filecmp
import json
import math
import os
import pathlib
import re
import shutil
import signal
import string
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def environment(options):
    data = os.environ.get("BATSIM_TEST_DATA") or str(HERE.parents[2] / "shared")
    return dict(os.environ, BATSIM=str(options.batsim.resolve()), BATSIM_TEST_DATA=data,
                TEST_PLUGINS=str(options.test_plugins.resolve()), LC_ALL="C",
                PLUGINS=str(options.batsim.resolve().parent / "plugins"),
                MORE_ARGUMENTS=options.arguments,
                EXAMPLES=str(HERE.parents[1] / "examples"), REFERENCE=str(HERE.parent / "reference"))


def check_needs(case, env):
    """`needs` lists files, one a line, without which the case cannot run."""
    needs = case / "needs"
    if not needs.exists():
        return
    for line in needs.read_text().split():
        path = pathlib.Path(string.Template(line).safe_substitute(env))
        if not path.exists():
            raise Skip(f"{path} is not there")


def restore_signals():
    """Whoever runs the suite may ignore signals, as nohup does."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def run_once(case, env, output):
    """Runs the command of the case in a copy of its folder; returns the finished process."""
    shutil.copytree(case, output, ignore=shutil.ignore_patterns("expected"))
    arguments = (case / "cmd").read_text().strip()
    prepare = (case / "prepare").read_text() if (case / "prepare").exists() else ""
    return subprocess.run(f'{prepare}"$BATSIM" {arguments} {env["MORE_ARGUMENTS"]}', shell=True,
                          cwd=output, env=env, capture_output=True, text=True, timeout=600,
                          preexec_fn=restore_signals)


def check_process(case, result):
    code_file = case / "exit_code"
    expected_code = int(code_file.read_text()) if code_file.exists() else 0
    if result.returncode != expected_code:
        raise Failure(f"exit code {result.returncode}, expected {expected_code}\n{result.stderr}")
    for stream in ("stderr", "stdout"):
        pattern_file = case / stream
        text = getattr(result, stream)
        if pattern_file.exists():
            pattern = pattern_file.read_text().strip()
            if not re.search(pattern, text):
                raise Failure(f"{stream} does not match /{pattern}/:\n{text}")
        elif stream == "stderr" and text:
            raise Failure(f"unexpected stderr:\n{text}")


def read_rows(path, key):
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    by_key = {row[key]: row for row in rows}
    if len(by_key) < len(rows):
        raise Failure(f"{path.name} has several rows with the same {key}")
    return by_key


def equal_values(expected, actual, tolerance):
    if expected == actual:
        return True
    try:
        return math.isclose(float(expected), float(actual), rel_tol=0, abs_tol=tolerance)
    except ValueError:
        return False


def compare_columns(expected_file, actual_file, rule):
    expected, actual = (read_rows(f, rule["key"]) for f in (expected_file, actual_file))
    if expected.keys() != actual.keys():
        raise Failure(f"{actual_file.name}: other {rule['key']}s: "
                      f"{sorted(expected.keys() ^ actual.keys())[:10]}")
    for key, row in expected.items():
        row.update(rule.get("except", {}).get(key, {}))
        for column, tolerance in rule["columns"].items():
            if not equal_values(row[column], actual[key][column], tolerance):
                raise Failure(f"{actual_file.name}: {rule['key']} {key}: {column} is "
                              f"{actual[key][column]}, expected {row[column]} +- {tolerance}")


def check_outputs(case, output, env):
    compare_file = case / "compare.json"
    rules = json.loads(compare_file.read_text()) if compare_file.exists() else {}
    for name, rule in rules.items():
        source = rule.get("expected", f"expected/{name}")
        source = source.replace("$BATSIM_TEST_DATA", env["BATSIM_TEST_DATA"])
        compare_columns(case / source, output / "out" / name, rule)
    for expected in sorted((case / "expected").glob("*")):
        if expected.name in rules:
            continue
        actual = output / "out" / expected.name
        if not actual.exists():
            raise Failure(f"no output {expected.name}")
        if not filecmp.cmp(expected, actual, shallow=False):
            diff = subprocess.run(["diff", "-u", expected, actual], capture_output=True, text=True)
            raise Failure(f"{expected.name} differs:\n{diff.stdout[:4000]}")


def run_check(case, output, env):
    """`check` is a shell line that must succeed, run beside the output folder `out`."""
    check = case / "check"
    if not check.exists():
        return
    result = subprocess.run(check.read_text().strip(), shell=True, cwd=output, env=env,
                            capture_output=True, text=True)
    if result.returncode != 0:
        raise Failure(f"check failed:\n{result.stdout}{result.stderr}")


NOT_IDENTICAL = {"real_exec_info.json", "real_times.csv"}


def check_identical(first, second):
    """Same inputs, same bytes; a comparison has folders in its folder."""
    names = {str(p.relative_to(folder / "out")) for folder in (first, second)
             for p in (folder / "out").rglob("*") if p.is_file() and p.name not in NOT_IDENTICAL}
    for name in sorted(names):
        if not all((folder / "out" / name).exists() for folder in (first, second)):
            raise Failure(f"only one of two runs gave {name}")
        if not filecmp.cmp(first / "out" / name, second / "out" / name, shallow=False):
            raise Failure(f"two runs gave different {name}")


def update(case, output):
    """Rewrites the expectations that exist."""
    for expected in sorted((case / "expected").glob("*")):
        actual = output / "out" / expected.name
        if not actual.exists():
            raise Failure(f"no output {expected.name}")
        if not filecmp.cmp(expected, actual, shallow=False):
            subprocess.run(["diff", "-u", expected, actual])
            shutil.copy(actual, expected)


def choose_isolation(case, env, isolation):
    """The environment of a second run in which plugins are kept apart in another way."""
    own = case / "isolation"  # the only ways that a case is about, one a line
    if own.exists() and isolation not in own.read_text().split():
        raise Skip(f"it is about --isolation {' and '.join(own.read_text().split())}")
    return dict(env, MORE_ARGUMENTS=f'{env["MORE_ARGUMENTS"]} --isolation {isolation}')


def run_case(case, options):
    env = other_env = environment(options)
    is_chosen = options.isolation or "--isolation" in options.arguments
    if is_chosen and "--isolation" in (case / "cmd").read_text():
        raise Skip("it chooses its --isolation itself")
    if options.isolation:
        other_env = choose_isolation(case, env, options.isolation)
    check_needs(case, env)
    with tempfile.TemporaryDirectory(prefix="batsim-regression-") as folder:
        first, second = pathlib.Path(folder, "first"), pathlib.Path(folder, "second")
        check_process(case, run_once(case, env, first))
        if options.update:
            update(case, first)
        check_outputs(case, first, env)
        run_check(case, first, env)
        if options.once:
            return
        result = run_once(case, other_env, second)
        if options.isolation:
            check_process(case, result)
            run_check(case, second, other_env)
        check_identical(first, second)


def result_of(name, options):
    try:
        run_case(HERE / name, options)
    except Skip as reason:
        return "skip", f": {reason}"
    except Failure as failure:
        return "FAIL", f": {failure}"
    return "pass", ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", default=HERE.parents[1] / "build" / "batsim",
                        type=pathlib.Path)
    parser.add_argument("--test-plugins", type=pathlib.Path,
                        default=HERE.parents[1] / "build" / "test" / "plugins")
    parser.add_argument("--update", action="store_true", help="rewrite expected outputs")
    parser.add_argument("--arguments", default="", help="more arguments for each command")
    parser.add_argument("--isolation", choices=["namespace", "process", "none"],
                        help="the second run of each case has this --isolation")
    parser.add_argument("--once", action="store_true",
                        help="leave out the second run, which must give the same bytes")
    parser.add_argument("--jobs", type=int, default=1, help="so many cases at a time")
    parser.add_argument("names", nargs="*", help="cases; all of them if none is named")
    options = parser.parse_args()
    names = options.names or sorted(p.parent.name for p in HERE.glob("*/cmd"))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = []
        for name, (result, why) in zip(names, pool.map(lambda name: result_of(name, options), names)):
            print(f"{result}  {name}{why}", flush=True)
            results.append(result)
    failed = [name for name, result in zip(names, results) if result == "FAIL"]
    if failed:
        sys.exit(f"failed: {' '.join(failed)}") # again, as there may be hundreds of lines above
    sys.exit(SKIPPED if all(result == "skip" for result in results) else 0)


if __name__ == "__main__":
    main()

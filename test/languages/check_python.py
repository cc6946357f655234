#!/usr/bin/env python3
"""Simulations with schedulers in Python; each check is a test of CTest."""

import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLE = ROOT / "examples" / "campus.swf"
STUB = ROOT / "bindings" / "python" / "batsched.pyi"
ISOLATIONS = ("namespace", "process", "none")


def fail(message):
    sys.exit(message)


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


class Check:
    def __init__(self, batsim, folder):
        self.batsim, self.folder = batsim, folder

    def run(self, *arguments, **options):
        """Simulates the sample log; gives what was printed."""
        command = [self.batsim, "-q", "--log", "error", *arguments]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                cwd=self.folder, **options)
        if result.returncode != 0 or result.stderr:
            fail(f"{arguments}: exit code {result.returncode}\n{result.stdout}{result.stderr}")
        return result.stdout

    def run_script(self, name, *arguments, **configuration):
        text = json.dumps({"script": str(HERE / "scripts" / name), **configuration})
        return self.run("-w", SAMPLE, "--sched-lib", "python", "--sched-cfg", text, *arguments)

    def schedule(self):
        return (self.folder / "out" / "jobs.csv").read_text()

    # ---- The checks ------------------------------------------------------------------------------

    def host_sets(self):
        """batsched.HostSet is a set."""
        seed = random.randrange(1_000_000)
        print(f"first_seed {seed}")
        if self.run_script("host_sets.py", first_seed=seed) != "checked\n":
            fail("the script has not been run to its end")

    def names(self):
        """The description for type checkers has what the module has."""
        if self.run_script("names.py", "--swf-jobs", "1-1", description=str(STUB)) != "checked\n":
            fail("the script has not been run to its end")

    def types(self):
        """The example passes a type checker."""
        command = ["mypy", "--cache-dir", self.folder / "cache", "--check-untyped-defs"]
        if not shutil.which("mypy"):
            skip("mypy is not installed")
        environment = {**os.environ, "MYPYPATH": str(STUB.parent)}
        for file in (STUB, ROOT / "examples" / "easy.py"):
            subprocess.run([*command, file], check=True, env=environment)

    def several(self):
        """Schedulers side by side decide as each alone, and share no variables of their script."""
        def arguments(count, **configuration):
            text = json.dumps({"script": str(HERE / "scripts" / "fcfs.py"), **configuration})
            one = ["-w", SAMPLE, "--sched-lib", "python", "--sched-cfg", text]
            hosts = [["--sched-hosts", f"{32 * i}-{32 * i + 31}"] for i in range(count)]
            return [word for i in range(count) for word in (*one, *(hosts[i] if count > 1 else ()))]

        alone = self.run(*arguments(1))
        rows = self.schedule().splitlines()[1:]
        self.run("-w", SAMPLE, "--sched-lib", "fcfs")
        if rows != self.schedule().splitlines()[1:]:
            fail("fcfs in Python and in C differ")
        for isolation in ISOLATIONS:
            printed = self.run(*arguments(3), "--hosts", "96", "--isolation", isolation).splitlines()
            # Without isolation they share the modules that they import, as 'beside'.
            calls = 3 * 393 if isolation == "none" else 393
            if len(printed) != 3 or any(f"s{i} {calls} [" not in line
                                        for i, line in enumerate(sorted(printed))):
                fail(f"{isolation}: printed {printed}")
            own = [row for row in self.schedule().splitlines() if row.endswith(",s0")]
            if [row.rsplit(",", 1)[0] for row in own] != rows:
                fail(f"{isolation}: a scheduler among three decides otherwise than alone")
        if alone != self.run(*arguments(1)):
            fail("a second run prints other random numbers, or sets in another order")
        if alone == self.run(*arguments(1), "--seed", "2"):
            fail("another seed gives the same random numbers")

    def numpy(self):
        """Two schedulers with numpy, ctypes and threads."""
        if subprocess.run(["/usr/bin/python3", "-c", "import numpy"], stderr=subprocess.DEVNULL,
                          check=False).returncode != 0:
            skip("numpy is not installed (python3-numpy)")
        for isolation in ISOLATIONS:
            text = json.dumps({"script": str(HERE / "scripts" / "fcfs.py"), "numpy": True})
            one = ["-w", SAMPLE, "--sched-lib", "python", "--sched-cfg", text]
            self.run(*one, "--sched-hosts", "0-31", *one, "--sched-hosts", "32-63", "--hosts", "64",
                     "--isolation", isolation)

    def paths(self):
        """A script is relative to the working directory, and imports what is beside it."""
        (self.folder / "below").mkdir()
        for name in ("fcfs.py", "beside.py"):
            shutil.copy(HERE / "scripts" / name, self.folder / "below" / name)
        for script in ("below/fcfs.py", "./below/../below/fcfs.py"):
            self.run("-w", SAMPLE, "--sched-lib", "python", "--sched-cfg", json.dumps({"script": script}))
        (self.folder / "config.json").write_text('{"script": "below/fcfs.py"}')
        self.run("-w", SAMPLE, "--sched-lib", "python", "--sched-cfg", "@config.json")
        left = [path.name for path in self.folder.rglob("*.pyc")]
        if left:
            fail(f"the simulation has left {left}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("check")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-python-") as folder:
        check = Check(options.batsim.resolve(), pathlib.Path(folder))
        getattr(check, options.check.replace("-", "_"))()


if __name__ == "__main__":
    main()

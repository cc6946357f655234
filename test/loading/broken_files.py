#!/usr/bin/env python3
"""Loads damaged copies of a plugin: none may end the program by a signal.

Truncated copies, at lengths all over the file, are refused with exit code 4 or run as usual. Copies
with flipped bytes and zeroed blocks are tried with --probe-plugins and without; with it no process may
hang either. At last list-plugins must survive a folder full of them.
"""

import argparse
import collections
import pathlib
import random
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
WORKLOAD = """{"nb_res": 4, "jobs": [{"id": 1, "subtime": 0, "res": 2, "profile": "p"}],
               "profiles": {"p": {"type": "delay", "delay": 1}}}"""
# Damaged code may decide anything, but the simulator may not fail.
ALLOWED = {0: "finished", 3: "no input", 4: "cannot be loaded", 5: "misbehaved", 6: "stalled"}
ENDED_BY_LINKER = 127  # the dynamic linker calls _exit after an assertion of its own


class Failure(Exception):
    pass


class Suite:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.whole = options.plugin.read_bytes()
        self.random = random.Random(options.seed)
        (folder / "w.json").write_text(WORKLOAD)
        (folder / "broken").mkdir()

    def write(self, name, content):
        path = self.folder / "broken" / f"{name}.so"
        path.write_bytes(content)
        return path

    def run(self, path, *arguments):
        command = [self.options.batsim, "-w", "w.json", "--sched-lib", path, "-q", *arguments]
        result = subprocess.run(command, cwd=self.folder, capture_output=True, timeout=120)
        result.text = result.stderr.decode(errors="replace")
        return result

    def check(self, path, result, allowed):
        if result.returncode not in allowed:
            keep = pathlib.Path(tempfile.gettempdir(), f"broken-{path.name}")
            keep.write_bytes(path.read_bytes())
            raise Failure(f"{keep}: exit code {result.returncode}\n{result.text}")
        if result.returncode == 4 and f"batsim: error: plugin '{path}'" not in result.text:
            raise Failure(f"{path.name}: the message does not name the plugin:\n{result.text}")

    def truncations(self):
        """Two thirds spread over the file, the rest at its end."""
        size, count = len(self.whole), self.options.count
        spread = count * 2 // 3
        lengths = [size * i // spread for i in range(spread)]
        lengths += [size - i for i in range(1, count - spread + 1)]
        codes = collections.Counter()
        for length in lengths:
            path = self.write(f"cut-{length}", self.whole[:length])
            result = self.run(path)
            self.check(path, result, (0, 4))
            codes[result.returncode] += 1
        return codes

    def damaged(self, number):
        content = bytearray(self.whole)
        if number % 2 == 0:
            for _ in range(self.random.choice((1, 3, 10, 100))):
                # Most of the tables are at the beginning.
                last = self.random.choice((1024, 8192, len(content)))
                content[self.random.randrange(min(last, len(content)))] ^= \
                    1 << self.random.randrange(8)
        else:
            size = self.random.choice((4, 64, 512, 4096))
            begin = self.random.randrange(len(content))
            content[begin:begin + size] = bytes(len(content[begin:begin + size]))
        return bytes(content)

    def corruptions(self):
        probed, unprobed = collections.Counter(), collections.Counter()
        for number in range(self.options.count):
            path = self.write(f"damaged-{number}", self.damaged(number))
            result = self.run(path, "--probe-plugins", "--sched-timeout", "5")
            self.check(path, result, ALLOWED)
            probed[result.returncode] += 1
            if "still running" in result.text:
                unprobed["hangs"] += 1
                continue
            result = self.run(path, "--sched-timeout", "5")
            self.check(path, result, [*ALLOWED, ENDED_BY_LINKER])
            unprobed[result.returncode] += 1
            if result.returncode == ENDED_BY_LINKER:
                print(f"  {path.name}: {result.text.strip()}")
        return probed, unprobed

    def listing(self):
        (self.folder / "broken" / "good.so").write_bytes(self.whole)
        result = subprocess.run([self.options.batsim, "list-plugins", "--plugin-dir",
                                 self.folder / "broken"], capture_output=True, text=True,
                                timeout=600)
        if result.returncode != 0 or "\ngood " not in result.stdout:
            raise Failure(f"list-plugins: exit code {result.returncode}\n{result.stderr}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, default=HERE.parents[1] / "build" / "batsim")
    parser.add_argument("--plugin", type=pathlib.Path,
                        default=HERE.parents[1] / "build" / "plugins" / "fcfs.so")
    parser.add_argument("--count", type=int, default=500, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.batsim = options.batsim.resolve()
    with tempfile.TemporaryDirectory(prefix="batsim-broken-") as folder:
        suite = Suite(options, pathlib.Path(folder).resolve())
        try:
            print("truncated:", dict(suite.truncations()))
            probed, unprobed = suite.corruptions()
            print(f"damaged (seed {options.seed}), probed: {dict(probed)}, not: {dict(unprobed)}")
            suite.listing()
        except Failure as failure:
            print(f"FAIL  {failure}")
            sys.exit(1)


if __name__ == "__main__":
    main()

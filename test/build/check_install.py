#!/usr/bin/env python3
"""Installs with CMake, moves the tree, runs it, and builds a plugin against the installed headers."""

import pathlib
import shutil
import sys
import tempfile

from common import ROOT, expect, files_below, run, simulate_sample


def main():
    build = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="batsim-install-") as name:
        folder = pathlib.Path(name)
        run("cmake", "--install", build, "--prefix", folder / "first")
        shutil.move(folder / "first", folder / "moved")
        tree = folder / "moved"
        files = files_below(tree)
        for wanted in ("bin/batsim", "lib/batsim/libbatsim-simgrid.so", "include/batsched.h",
                       "include/batsched.hpp", "lib/batsim/plugins/easy.so",
                       "share/doc/batsim/README.md", "share/batsim/rust/src/lib.rs",
                       "share/batsim/python/batsched.pyi", "lib/pkgconfig/batsched.pc",
                       "lib/cmake/batsched/batsched-config.cmake",
                       "lib/cmake/batsched/batsched-config-version.cmake"):
            if wanted not in files:
                sys.exit(f"{wanted} was not installed; there are {files}")
        batsim = tree / "bin" / "batsim"
        simulate_sample(batsim, "easy", folder)
        expect(run(batsim, "list-plugins"), str(tree / "lib/batsim/plugins/fcfs.so"))
        run(batsim, "-p", ROOT / "examples" / "cluster.xml", "-w", ROOT / "examples" / "jobs.json",
            "--sched-lib", "fcfs", "-e", folder / "simgrid")

        plugin = folder / "mine.so"
        run("cc", "-std=c11", "-shared", "-fPIC", "-I", tree / "include",
            ROOT / "plugins" / "fcfs" / "fcfs.c", "-o", plugin)
        simulate_sample(batsim, plugin, folder)
    print("the installed tree works after being moved")


if __name__ == "__main__":
    main()

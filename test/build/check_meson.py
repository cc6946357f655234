#!/usr/bin/env python3
"""Builds with Meson, runs the program from its build tree, and compares what is installed."""

import pathlib
import shutil
import sys
import tempfile

from common import ROOT, SKIPPED, files_below, run, simulate_sample


def main():
    if not shutil.which("meson"):
        print("meson is not installed")
        sys.exit(SKIPPED)
    cmake_build = pathlib.Path(sys.argv[1])
    build = ROOT / "build-meson"
    if not (build / "build.ninja").exists():
        # Not optimized: that is as good a check and half the time.
        run("meson", "setup", build, "-Dtests=false", "--prefix", "/batsim", "-Dwerror=true",
            "-Doptimization=0", cwd=ROOT)
    run("ninja", "-C", build)
    with tempfile.TemporaryDirectory(prefix="batsim-meson-") as name:
        folder = pathlib.Path(name)
        simulate_sample(build / "batsim", "easy", folder)
        run("meson", "install", "-C", build, "--no-rebuild", "--destdir", folder / "meson")
        run("cmake", "--install", cmake_build, "--prefix", folder / "cmake" / "batsim")
        by_meson, by_cmake = (set(files_below(folder / tool)) for tool in ("meson", "cmake"))
        if by_meson != by_cmake:
            sys.exit(f"installed by one only: {sorted(by_meson ^ by_cmake)}")
    print(f"Meson and CMake install the same {len(by_meson)} files")


if __name__ == "__main__":
    main()

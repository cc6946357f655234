#!/usr/bin/env python3
"""Compiles everything with clang: there must be no warning."""

import shutil
import sys

from common import ROOT, SKIPPED, run


def main():
    if not shutil.which("clang++"):
        print("clang is not installed")
        sys.exit(SKIPPED)
    build = ROOT / "build-clang"
    run("cmake", "-S", ROOT, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug",
        "-DCMAKE_C_COMPILER=clang", "-DCMAKE_CXX_COMPILER=clang++", "-DCMAKE_C_FLAGS=-Werror",
        "-DCMAKE_CXX_FLAGS=-Werror")
    run("cmake", "--build", build)
    print("clang compiles everything without a warning")


if __name__ == "__main__":
    main()

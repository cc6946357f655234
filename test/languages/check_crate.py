#!/usr/bin/env python3
"""Tests the Rust crate with Cargo, in a copy and without a network, and builds a plugin with it."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["bindings/rust", "plugins/easy-rust", "include"]


def cargo(command, folder, target):
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    environment.pop("RUST_BACKTRACE", None)
    result = subprocess.run(["cargo", *command, "--offline", "--quiet"], cwd=folder, text=True,
                            env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0 or "warning" in result.stdout:
        sys.exit(f"cargo {' '.join(command)} in {folder}:\n{result.stdout}")
    return result.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True,
                        help="for the copy and what Cargo builds; kept, so that the next time is fast")
    options = parser.parse_args()
    copy, target = options.folder / "tree", options.folder / "target"
    shutil.rmtree(copy, ignore_errors=True)
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("target"))
    for folder in FOLDERS[:2]:
        print(cargo(["test"], copy / folder, target))
    cargo(["build", "--release"], copy / "plugins/easy-rust", target)
    plugin = copy / "easy-rust.so"
    shutil.copy(target / "release" / "libeasy_rust.so", plugin)
    subprocess.run([options.batsim, "check-plugin", plugin, "--check", "contract"], check=True,
                   stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

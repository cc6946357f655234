#!/usr/bin/env python3
"""Checks formatting (clang-format) and sizes: files below 400 lines, the public headers excepted."""

import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["src", "include", "plugins", "templates", "test", "bench"]
MOST_LINES = 400
SKIPPED = 77


def sources():
    for folder in FOLDERS:
        for suffix in ("c", "cpp", "h", "hpp"):
            yield from sorted((ROOT / folder).rglob(f"*.{suffix}"))


def size_errors():
    for path in sources():
        lines = len(path.read_text().splitlines())
        if lines >= MOST_LINES and path.name != "batsched.h" and ROOT / "include" not in path.parents:
            yield f"{path.relative_to(ROOT)}: {lines} lines, must be below {MOST_LINES}"


def format_errors(clang_format):
    # batsched.h is laid out by hand: its comments are the manual of the interface.
    files = [str(p) for p in sources() if p.name != "batsched.h"]
    result = subprocess.run([clang_format, "--dry-run", *files], capture_output=True, text=True)
    return [line for line in result.stderr.splitlines() if "warning:" in line]


def main():
    errors = list(size_errors())
    clang_format = shutil.which("clang-format") or shutil.which("clang-format-14")
    if clang_format:
        errors += format_errors(clang_format)
    print("\n".join(errors) or "style is kept")
    if errors:
        sys.exit(1)
    if not clang_format:
        print("clang-format is not installed: formatting was not checked")
        sys.exit(SKIPPED)


if __name__ == "__main__":
    main()

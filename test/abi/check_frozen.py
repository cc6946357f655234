#!/usr/bin/env python3
"""The header of a version that has been frozen may change its comments only."""

import difflib
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
PRESENT = HERE.parents[1] / "include" / "batsched.h"


def code_of(path):
    """The lines without comments and spaces at their ends."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def version_of(path):
    text = path.read_text()
    return ".".join(re.search(rf"#define BATSCHED_ABI_{part} (\d+)", text).group(1)
                    for part in ("MAJOR", "MINOR"))


def main():
    frozen = HERE / version_of(PRESENT) / "batsched.h"
    if not frozen.exists():
        print(f"version {version_of(PRESENT)} is not frozen yet")
        return
    changes = list(difflib.unified_diff(code_of(frozen), code_of(PRESENT), "frozen", "present",
                                        lineterm=""))
    if changes:
        sys.exit("\n".join([f"{PRESENT} is of a frozen version, give it the next one:", *changes]))


if __name__ == "__main__":
    main()

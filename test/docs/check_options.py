#!/usr/bin/env python3
"""Checks that each option which the help of `batsim`, `batsim compare` or `batsim new-scheduler` shows, and
each of its short names, is described in docs/cli.md, at the beginning of the row of a table, and used by a test: in the
command of a case in test/regression or by the unit tests of the command line."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def options_of(*command):
    """[["-p", "--platform"], ["--hosts"], ...]"""
    usage = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout
    lines = re.findall(r"^  ((?:-\w )?--[a-z-]+)", usage, re.MULTILINE)
    return [line.split() for line in lines]


def has_word(text, word):
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def described():
    """The first cells of all rows."""
    rows = re.findall(r"^\| (`-.*?) \| ", (ROOT / "docs" / "cli.md").read_text(), re.MULTILINE)
    return "\n".join(rows)


def used():
    """The commands of all cases, and the texts in the unit tests of the command line."""
    commands = [path.read_text() for path in sorted((ROOT / "test/regression").glob("*/cmd"))]
    for path in sorted((ROOT / "test/unit/cli").glob("*.cpp")):
        commands += re.findall(r'"(-[^"]*)"', path.read_text())
    return "\n".join(commands)


def main():
    options = options_of(sys.argv[1])
    for command in ("compare", "new-scheduler"):
        options += [names for names in options_of(sys.argv[1], command) if names not in options]
    documentation, tests = described(), used()
    errors = []
    for names in options:
        errors += [f"{name} has no row in docs/cli.md" for name in names
                   if not has_word(documentation, name)]
        if not any(has_word(tests, name) for name in names):
            errors.append(f"{names[-1]} is not used by any test")
    if errors or not options:
        sys.exit("\n".join(errors) or "batsim --help shows no options")
    print(f"{len(options)} options are described and tested")


if __name__ == "__main__":
    main()

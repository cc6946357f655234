#!/usr/bin/env python3
"""Checks formatting (clang-format), sizes (files below 400 lines, the public headers excepted), and that
the README of each plugin is Markdown with the name of the plugin as its title."""

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


def readme_errors():
    for folder in sorted(path for path in (ROOT / "plugins").iterdir() if path.is_dir()):
        readme = folder / "README.md"
        name = readme.relative_to(ROOT)
        if folder.name == "common":
            continue
        if not readme.exists():
            yield f"{name}: is missing"
        elif not readme.read_text().startswith(f"# {folder.name}\n"):
            yield f"{name}: must begin with '# {folder.name}'"


def format_errors(clang_format):
    # batsched.h is laid out by hand: its comments are the manual of the interface.
    files = [str(p) for p in sources() if p.name != "batsched.h"]
    result = subprocess.run([clang_format, "--dry-run", *files], capture_output=True, text=True)
    return [line for line in result.stderr.splitlines() if "warning:" in line]


def main():
    errors = [*size_errors(), *readme_errors()]
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

#!/usr/bin/env python3
"""Checks who includes whom in src/: the arrows of src/README.md and nothing else."""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"

# Folder -> folders that it may include, beside itself.
FOLDERS = {
    "base": set(),
    "workload": {"base"},
    "platform": {"base"},
    "engine": {"base", "workload", "platform"},
    "output": {"base", "workload", "platform", "engine"},
    "plugin": {"base", "workload", "platform", "engine"},
    "simgrid": {"base", "workload", "platform", "engine"},
    "check": {"base", "workload", "platform", "engine", "plugin"},
    "cli": {"base", "workload", "platform", "engine", "output", "plugin", "check"},
}

# What is not the standard library or POSIX -> folders that may include it.
THIRD_PARTY = {
    r"nlohmann/": {"base"},
    r"zlib\.h": {"base"},
    r"simgrid/": {"simgrid"},
    r"xbt/": {"simgrid"},
    r"dlfcn\.h": {"plugin"},
    r"elf\.h": {"plugin"},
    r"link\.h": {"plugin"},
    r"docopt/": {"cli"},
    r"batsched\.h": {"plugin", "check"},
    r"batsched\.hpp": set(),
    r"batsched/": {"platform"},
}


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1)


def errors_of(folder, path):
    for number, included in includes(path):
        where = f"{path.relative_to(SOURCE.parent)}:{number}"
        target = included.split("/")[0]
        local = "/" in included and (SOURCE / included).exists()
        if local and target != folder and target not in FOLDERS[folder]:
            yield f"{where}: {folder} must not include {included}"
        if local:
            continue
        for pattern, allowed in THIRD_PARTY.items():
            if re.match(pattern, included) and folder not in allowed:
                yield f"{where}: {folder} must not include {included}"


def main():
    found = {p.name for p in SOURCE.iterdir() if p.is_dir()}
    errors = [f"src/{name} is not in the list of folders" for name in sorted(found ^ FOLDERS.keys())]
    for folder in sorted(FOLDERS):
        for path in sorted((SOURCE / folder).glob("*.[ch]pp")):
            errors += errors_of(folder, path)
    print("\n".join(errors) or "the layers are kept")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()

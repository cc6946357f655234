#!/usr/bin/env python3
"""Checks who includes whom in src/: the arrows of src/README.md and nothing else."""

import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2] / "src"

BELOW_PLUGIN = {"base", "workload", "platform", "engine"}
PARTS_OF_PLUGIN = {f"plugin/{part}"
                   for part in ("elf", "trap", "abi", "loading", "scheduler", "process")}

# Folder -> folders that it may include, beside itself.
FOLDERS = {
    "base": set(),
    "workload": {"base"},
    "platform": {"base"},
    "engine": {"base", "workload", "platform"},
    "output": {"base", "workload", "platform", "engine"},
    "plugin": {*BELOW_PLUGIN, *PARTS_OF_PLUGIN},
    "plugin/elf": {"base"},
    "plugin/trap": {"base", "plugin/elf"},
    "plugin/abi": BELOW_PLUGIN,
    "plugin/loading": {"base", "plugin/elf", "plugin/trap", "plugin/abi", "plugin/loading/guard"},
    "plugin/loading/guard": set(),
    "plugin/scheduler": {*BELOW_PLUGIN, "plugin/trap", "plugin/abi", "plugin/loading"},
    "plugin/process": {"base", "plugin/trap", "plugin/abi", "plugin/loading"},
    "sharing": {"base", "platform", "engine"},
    "simgrid": {"base", "workload", "platform", "engine", "sharing"},
    "check": {*BELOW_PLUGIN, "plugin", *PARTS_OF_PLUGIN},
    "compare": {"base", "output"},
    "cli": {*BELOW_PLUGIN, "sharing", "output", "compare", "check", "plugin", *PARTS_OF_PLUGIN},
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
    r"batsched/transfer\.h": {"plugin"},
    r"batsched/host_set\.hpp": {"platform"},
}


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        match = re.match(r'\s*#\s*include\s+[<"]([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1)


def errors_of(folder, path):
    for number, included in includes(path):
        where = f"{path.relative_to(SOURCE.parent)}:{number}"
        target = str(pathlib.PurePath(included).parent)
        local = "/" in included and (SOURCE / included).exists()
        if local and target not in FOLDERS[folder] | {folder}:
            yield f"{where}: {folder} must not include {included}"
        if local:
            continue
        for pattern, allowed in THIRD_PARTY.items():
            if re.match(pattern, included) and folder.split("/")[0] not in allowed:
                yield f"{where}: {folder} must not include {included}"


def main():
    found = {str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*") if p.is_dir()}
    errors = [f"src/{name} is not in the list of folders" for name in sorted(found ^ FOLDERS.keys())]
    for folder in sorted(FOLDERS):
        for path in sorted((SOURCE / folder).glob("*.[ch]*")):
            errors += errors_of(folder, path)
    print("\n".join(errors) or "the layers are kept")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()

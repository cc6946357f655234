#!/usr/bin/env python3
"""Runs the examples of a document, as a reader would.

Blocks fenced as ```LANGUAGE file=NAME are written to files; in ```console blocks the lines after "$ "
are run in a folder with copies of include/, examples/, plugins/ and bindings/, with batsim on the PATH. A
command must succeed and print the lines that follow it, in this order; "..." stands for anything. A block
```console needs=NAME is left out if there is no such program or plugin. workload.md must name every type of
profile.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def blocks(text):
    """(info string, content) of each fenced block."""
    return re.findall(r"^```([^\n]+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(block):
    """(command, expected output lines) of each command of a console block."""
    result = []
    for line in block.splitlines():
        if line.startswith("$ "):
            result.append((line[2:], []))
        elif result:
            result[-1][1].append(line)
    return result


def pattern_of(lines):
    return ".*".join(re.escape(part) for part in "\n".join(lines).split("..."))


def run(command, expected, folder, environment):
    result = subprocess.run(command, shell=True, cwd=folder, env=environment, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.exit(f"failed: {command}\n{result.stdout}")
    output = result.stdout.rstrip("\n")
    if not re.fullmatch(pattern_of(expected), output, re.DOTALL):
        sys.exit(f"{command}\nprinted:\n{output}\nthe document says:\n" + "\n".join(expected))


def is_there(name, batsim):
    return shutil.which(name) or (batsim.parent / "plugins" / f"{name}.so").exists()


def is_to_be_run(info, batsim):
    """Whether the block holds commands, and what they need is there."""
    if info.split()[0] != "console":
        return False
    needs = re.search(r"\bneeds=(\S+)", info)
    if needs and not is_there(needs.group(1), batsim):
        print(f"left out: commands that need {needs.group(1)}")
        return False
    return True


def check_types(text):
    types = re.findall(r'TypeName\{"(\w+)"', (ROOT / "src/workload/profile_body.cpp").read_text())
    missing = [name for name in types if not re.search(rf"`{name}`", text)]
    if missing or not types:
        sys.exit(f"types of profiles that are not described: {missing or 'all'}")


def main():
    batsim, document = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    environment = dict(os.environ, PATH=f"{batsim.parent}:{os.environ['PATH']}")
    if document.name == "workload.md":
        check_types(document.read_text())
    count = 0
    with tempfile.TemporaryDirectory(prefix="batsim-docs-") as name:
        folder = pathlib.Path(name)
        for part in ("include", "examples", "plugins", "bindings"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("target"))
        for info, content in blocks(document.read_text()):
            file = re.search(r"\bfile=(\S+)", info)
            if file:
                (folder / file.group(1)).write_text(content)
            if is_to_be_run(info, batsim):
                for command, expected in commands(content):
                    run(command, expected, folder, environment)
                    count += 1
    print(f"{count} commands of {document.name} do what it says")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs clang-tidy on src/ and plugins/; files that were clean before and have not changed since,
nor any header, are not looked at again.

Most of its time goes into headers, which are the same for all files. So files that are compiled alike are
looked at as one, as long as they do not define the same name; where that does not compile, one by one.
"""

import concurrent.futures
import hashlib
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

from common import ROOT, SKIPPED, run

BUILD = ROOT / "build-tidy"  # compile commands, nothing else
CACHE = BUILD / "tidy-cache.json"
BATCH = 20  # files
NAMESPACE = re.compile(r"^namespace (\w+)", re.MULTILINE)
# What a source file defines for itself: functions, types, constants, aliases, macros at the first column.
DEFINITION = re.compile(r"^(?:#define (\w+)|(?:struct|class|enum class|enum|using) (\w+)|"
                        r"[a-zA-Z][\w:<>,&*\s\[\]]*?[\s&*](\w+)(?:\(|\[| = |\{))", re.MULTILINE)
OF_TARGET = r"-D(\w+_EXPORTS|batsched_vtable=\w+)"  # flags that have no influence on findings
# Between files of a unit. Includes that the file before has too are not repeated ones: clang-tidy forgets
# them where a macro is defined. This macro stands for BATSCHED_PLUGIN, as a unit may have several plugins.
NEXT_FILE = "#undef NEXT_FILE\n#define NEXT_FILE(...) static_assert(true)"
# The static analyzer with less depth: it takes ten times as long otherwise.
SHALLOW = ["--extra-arg=-Xclang", "--extra-arg=-analyzer-config", "--extra-arg=-Xclang",
           "--extra-arg=mode=shallow"]


def digest(paths):
    state = hashlib.sha256()
    for path in paths:
        state.update(path.read_bytes())
    return state.hexdigest()


def defined_names(path):
    text = path.read_text()
    namespace = NAMESPACE.search(text)
    return {(namespace and namespace[1], name)
            for match in DEFINITION.findall(text) for name in match if name}


def flags_of(path, commands):
    words = shlex.split(commands[str(path)]["command"])[1:]
    output = words.index("-o")
    del words[output:output + 2]
    return [word for word in words
            if word not in ("-c", str(path)) and not re.fullmatch(OF_TARGET, word)]


def batches(sources, commands):
    """Lists of files that are compiled alike and have no name in common."""
    result = []
    for path in sources:
        names, flags = defined_names(path), flags_of(path, commands)
        for batch in result:
            if batch["flags"] == flags and len(batch["files"]) < BATCH and not batch["names"] & names:
                break
        else:
            batch = {"flags": flags, "files": [], "names": set()}
            result.append(batch)
        batch["files"].append(path)
        batch["names"] |= names
    return [batch["files"] for batch in result]


def tidy(*arguments):
    result = subprocess.run(["clang-tidy", "--quiet", *SHALLOW, *map(str, arguments)], cwd=BUILD,
                            capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout


def text_elsewhere(path):
    """The text of a file, such that it may be in another folder, and beside other plugins."""
    def absolute(match):
        beside = path.parent / match[1]
        return f'#include "{beside}"' if beside.exists() else match[0]
    text = re.sub(r'^#include "(.*)"', absolute, path.read_text(), flags=re.MULTILINE)
    return re.sub(r"^BATSCHED_PLUGIN\(", "NEXT_FILE(", text, flags=re.MULTILINE)


def check_together(files, commands):
    """Findings, or None if the files do not go together."""
    unit = BUILD / "tidy" / (hashlib.sha256(repr(files).encode()).hexdigest()[:16] + ".cpp")
    lines = []  # of the unit: text, and where it is from
    for path in files:
        lines += [(line, unit, 0) for line in NEXT_FILE.splitlines()]
        lines += [(line, path, number)
                  for number, line in enumerate(text_elsewhere(path).splitlines(), start=1)]
    unit.write_text("".join(line + "\n" for line, _, _ in lines))
    findings = tidy(unit, "--", *flags_of(files[0], commands), "-Wno-shadow")
    if "[clang-diagnostic-" in findings:
        return None

    def place(match):
        _, path, number = lines[int(match[1]) - 1]
        return f"{path}:{number}"
    return re.sub(re.escape(str(unit)) + r":(\d+)", place, findings)


def check(files, commands):
    findings = check_together(files, commands) if len(files) > 1 else None
    if findings is None:
        findings = "".join(tidy("-p", BUILD, path) for path in files)
    return findings


def main():
    if not shutil.which("clang-tidy"):
        print("clang-tidy is not installed")
        sys.exit(SKIPPED)
    run("cmake", "--preset", "asan", "-DCMAKE_UNITY_BUILD=OFF", "-B", BUILD, cwd=ROOT)
    # Sources include these.
    run("cmake", "--build", BUILD, "--target", "guard-bytes", "scheduler-templates")
    (BUILD / "tidy").mkdir(exist_ok=True)
    commands = {entry["file"]: entry
                for entry in json.loads((BUILD / "compile_commands.json").read_text())}
    folders = [ROOT / "src", ROOT / "plugins"]
    headers = sorted(p for f in [*folders, ROOT / "include"] for p in f.rglob("*.h*"))
    common = digest([ROOT / ".clang-tidy", *headers])
    cache = json.loads(CACHE.read_text()) if CACHE.exists() else {}
    sources = sorted(p for folder in folders for p in folder.rglob("*.cpp"))
    keys = {path: common + digest([path]) for path in sources}
    units = batches([path for path in sources if cache.get(str(path)) != keys[path]], commands)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        findings = list(pool.map(lambda files: check(files, commands), units))
    unclean = {path for files, found in zip(units, findings) if found for path in files}
    CACHE.write_text(json.dumps({str(p): keys[p] for p in sources if p not in unclean}))
    print("\n".join(filter(None, findings)) or f"{len(sources)} files are clean")
    sys.exit(any(findings))


if __name__ == "__main__":
    main()

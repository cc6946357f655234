#!/usr/bin/env python3
"""check-plugin finds each defect that docs/check-plugin.md says it finds.

The table of the document is the list of what is tried: `PLANTED=<defect>` is planted.so with that
defect, other names are those of plugins in test/plugins, with their configuration. The document must
have every check and every option of check-plugin.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "check-plugin.md").read_text()

# What is not found with other isolations: no malloc of its own; globals that do not outlive the process.
OTHERWISE = {("none", "hygiene.memory", "PLANTED=leaks"): "skip",
             ("process", "determinism.seed", "PLANTED=shares-globals"): "pass"}


def rows_of_table():
    """(check, what it checks, defects that it finds) of each row."""
    for line in DOCUMENT.splitlines():
        match = re.fullmatch(r"\| `(\w+\.[\w-]+)` \| (.*) \| (.*) \|", line)
        if match:
            yield match.groups()


def defects_of_misbehaving():
    """What the check of the paragraph below the table finds, too."""
    paragraph = re.search(r"^`contract\.decisions` also finds.*?`misbehaving\.so`: (.*?)\.$", DOCUMENT,
                          re.MULTILINE | re.DOTALL)
    return re.findall(r"`([^`]+)`", paragraph.group(1))


class Tool:
    def __init__(self, options, folder):
        self.batsim, self.plugins = options.batsim.resolve(), options.test_plugins.resolve()
        self.folder, self.isolation = folder, options.isolation

    def run(self, *arguments, defect=""):
        environment = dict(os.environ, PLANTED=defect)
        return subprocess.run([self.batsim, "check-plugin", *map(str, arguments)], text=True,
                              capture_output=True, env=environment, check=False)

    def results(self, check, subject):
        """({check: "pass", "warn", "fail" or "skip"}, the whole result)."""
        first, *others = subject.split()
        check = [*check, *(others if first.startswith("PLANTED=") else []),
                 *(["--isolation", self.isolation] if self.isolation else [])]
        if first.startswith("PLANTED="):
            result = self.run(self.plugins / "planted.so", *check,
                              defect=first.split("=")[1])
        else:
            folder = self.folder if (self.folder / first).exists() else self.plugins
            configuration = ["--sched-cfg", *others] if others else []
            result = self.run(folder / first, *configuration, *check)
        found = dict(reversed(pair) for pair in
                     re.findall(r"^(pass|warn|fail|skip)  (\S+)", result.stdout, re.MULTILINE))
        return found, result


def try_defect(tool, check, subject, kind):
    found, result = tool.results(["--check", check], subject)
    code = 1 if kind == "fail" else 0
    if found == {check: kind} and result.returncode == code:
        return []
    return [f"{subject}: {check} should say {kind}, and the exit code be {code}, not "
            f"{result.returncode}:\n{result.stdout}{result.stderr}"]


def try_all_defects(tool, groups):
    count, errors = 0, []
    for check, _, defects in rows_of_table():
        if groups and check.split(".")[0] not in groups:
            continue
        subjects = re.findall(r"`([^`]+)`( \(warn\))?", defects)
        if not subjects:
            errors.append(f"nothing shows that {check} finds something")
        for subject, warns in subjects:
            kind = OTHERWISE.get((tool.isolation, check, subject), "warn" if warns else "fail")
            errors += try_defect(tool, check, subject, kind)
            count += 1
    for defect in [] if groups else defects_of_misbehaving():
        errors += try_defect(tool, "contract.decisions", f"misbehaving.so {defect}", "fail")
        count += 1
    return count, errors


def check_document(tool):
    listed = {line.split()[0]: line.split(None, 1)[1]
              for line in tool.run("--list").stdout.splitlines()}
    described = {check: purpose for check, purpose, _ in rows_of_table()}
    errors = [f"{check}: the document says '{described.get(check)}', --list '{listed.get(check)}'"
              for check in sorted(listed.keys() | described.keys())
              if listed.get(check) != described.get(check)]
    options = re.findall(r"^  (?:-\w )?(--[a-z-]+)", tool.run("--help").stdout, re.MULTILINE)
    errors += [f"the document does not have {option}" for option in options
               if f"`{option}" not in DOCUMENT]
    return errors


def check_plugin_without_defect(tool):
    found, result = tool.results([], "PLANTED=")
    others = {check: kind for check, kind in found.items() if kind != "pass"}
    # That one is always there.
    if others == {"load.symbols": "warn"} and result.returncode == 0:
        return []
    return [f"a plugin without defect does not pass:\n{result.stdout}{result.stderr}"]


def check_texts(tool):
    """What authors are told: the check, the defect, and words of the message."""
    expected = [
        ("contract.decisions", "PLANTED=ignores-busy-hosts", ["HOSTS_BUSY", "at date", "in DECIDE",
                                                              "usable_hosts"]),
        ("contract.decisions", "misbehaving.so segv", ["SIGSEGV at misbehaving.so+0x"]),
        ("contract.decisions", "PLANTED=ends-the-process", ["called _exit(0)", "JOB_SUBMITTED"]),
        ("determinism.repeat", "PLANTED=by-clock", ["differs at event or decision", "execute_job"]),
        ("contract.all-jobs", "PLANTED=forgets-jobs", ["stalls", "w0!job"]),
        ("fuzz.simulations", "PLANTED=rare", ["--check fuzz.simulations --seed "]),
    ]
    errors = []
    for check, subject, words in expected:
        _, result = tool.results(["--check", check], subject)
        errors += [f"{subject}: '{word}' is not in:\n{result.stdout}" for word in words
                   if word not in result.stdout]
    return errors


def check_seed_of_a_failure(tool):
    """The seed that a random failure prints leads to it at once."""
    check = ["--check", "fuzz.simulations"]
    _, first = tool.results(check, "PLANTED=rare")
    seed = re.search(r"--seed (\d+)", first.stdout)
    if not seed:
        return [f"no seed in:\n{first.stdout}"]
    _, again = tool.results([*check, "--seed", seed.group(1)], "PLANTED=rare")
    same = re.search(r"--seed (\d+)", again.stdout)
    return [] if same and same.group(1) == seed.group(1) else [f"another seed:\n{again.stdout}"]


def check_command_line(tool):
    errors = []
    for arguments, code, words in [
        (["nowhere.so"], 4, "nowhere.so"),
        ([tool.plugins / "no-vtable.so"], 4, "batsched_vtable"),
        ([tool.plugins / "crashing-constructor.so"], 4, "SIGSEGV"),
        ([tool.plugins / "exiting-constructor.so"], 4, "exiting-constructor.so"),
        ([tool.plugins / "wrong-abi.so"], 4, "rebuild it"),
        ([tool.plugins / "short-vtable.so"], 4, "vtable is too small"),
        ([tool.plugins / "null-name.so"], 4, "is NULL"),
        ([tool.plugins / "needs-symbol.so"], 4, "symbol"),
        ([tool.plugins / "static-tls.so", "--check", "load"], 0, "0 failed"),
        ([], 2, "no plugin"),
        ([tool.plugins / "planted.so", "--check", "contract.end.x"], 2, "did you mean"),
        ([tool.plugins / "planted.so", "--isolation", "none", "--check", "load"], 0, "passed"),
        ([tool.plugins / "planted.so", "--in-process", "--check", "contract"], 0, "4 passed"),
    ]:
        result = tool.run(*arguments)
        if result.returncode != code or words not in result.stdout + result.stderr:
            errors.append(f"{arguments}: exit code {result.returncode}, not {code}, or no "
                          f"'{words}':\n{result.stdout}{result.stderr}")
    return errors


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--test-plugins", type=pathlib.Path, required=True)
    parser.add_argument("--isolation", help="only look for defects, and with this option")
    parser.add_argument("--group", action="append", help="only those of these groups of checks")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-conformance-") as name:
        tool = Tool(options, pathlib.Path(name))
        shutil.copy(tool.plugins / "planted.so", tool.folder / "another-name.so")
        count, errors = try_all_defects(tool, options.group)
        if not options.isolation:
            errors += check_document(tool) + check_plugin_without_defect(tool) + check_texts(tool)
            errors += check_seed_of_a_failure(tool) + check_command_line(tool)
    if errors:
        sys.exit("\n".join(errors))
    print(f"{count} planted defects found")


if __name__ == "__main__":
    main()

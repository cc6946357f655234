#!/usr/bin/env python3
"""Runs simulations whose plugins are hard on the program that loads them."""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
TUNABLES = "glibc.rtld.nns=16:glibc.rtld.optional_static_tls=65536"
NO_ROOM = "has no room for the thread-local data of one more plugin"


class Check:
    def __init__(self, batsim, plugins, folder):
        self.batsim, self.plugins, self.folder = batsim, plugins, folder
        self.workload = self.write_workload("w.json", 5)

    def write_workload(self, name, job_count):
        jobs = [{"id": str(i), "subtime": i, "res": 1, "profile": "p"} for i in range(job_count)]
        path = self.folder / name
        path.write_text(json.dumps({"nb_res": 1, "jobs": jobs,
                                    "profiles": {"p": {"type": "delay", "delay": 1}}}))
        return path

    def has(self, plugin):
        return (self.plugins / f"{plugin}.so").exists()

    def arguments(self, plugins, workload=None):
        """Of a simulation with these plugins, each with a host and a workload of its own."""
        result = ["--hosts", str(len(plugins)), "-q", "-e", self.folder / "out"]
        for i, plugin in enumerate(plugins):
            path = self.plugins / f"{plugin}.so"
            result += ["-w", workload or self.workload, "--sched-hosts", str(i),
                       "--sched-lib", path if path.exists() else plugin]
        return result

    def run(self, plugins, *more, command=(), workload=None, code=0, stderr="^$", **options):
        """Simulates; checks the exit code and stderr; gives stdout."""
        if "input" not in options:
            options["stdin"] = subprocess.DEVNULL
        arguments = self.arguments(plugins, workload)
        result = subprocess.run([*(command or [self.batsim]), *arguments, *more], text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
        if result.returncode != code or not re.search(stderr, result.stderr):
            sys.exit(f"{plugins}: exit code {result.returncode}, expected {code}; stderr is\n"
                     f"{result.stderr}\nand should match {stderr}; stdout is\n{result.stdout}")
        return result.stdout

    def expect_rows(self, count):
        rows = len((self.folder / "out" / "jobs.csv").read_text().splitlines()) - 1
        if rows != count:
            sys.exit(f"jobs.csv has {rows} rows, not {count}")

    # ---- The checks; each is a test of CTest ---------------------------------------------------

    def threads(self):
        """100 batches in a process, 100 processes."""
        many, few = self.write_workload("many.json", 100), self.write_workload("few.json", 1)
        kinds = [kind for kind in ("threads", "c-threads", "rust-guest", "openmp") if self.has(kind)]
        for kind in kinds:
            self.run([kind], workload=many)
            self.expect_rows(100)
        for i in range(100):
            self.run([kinds[i % len(kinds)], kinds[(i + 1) % len(kinds)]], workload=few)

    def mixed(self):
        """15 plugins of all kinds in one process."""
        wanted = ["python", "threads", "c-threads", "rust-guest", "openmp", "large", "late-library",
                  "easy", "fcfs", "static-tls"]
        mix = [plugin if self.has(plugin) or plugin in ("easy", "fcfs") else "one-by-one"
               for plugin in wanted]
        self.run((mix + mix)[:15])
        self.expect_rows(15 * 5)

    def pythons(self):
        """Two interpreters with numpy and callbacks from C."""
        if not self.has("python"):
            skip("Python's headers are not installed (python3-dev)")
        if subprocess.run(["/usr/bin/python3", "-c", "import numpy"], stderr=subprocess.DEVNULL,
                          check=False).returncode != 0:
            skip("numpy is not installed (python3-numpy)")
        self.run(["python", "python"])

    def late_library(self):
        """dlopen in plugins."""
        self.run(["late-library", "late-library"])

    def room(self):
        """As many plugins as there is room for, and one more."""
        self.run(["fcfs"] * 15)
        self.run(["fcfs"] * 16, code=4, stderr="there is room for 15 plugins in one process")
        self.run(["fcfs"] * 16, "--isolation", "none")

    def restart(self):
        """The program starts itself again if it must, and stays what it was."""
        def environment(plugins, command=(), **options):
            text = self.run([*plugins, "environment"], command=command, **options)
            return dict(line.split("=", 1) for line in text.splitlines())

        if environment([])["GLIBC_TUNABLES"] != "" or environment(["fcfs"] * 10)[
                "GLIBC_TUNABLES"] != "":
            sys.exit("there was a restart without need")
        for needy in (["fcfs"] * 11, ["static-tls"]):
            seen = environment(needy)
            if seen != {"GLIBC_TUNABLES": TUNABLES, "name": "batsim", "argv[0]": str(self.batsim)}:
                sys.exit(f"with {needy} the plugin has seen {seen}")
        self.run(["static-tls"], "--probe-plugins")
        given = "glibc.malloc.arena_max=2:glibc.rtld.optional_static_tls=70000"
        seen = environment(["fcfs"] * 11, env={**os.environ, "GLIBC_TUNABLES": given})
        if seen["GLIBC_TUNABLES"] != f"{TUNABLES}:{given}":
            sys.exit(f"the user's tunables have become {seen['GLIBC_TUNABLES']}")
        # A pipe is read once.
        pipe = ["environment"] + ["fcfs"] * 11
        self.run(pipe, "--sched-cfg", "@/dev/stdin", input="not empty, which it does not care for")
        self.run(["static-tls"], "--sched-cfg", "@/dev/stdin", input="x", code=4, stderr=NO_ROOM)

    def valgrind(self):
        """valgrind would lose a program that starts itself again."""
        valgrind = shutil.which("valgrind")
        if not valgrind:
            skip("valgrind is not installed")
        command = [valgrind, "-q", "--log-file=/dev/null", self.batsim]
        self.run(["threads"], command=command)
        self.run(["fcfs"] * 12, command=command, code=4, stderr=NO_ROOM)

    def dynamic_linker(self):
        """The dynamic linker, run as a program, would be what starts again."""
        linker = re.search(rb"/lib[^\0]*/ld-linux[^\0]*", self.batsim.read_bytes())[0]
        command = [linker, self.batsim]
        self.run(["threads"], command=command)
        self.run(["threads"] * 12, command=command, code=4, stderr=NO_ROOM)

    def privileges(self):
        """With privileges the dynamic linker ignores tunables."""
        if os.geteuid() != 0 or os.statvfs(self.folder).f_flag & os.ST_NOSUID:
            skip("nobody but root can make a program with privileges")
        self.folder.chmod(0o777)
        program = self.folder / "batsim"
        shutil.copy(self.batsim, program)
        os.chown(program, 65534, -1)
        program.chmod(0o4755)
        for plugin in ("threads", "environment"):
            shutil.copy(self.plugins / f"{plugin}.so", self.folder)
        self.plugins = self.folder
        if "GLIBC_TUNABLES=\n" not in self.run(["environment"], command=[program]):
            sys.exit("there was a restart without need")
        self.run(["threads"] * 12, command=[program], code=4, stderr=NO_ROOM)

    def jemalloc(self):
        """Threads of plugins crash with it."""
        preload = {**os.environ, "LD_PRELOAD": str(self.plugins / "mallctl.so")}
        self.run(["fcfs"], env=preload, code=4, stderr="jemalloc is preloaded")
        self.run(["fcfs"], "--isolation", "none", env=preload)

    def without_proc(self):
        """Without /proc there is no guard, but the rest of the preparation."""
        command = ["unshare", "--mount", "sh", "-c", 'umount -l /proc && exec "$0" "$@"']
        if subprocess.run([*command, "true"], stderr=subprocess.DEVNULL, check=False).returncode:
            skip("/proc cannot be unmounted here")
        self.run(["large", "openmp" if self.has("openmp") else "large"], command=[*command, self.batsim])
        self.run(["leaver"], "--sched-cfg", "exit", command=[*command, self.batsim], code=5,
                 stderr=r"called exit\(7\)")

    def output(self):
        """All that plugins write appears, in their order."""
        stdout = "".join(f"printf {i}\nputs\nwrite\ncout {i}\nshell\nend of {i} " for i in range(1, 6))
        stderr = "stderr\ncerr\nclog\n.write\nshell\n" * 5
        if self.run(["writer"], stderr=f"^{re.escape(stderr)}$") != stdout:
            sys.exit("stdout is not what the plugin has written")
        crash = self.run(["writer"], "--sched-cfg", "crash", code=5, stderr="SIGABRT")
        if not crash.startswith("printf 1\nputs\nwrite\ncout 1\nshell\n"):
            sys.exit(f"of a plugin that has crashed only this appears: {crash}")

    def ends(self):
        """Ends of the process are ends of the simulation."""
        for way in ("exit", "_exit", "_Exit", "quick_exit"):
            self.run(["leaver"], "--sched-cfg", way, code=5,
                     stderr=rf"'s0' \(leaver\) at date 0 in DECIDE \(event 4\): called {way}\(7\)")
            self.expect_rows(0)
        self.run(["leaver"], "--sched-cfg", "err", code=5, stderr=r"so long\n.*called exit\(7\)")
        self.run(["leaver"], "--sched-cfg", "pthread_exit", code=5, stderr="called pthread_exit")
        for way in ("exit", "_exit"):
            self.run(["leaver"], "--sched-cfg", f"{way} of a thread", code=5,
                     stderr=f"a thread that a plugin has made called {way}")
        for way in ("pthread_exit of a thread", "_exit of a child", "vfork"):
            self.run(["leaver"], "--sched-cfg", way)


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batsim", type=pathlib.Path, required=True)
    parser.add_argument("--test-plugins", type=pathlib.Path, required=True)
    parser.add_argument("check")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="batsim-isolation-") as folder:
        check = Check(options.batsim.resolve(), options.test_plugins.resolve(), pathlib.Path(folder))
        getattr(check, options.check.replace("-", "_"))()


if __name__ == "__main__":
    main()

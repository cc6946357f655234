"""real_exec_info.json names the very files that were read, and its command line repeats the run."""
import json
import os
import pathlib
import shutil
import subprocess
import zlib

info = json.loads(pathlib.Path("out/real_exec_info.json").read_text())
kinds = [file["kind"] for file in info["input_files"]]
assert kinds == ["platform", "workload", "scheduler configuration"], kinds
for file in info["input_files"]:
    content = pathlib.Path(file["path"]).read_bytes()
    assert file["size"] == len(content), file
    assert file["crc32"] == f"{zlib.crc32(content):08x}", file
library = pathlib.Path(info["schedulers"][0]["library"])
assert info["schedulers"][0]["library_crc32"] == f"{zlib.crc32(library.read_bytes()):08x}"
assert library.name == "easy.so" and info["schedulers"][0]["batches"] > 0, info["schedulers"]
assert info["seed"] == 7 and info["options"]["--mmax"] is None and info["simgrid_version"], info
assert info["exit_code"] == 0 and info["memory_VmHWM_kB"] > 0 and info["cpu_seconds"] > 0, info

jobs = pathlib.Path("out/jobs.csv").read_text()
shutil.rmtree("out")
subprocess.run([os.environ["BATSIM"], *info["command_line"]], check=True,
               cwd=info["working_directory"])
assert pathlib.Path("out/jobs.csv").read_text() == jobs

#!/usr/bin/env python3
"""Runs clang-tidy on src/ and plugins/; files that were clean before and have not changed since,
nor any header, are not looked at again."""

import concurrent.futures
import hashlib
import json
import shutil
import subprocess
import sys

from common import ROOT, SKIPPED, run

BUILD = ROOT / "build-asan"
CACHE = BUILD / "tidy-cache.json"


def digest(paths):
    state = hashlib.sha256()
    for path in paths:
        state.update(path.read_bytes())
    return state.hexdigest()


def check(path):
    result = subprocess.run(["clang-tidy", "--quiet", "-p", str(BUILD), str(path)],
                            capture_output=True, text=True)
    return "" if result.returncode == 0 else result.stdout


def main():
    if not shutil.which("clang-tidy"):
        print("clang-tidy is not installed")
        sys.exit(SKIPPED)
    run("cmake", "--preset", "asan", cwd=ROOT)
    run("cmake", "--build", BUILD, "--target", "guard-bytes") # a source includes them
    folders = [ROOT / "src", ROOT / "plugins"]
    headers = sorted(p for f in [*folders, ROOT / "include"] for p in f.rglob("*.h*"))
    common = digest([ROOT / ".clang-tidy", *headers])
    cache = json.loads(CACHE.read_text()) if CACHE.exists() else {}
    sources = sorted(p for folder in folders for p in folder.rglob("*.cpp"))
    keys = {path: common + digest([path]) for path in sources}
    stale = [path for path in sources if cache.get(str(path)) != keys[path]]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        findings = dict(zip(stale, pool.map(check, stale)))
    clean = {str(p): keys[p] for p in sources if not findings.get(p)}
    CACHE.write_text(json.dumps(clean))
    print("\n".join(f for f in findings.values() if f) or f"{len(sources)} files are clean")
    sys.exit(any(findings.values()))


if __name__ == "__main__":
    main()

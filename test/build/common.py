"""What the checks of builds and installations have in common."""

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def run(*command, **options):
    """Runs a command; its output is only shown if it fails."""
    command = [str(word) for word in command]
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{result.stdout[-8000:]}{result.stderr[-8000:]}")
    return result.stdout + result.stderr


def expect(text, part):
    if part not in text:
        sys.exit(f"expected '{part}' in:\n{text[-4000:]}")


def files_below(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())


def simulate_sample(batsim, scheduler, folder):
    """Runs the sample log from another working directory, without help from the environment."""
    environment = {"PATH": os.environ["PATH"]}
    summary = run(batsim, "-w", ROOT / "examples" / "campus.swf", "--sched-lib", scheduler,
                  "-e", folder / "out", cwd=folder, env=environment)
    expect(summary, "393, 393 succeeded")

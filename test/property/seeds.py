"""What property tests have in common that check one random case for each seed."""

import argparse
import pathlib
import subprocess
import sys
import tempfile

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build"


def parser(description, count):
    """For the options that all of them have; so many seeds unless --count says otherwise."""
    result = argparse.ArgumentParser(description=description)
    result.add_argument("--batsim", default=BUILD / "batsim", type=lambda path: pathlib.Path(path).resolve())
    result.add_argument("--seed", type=int, default=1)
    result.add_argument("--count", type=int, default=count)
    return result


def collected(errors):
    """All errors; a simulation that does not succeed is one, and the last."""
    result = []
    try:
        for error in errors:
            result.append(error)
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        result.append(str(error))
    return result


def run(options, check, without_seed=None):
    """Prints what check(batsim, seed, folder) yields for each seed, then what without_seed(batsim, folder)
    does; exits with 1 if anything is wrong."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="batsim-property-") as name:
        folder = pathlib.Path(name)
        for seed in range(options.seed, options.seed + options.count):
            errors = collected(check(options.batsim, seed, folder))
            failed += bool(errors)
            for error in errors[:3]:
                print(f"seed {seed}: {error}", flush=True)
        others = collected(without_seed(options.batsim, folder)) if without_seed else []
        for error in others:
            print(error)
    print(f"seeds {options.seed} to {options.seed + options.count - 1}: {failed} failed")
    sys.exit(bool(failed or others))

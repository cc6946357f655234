#!/bin/sh
# Runs the regression suite or the named cases of it; --update rewrites expected outputs.
exec python3 "$(dirname "$0")/../test/regression/run.py" "$@"

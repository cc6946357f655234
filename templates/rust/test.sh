#!/bin/sh
# Builds the scheduler, checks it and simulates a small workload with it. $BATSIM: the program, if it is
# not here:
set -eu
cd "$(dirname "$0")"
: "${BATSIM:=/path/to/batsim/bin/batsim}"
cargo build --release --offline # there is nothing to download
cp "${CARGO_TARGET_DIR:-target}/release/libmy_scheduler.so" my-scheduler.so
"$BATSIM" check-plugin ./my-scheduler.so
"$BATSIM" -w workload.json --sched-lib ./my-scheduler.so

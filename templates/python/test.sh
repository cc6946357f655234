#!/bin/sh
# Checks the scheduler and simulates a small workload with it. $BATSIM: the program, if it is not here:
set -eu
cd "$(dirname "$0")"
: "${BATSIM:=/path/to/batsim/bin/batsim}"
config='{"script": "my_scheduler.py"}'
"$BATSIM" check-plugin python --sched-cfg "$config"
"$BATSIM" -w workload.json --sched-lib python --sched-cfg "$config"

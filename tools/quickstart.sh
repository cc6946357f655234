#!/bin/sh
# From a fresh Debian 12 machine to a schedule: installs what is missing, builds batsim (Release) in
# build/, and simulates a small log with EASY backfilling. Run it again: then it is fast.
set -eu
cd "$(dirname "$0")/.."

tools/install-packages.sh run
tools/check-build-folder.sh
[ -f build/build.ninja ] || cmake --preset release -DBATSIM_TESTS=OFF >/dev/null
cmake --build --preset release

echo
echo "\$ ./build/batsim -w examples/campus.swf --sched-lib easy -e out"
./build/batsim -w examples/campus.swf --sched-lib easy -e out
echo
echo "Each job has a row in out/jobs.csv; the first ones:"
cut -d, -f1,4,5,9-12,15 out/jobs.csv | head -4
echo "The schedulers that are there: ./build/batsim list-plugins. What next: README.md"

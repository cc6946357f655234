#!/bin/sh
# Measures all that docs/performance.md speaks of, on a Release build in build/ (cmake --preset release),
# and prints it: medians of five runs, CPU time, peak memory. Takes about ten minutes; the machine should
# have nothing else to do. Arguments go to bench/speed.py, e.g. --ten-million.
set -eu
cd "$(dirname "$0")/.."
cmake --build build --target batsim bench-engine bench-bare >/dev/null

echo "== whole simulations (bench/speed.py)"
python3 bench/speed.py "$@"
echo "== the engine beside an ideal event heap (bench-engine)"
build/bench/bench-engine build/plugins/fcfs.so
echo "== communicating jobs beside SimGrid alone (bench/bare.py)"
python3 bench/bare.py
echo "== policies (bench/policies.py)"
python3 bench/policies.py
echo "== languages (bench/languages.py)"
python3 bench/languages.py

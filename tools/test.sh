#!/bin/sh
# Installs what is missing, builds batsim (Release) in build/ with its tests, and runs all of them
# with CTest. Arguments go to ctest, e.g. -R regression.
set -eu
cd "$(dirname "$0")/.."

tools/install-packages.sh test
tools/check-build-folder.sh
cmake --preset release -DBATSIM_TESTS=ON >/dev/null
cmake --build --preset release
ctest --preset release -j "$(nproc)" "$@"

#!/bin/sh
# Installs what is missing, builds batsim (Release) in build/ with its tests, and runs all of them
# with CTest. Arguments go to ctest, e.g. -R regression; BATSIM_CMAKE_OPTIONS to CMake.
set -eu
cd "$(dirname "$0")/.."

tools/install-packages.sh test
tools/check-build-folder.sh
# With ccache, if it is there, builds of the tests are fast too when repeated.
if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
fi
# shellcheck disable=SC2086 # one word for each option
cmake --preset release -DBATSIM_TESTS=ON ${BATSIM_CMAKE_OPTIONS:-} >/dev/null
cmake --build --preset release
ctest --preset release -j "$(nproc)" "$@"

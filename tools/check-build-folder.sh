#!/bin/sh
# Removes build/ if it was made for another place, because the checkout has been moved or copied:
# it would go on building the sources there.
set -eu
cd "$(dirname "$0")/.."
cache=build/CMakeCache.txt
[ -f "$cache" ] || exit 0
grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$cache" || rm -rf build

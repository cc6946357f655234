#!/bin/sh
# Builds the guard and writes its bytes as they may stand between the braces of an array in C:
#   build.sh <guard.c> <output> <C compiler with its arguments>
# It is no ordinary target, because what sanitizers, coverage and the like add needs libraries.
set -eu
source=$1
output=$2
shift 2
"$@" -std=c11 -O2 -Wall -Wextra -Wpedantic -shared -fPIC -fvisibility=hidden -fno-stack-protector \
    -nostdlib -Wl,-z,initfirst,-z,now,-soname,batsim-guard,-e,batsim_guard,--build-id=none \
    "$source" -o "$output.so"
od -An -v -tx1 "$output.so" | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g' >"$output"

#!/bin/sh
# Checks sizes, formatting and, with clang-tidy, the rest of .clang-tidy in src/ and plugins/.
# --fix rewrites the formatting first. Needs the packages clang, clang-format and clang-tidy.
set -eu
cd "$(dirname "$0")/.."

if [ "${1:-}" = --fix ]; then
    find src include plugins templates test bench \( -name '*.c' -o -name '*.cpp' -o -name '*.hpp' \) \
        -exec clang-format -i {} +
fi
python3 test/tree/check_style.py
python3 test/build/check_tidy.py

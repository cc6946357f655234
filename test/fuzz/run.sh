#!/bin/sh
# Fuzzes each target for so many seconds (default 600), with clang: test/fuzz/run.sh [seconds]. New
# inputs are kept in build-fuzz/found/<target>, findings in build-fuzz/findings; fails if there are any.
set -eu
seconds=${1:-600}
cd "$(dirname "$0")/../.."
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
mkdir -p build-fuzz/findings
failed=
for target in test/fuzz/corpus/*/; do
    name=$(basename "$target")
    mkdir -p "build-fuzz/found/$name"
    dictionary=
    [ -e "test/fuzz/$name.dict" ] && dictionary="-dict=test/fuzz/$name.dict"
    # shellcheck disable=SC2086
    build-fuzz/test/fuzz/"fuzz-$name" -max_total_time="$seconds" -max_len=4096 -timeout=10 \
        -artifact_prefix="build-fuzz/findings/$name-" $dictionary \
        "build-fuzz/found/$name" "$target" || failed="$failed $name"
done
if [ -n "$failed" ]; then
    echo "findings:$failed; see build-fuzz/findings"
    exit 1
fi
echo "no findings in $seconds s for each target"

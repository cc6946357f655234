#!/bin/sh
# Installs the Debian packages that are missing, with apt; does nothing if all are there.
#   tools/install-packages.sh run     what building and running needs
#   tools/install-packages.sh test    also what the tests need
set -eu

packages="g++ cmake ninja-build pkg-config libsimgrid-dev nlohmann-json3-dev rapidjson-dev libdocopt-dev
    zlib1g-dev python3-dev"
if [ "${1:-run}" = test ]; then
    packages="$packages libgtest-dev libgmock-dev python3 python3-numpy meson clang
        libclang-rt-14-dev clang-format clang-tidy valgrind"
    # Rust may come from elsewhere.
    command -v cargo >/dev/null || packages="$packages rustc cargo"
fi

missing=""
for package in $packages; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "ok installed" ||
        missing="$missing $package"
done
[ -z "$missing" ] && exit 0

echo "installing:$missing"
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || {
        echo "please install these Debian packages first:$missing" >&2
        exit 1
    }
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # one word for each package
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null

#!/bin/sh
# Writes the templates as they may stand between the braces of an array in C++, an entry for each file:
# language, path, content.
#   embed.sh <folder of the templates> <output>
set -eu
exec >"$2"
cd "$1"
find c common cpp python rust -type f | LC_ALL=C sort | while read -r file; do
    printf '{"%s", "%s", R"template(' "${file%%/*}" "${file#*/}"
    cat "$file"
    printf ')template"},\n'
done

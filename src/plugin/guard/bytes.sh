#!/bin/sh
# Writes the bytes of a file as they may stand between the braces of an array in C.
od -An -v -tx1 "$1" | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'

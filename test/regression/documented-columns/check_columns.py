"""The columns of files are those of the documentation, in its order: check_columns.py <output.md>."""

import re
import sys

text = open(sys.argv[1]).read()
for name in ("consumed_energy.csv", "jobs.csv"):
    section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*) \|", section, re.MULTILINE)
    documented = [column for row in rows for column in re.findall(r"`(\w+)`", row)]
    columns = open(f"out/{name}").readline().strip().split(",")
    if columns != documented[:len(columns)]:  # some columns are there on request only
        sys.exit(f"{name} has {columns}, documented are {documented}")

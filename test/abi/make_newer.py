#!/usr/bin/env python3
"""Writes the batsched.h of a later minor version: structs and unions grow at their ends."""

import re
import sys

# Members of the union in batsched_event_t: without a struct_size of their own, they grow all the same.
EVENTS = ("job_completed", "external_event")
NEW_FUNCTIONS = """
    /* New in this version. */
    batsched_status_t (*newer_function)(const batsched_simulator_t *sim, uint64_t value);
"""


def grow(match):
    head, body, name = match.groups()
    if "uint32_t struct_size" not in body and name not in (f"batsched_{e}_t" for e in EVENTS):
        return match.group(0)
    if name == "batsched_event_t":
        return match.group(0)
    return f"{head}{{{body}    uint64_t newer_member;\n}} {name};"


def main():
    source, target = sys.argv[1:]
    text = open(source).read()
    minor = int(re.search(r"#define BATSCHED_ABI_MINOR (\d+)", text).group(1))
    text = text.replace(f"BATSCHED_ABI_MINOR {minor}", f"BATSCHED_ABI_MINOR {minor + 1}")
    text = re.sub(r"(typedef struct batsched_\w+ )\{(.*?)\} (batsched_\w+_t);", grow, text,
                  flags=re.DOTALL)
    head, tail = text.split("struct batsched_simulator {", 1)
    body, rest = tail.split("\n};", 1)
    text = f"{head}struct batsched_simulator {{{body}\n{NEW_FUNCTIONS}}};{rest}"
    # The plugin's own struct is made by the macro.
    text = text.replace("sched_init, sched_on_event, sched_finalize}",
                        "sched_init, sched_on_event, sched_finalize, 7}")
    # Designated for a later version: events that this simulator never sends.
    text = text.replace("BATSCHED_EVENT_DECIDE =", "BATSCHED_EVENT_NEWER = 777,\n    "
                                                   "BATSCHED_EVENT_DECIDE =")
    open(target, "w").write(text)


if __name__ == "__main__":
    main()

"""Compares what hosts did with a reference: check_schedule.py <reference> <ours>."""

import json
import math
import sys

reference, ours = (json.load(open(path)) for path in sys.argv[1:])
TOLERANCE = {"nb_computing_machines": 0, "nb_grouped_switches": 0, "nb_machine_switches": 0,
             "time_computing": 0.02, "time_idle": 0.02, "time_sleeping": 0.02,
             "time_switching_off": 1e-6, "time_switching_on": 1e-6, "time_unavailable": 0,
             "makespan": 0.001}
differences = [f"{key}: {ours[key]}, expected {reference[key]} +- {tolerance}"
               for key, tolerance in TOLERANCE.items()
               if not math.isclose(ours[key], reference[key], rel_tol=0, abs_tol=tolerance)]
print("\n".join(differences))
sys.exit(bool(differences))

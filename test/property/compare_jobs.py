"""Whether two jobs.csv have the same jobs, as two execution models must have them."""

import csv
import json
import math

TOLERANCE = 1e-9  # of dates and run times, relative
# Of what is done of a job that was killed, and of what that has consumed: SimGrid finishes work up to
# such shares at once.
SHARE_TOLERANCE = 1e-6


def read_jobs(path):
    with open(path, newline="") as file:
        return {(row["workload_name"], row["job_id"]): row for row in csv.DictReader(file)}


def close(a, b, tolerance=TOLERANCE, last_digits=0.0):
    """Whether two texts are numbers that are nearly the same, or the same text."""
    return a == b or bool(a and b) and math.isclose(float(a), float(b), rel_tol=tolerance,
                                                    abs_tol=last_digits)


def same_progress(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same_progress(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same_progress, a, b))
    if isinstance(a, float) or isinstance(b, float):
        return math.isclose(a, b, rel_tol=0, abs_tol=SHARE_TOLERANCE)
    return a == b


def difference(job, a, b):
    """What is not the same of a job; "" if nothing is."""
    for column in ("final_state", "allocated_resources"):
        if a[column] != b[column]:
            return f"job {job}: {column} {a[column]} or {b[column]}"
    # Dates are doubles, so that a difference of two is not better than their last digits.
    last_digits = 64 * math.ulp(max(float(a["finish_time"] or 0), float(b["finish_time"] or 0)))
    for column, digits in (("starting_time", 0.0), ("finish_time", 0.0),
                           ("execution_time", last_digits)):
        if not close(a[column], b[column], last_digits=digits):
            return f"job {job}: {column} {a[column]} or {b[column]}"
    if not close(a["consumed_energy"], b["consumed_energy"], SHARE_TOLERANCE, SHARE_TOLERANCE):
        return f"job {job}: {a['consumed_energy']} J or {b['consumed_energy']} J"
    if not same_progress(json.loads(a["metadata"] or "{}"), json.loads(b["metadata"] or "{}")):
        return f"job {job}: {a['metadata']} or {b['metadata']}"
    return ""


def differences(path, other_path):
    """What is not the same in the two files; nothing if all jobs are the same."""
    jobs, others = read_jobs(path), read_jobs(other_path)
    if jobs.keys() != others.keys():
        return [f"{len(jobs)} and {len(others)} jobs"]
    texts = [difference("!".join(job), jobs[job], others[job]) for job in sorted(jobs)]
    return [text for text in texts if text]

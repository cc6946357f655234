# beside.py - what fcfs.py imports.
calls = 0


def count_call():
    global calls
    calls += 1
    return calls

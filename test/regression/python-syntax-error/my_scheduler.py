import batsched

class Mine(batsched.Scheduler:
    pass

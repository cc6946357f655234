import sys

import batsched


class Mine(batsched.Scheduler):
    def on_decide(self):
        print("half a line", end="")
        sys.exit(3)

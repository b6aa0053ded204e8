"""Read by each process of the product that a test starts with `CLOCK_SHIFT`: its clock is that many seconds ahead.

The product itself has no such switch; this folder is on the path of those processes alone.
"""

import os
import time

import time_machine

if shift := float(os.environ.get("CLOCK_SHIFT", 0)):
    time_machine.travel(time.time() + shift, tick=True).start()

"""A run that is killed: its server ends all the same."""

import os
import signal

from soap import is_entitled


def test_is_killed(latchkey):
    assert is_entitled(latchkey) == "400"
    print("killed", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

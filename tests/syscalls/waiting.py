"""What the traced programs have in common: they warm up, wait to be traced, act, and say in one line how it went."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.texts import error_words

_PR_SET_PTRACER = 0x59616D61


def act_when_traced(act: Callable[[], str]) -> None:
    """Say `ready`, wait for SIGUSR1, act, and end with one line: what `act` answers, or the error for the clerk."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(-1))
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    os.write(1, b"ready\n")
    signal.sigwait({signal.SIGUSR1})
    try:
        said = {"outcome": act()}
    except YuyueError as error:
        words = error_words(error)
        said = {"outcome": "", "code": error.code.value, "title": words.title, "advice": words.advice}
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()
    os._exit(0)

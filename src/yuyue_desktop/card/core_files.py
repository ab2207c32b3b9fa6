"""Keeps the memory of this process out of core files: a PIN may be in it; knows nothing else of the card."""

from __future__ import annotations

import ctypes
import sys

if sys.platform == "win32":
    _NO_ERROR_BOXES = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX

    def refuse_core_files() -> None:
        """A crash makes no dump by Windows Error Reporting and waits in no message box."""
        ctypes.windll.kernel32.SetErrorMode(_NO_ERROR_BOXES)
else:
    import resource

    _SET_DUMPABLE = 4  # PR_SET_DUMPABLE of <sys/prctl.h>

    def refuse_core_files() -> None:
        """A crash writes no core file, neither here nor through a program that collects them."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        prctl = getattr(ctypes.CDLL(None), "prctl", None)
        if prctl is not None:
            prctl(_SET_DUMPABLE, 0, 0, 0, 0)

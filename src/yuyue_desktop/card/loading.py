"""Loads a driver on Windows with what its maker put beside it, and sees that part of one is lacking; knows no PKCS#11.

python-pkcs11 asks Windows for the driver alone, and Windows looks for the libraries that a driver needs in every folder
but the driver's own. A driver that is loaded already is taken as it is.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path

_WINDOWS_FAULTS = frozenset({127, 182, 193, 1157, 14001})
"""Windows' own numbers: no such function or ordinal, no library, none for this kind of program, no such assembly."""
_OTHER_FAULTS = re.compile(
    "cannot open shared object file|wrong ELF class|invalid ELF header|file too short|version `.*' not found"
    "|undefined symbol(?!: C_GetFunctionList)"
)
"""What glibc says, in English whatever the language. A library without C_GetFunctionList is whole, but no driver."""


def is_part_lacking(error: Exception) -> bool:
    """Whether a driver that is there can't be loaded as a part of it is lacking, damaged or made for other programs."""
    if isinstance(error.__cause__, OSError):  # in the frozen program, whose boot loader puts words of its own over it
        error = error.__cause__
    if isinstance(error, FileNotFoundError):  # what ctypes makes of Windows' 126, without that number
        return True
    if isinstance(error, OSError):
        return getattr(error, "winerror", None) in _WINDOWS_FAULTS
    return _OTHER_FAULTS.search(str(error)) is not None


if sys.platform == "win32":
    _ITS_OWN_FOLDER_FIRST = 0x0008  # LOAD_WITH_ALTERED_SEARCH_PATH; only for an absolute path

    def load_with_companions(module: Path) -> None:
        """Load a driver by its absolute path, for as long as this process lives. Raises OSError."""
        # Makers' drivers load the parts for single kinds of cards later, by their bare names: that has no flags.
        folders = os.environ.get("PATH", "").split(os.pathsep)
        if folders[0] != str(module.parent):
            os.environ["PATH"] = os.pathsep.join([str(module.parent), *folders])
        ctypes.CDLL(str(module), winmode=_ITS_OWN_FOLDER_FIRST)
else:

    def load_with_companions(module: Path) -> None:
        """Elsewhere a driver itself says where its libraries are."""

"""Loads a driver on Windows with what its maker put beside it; knows no PKCS#11.

python-pkcs11 asks Windows for the driver alone, and Windows looks for the libraries that a driver needs in every folder
but the driver's own. A driver that is loaded already is taken as it is.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

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

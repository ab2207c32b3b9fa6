"""Where PKCS#11 drivers are on each system, and which fit; loads none.

Absolute paths only, so that no folder search ever picks one up.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from pathlib import Path

# A driver chosen in the settings comes before these. OpsP11 is installed by the e-port client control.
WINDOWS_MODULES = (
    r"C:\中国电子口岸客户端控件\OpsP11.dll",
    r"C:\Windows\System32\OpsP11.dll",
    r"C:\Windows\System32\eps2003csp11.dll",
    r"C:\Windows\System32\ShuttleCsp11_3003.dll",
    r"C:\Windows\System32\WDPKCS.dll",
    r"C:\Program Files\OpenSC Project\OpenSC\pkcs11\opensc-pkcs11.dll",
)
LINUX_MODULES = (
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib64/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
)
_X64 = 0x8664
# Of a Windows library: where its header begins, and what that begins with: a mark and the machine it is made for.
_HEADER_AT, _HEADER = struct.Struct("<60xI"), struct.Struct("<4sH")


def known_modules(platform: str = sys.platform) -> tuple[Path, ...]:
    """Every path where a driver may be on a system (`sys.platform`), the likeliest first."""
    return tuple(Path(path) for path in (WINDOWS_MODULES if platform == "win32" else LINUX_MODULES))


def installed_modules(candidates: Sequence[Path] | None = None) -> tuple[Path, ...]:
    """Those that are there and fit; relative ones are never taken."""
    paths = known_modules() if candidates is None else candidates
    return tuple(path for path in paths if path.is_absolute() and path.is_file() and is_loadable(path))


def is_loadable(module: Path, platform: str = sys.platform) -> bool:
    """Whether a driver is made for programs like this one.

    On Windows makers install drivers for 32-bit programs too, the e-port client control's among them.
    """
    return platform != "win32" or _windows_machine(module) == _X64


def _windows_machine(library: Path) -> int:
    """For which machine a Windows library is made, by its header; 0 where it is none."""
    try:
        with library.open("rb") as file:
            start = file.read(_HEADER_AT.size)
            file.seek(*_HEADER_AT.unpack(start))
            mark, machine = _HEADER.unpack(file.read(_HEADER.size))
    except (OSError, struct.error):
        return 0
    return int(machine) if mark == b"PE\0\0" else 0

"""Where PKCS#11 drivers are on each system; absolute paths only, so that no folder search ever picks one up."""

from __future__ import annotations

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


def known_modules(platform: str = sys.platform) -> tuple[Path, ...]:
    """Every path where a driver may be on a system (`sys.platform`), the likeliest first."""
    return tuple(Path(path) for path in (WINDOWS_MODULES if platform == "win32" else LINUX_MODULES))


def installed_modules(candidates: Sequence[Path] | None = None) -> tuple[Path, ...]:
    """Those that are there; relative ones are never taken."""
    paths = known_modules() if candidates is None else candidates
    return tuple(path for path in paths if path.is_absolute() and path.is_file())

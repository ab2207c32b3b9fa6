"""Freeze the Windows program with PyInstaller under Wine, by build.spec."""

from __future__ import annotations

import shutil

from devtools.places import ROOT
from devtools.processes import StepFailed
from devtools.windows import notices, wine
from devtools.windows.layout import PRODUCT, PROGRAMS, WORK

LIMIT_S = 600


def freeze() -> None:
    """Make the product's folder anew. Raises StepFailed with the tool's last lines."""
    shutil.rmtree(PRODUCT, ignore_errors=True)
    notices.write()
    where = ["--workpath", wine.windows_path(WORK / "pyinstaller"), "--distpath", wine.windows_path(PRODUCT.parent)]
    spec = wine.windows_path(ROOT / "build.spec")
    # Compiled sources are kept in a folder of their own: none lies beside our sources, and the many short-lived Pythons
    # that PyInstaller starts need not compile the library anew.
    own = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": wine.windows_path(WORK / "pycache"),
        "PYINSTALLER_CONFIG_DIR": wine.windows_path(WORK / "pyinstaller-cache"),
    }
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, spec]
    wine.run_python(command, LIMIT_S, own)
    missing = [name for name in PROGRAMS if not (PRODUCT / f"{name}.exe").is_file()]
    if missing:
        raise StepFailed(f"PyInstaller made no {', '.join(missing)}")

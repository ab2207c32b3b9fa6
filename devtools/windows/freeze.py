"""Freeze the Windows program with PyInstaller under Wine, by build.spec."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from devtools.places import ROOT
from devtools.processes import StepFailed
from devtools.windows import bytecode, notices, stamps, wine
from devtools.windows.layout import BARE, PRACTICE, PRODUCT, PROGRAMS, WORK

LIMIT_S = 1500
MEASURED = "YUYUE_MEASURED"
"""Environment variable: build.spec freezes a bare window too, beside which the product is measured."""

DEFLATED = "PYINSTALLER_ZLIB_COMPRESSION_LEVEL"
"""Environment variable of PyInstaller: how hard it packs modules. What is packed already the setup can't pack better,
and the window would have to unpack at each start; 0 leaves it to the setup."""

BASE_LIBRARY = Path("_internal", "base_library.zip")
"""In a frozen folder: the modules that Python itself needs to begin."""

EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable, known to many tools: the seconds since 1970 that stand for the time of a build."""


def freeze(*, is_measured: bool) -> None:
    """Make the frozen folders anew, the bare window's only for the measure. Raises StepFailed."""
    for folder in (PRODUCT, PRACTICE, BARE):
        shutil.rmtree(folder, ignore_errors=True)
    notices.write()
    workshop = WORK / "pyinstaller"
    recipe = stamps.fingerprint(ROOT / "build.spec", Path(bytecode.__file__))
    if not stamps.is_fresh(workshop, recipe):
        # PyInstaller would take up again what it made by another recipe.
        shutil.rmtree(workshop, ignore_errors=True)
    where = ["--workpath", wine.windows_path(workshop), "--distpath", wine.windows_path(PRODUCT.parent)]
    spec = wine.windows_path(ROOT / "build.spec")
    command = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *where, spec]
    wine.run_python(command, LIMIT_S, _environment(is_measured=is_measured))
    wanted = [
        *(PRODUCT / f"{name}.exe" for name in PROGRAMS),
        PRACTICE / "yuyue-practice.exe",
        *([BARE / "bare-window.exe"] if is_measured else []),
    ]
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        raise StepFailed(f"PyInstaller made no {', '.join(missing)}")
    sort_entries(PRODUCT / BASE_LIBRARY)
    stamps.mark(workshop, recipe)


def sort_entries(file: Path) -> None:
    """Write a zip file anew, its entries by their names: the order that PyInstaller finds them in is chance."""
    with zipfile.ZipFile(file) as found:
        entries = sorted(((entry, found.read(entry)) for entry in found.infolist()), key=lambda held: held[0].filename)
    with zipfile.ZipFile(file, "w") as written:
        for entry, content in entries:
            written.writestr(entry, content)


def _environment(*, is_measured: bool) -> dict[str, str]:
    """What PyInstaller and the Pythons that it starts are told."""
    return {
        # Compiled sources are kept in a folder of their own: none lies beside our sources, and the many short-lived
        # Pythons need not compile the library anew.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": wine.windows_path(WORK / "pycache"),
        "PYINSTALLER_CONFIG_DIR": wine.windows_path(WORK / "pyinstaller-cache"),
        MEASURED: "1" if is_measured else "",
        DEFLATED: "0",
        bytecode.NO_COLUMNS: "1",
        **_settled(),
    }


def _settled() -> dict[str, str]:
    """What would otherwise be chance or the clock: the order of sets, and the time in the programs' headers."""
    return {"PYTHONHASHSEED": "0", EPOCH: os.environ.get(EPOCH) or _commit_time() or "0"}


def _commit_time() -> str:
    """When the commit was made that lies here, in seconds since 1970; '' in a folder without Git's own."""
    command = ["git", "log", "-1", "--format=%ct"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.strip()

"""The product's packages for Windows, from the project's lock by hash, into the build's Python."""

from __future__ import annotations

import shutil
from pathlib import Path

from packaging.requirements import Requirement

from devtools import product
from devtools.environment import select
from devtools.places import CACHE, LOCK, VENV_PROGRAMS
from devtools.processes import must_call
from devtools.windows.layout import PYTHON, SITE_PACKAGES, WORK
from devtools.windows.never_loaded import NEVER_LOADED

EXTRAS = ("pcsc", "practice")
TOOL = "pyinstaller"
# The newest of the Microsoft runtimes among the wheels serves for everything.
RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")
WRITTEN_TWICE = ("charset_normalizer", "sqlalchemy")
"""Packages with modules that are there in Python and, quicker, compiled. Nothing here needs them quicker: the practice
office's books are small, and no encoding is guessed. Compiled they take ten times the room in the setup."""


def locked_for_windows() -> str:
    """Return the lock's entries for the product and for the tool that freezes it."""
    parts = product.packages(EXTRAS, ["win32"]) - NEVER_LOADED.keys()
    names = parts | product.closure([Requirement(TOOL)], ["win32"])
    return select(LOCK.read_text(encoding="utf-8"), tuple(sorted(names)))


def install() -> None:
    """Fill the build's Python with exactly the locked packages. Raises StepFailed."""
    shutil.rmtree(SITE_PACKAGES, ignore_errors=True)
    wanted = WORK / "wheels.txt"
    wanted.write_text(locked_for_windows(), encoding="utf-8")
    what: list[str | Path] = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", wanted]
    where: list[str | Path] = [
        "--python-platform",
        "x86_64-pc-windows-msvc",
        "--python-version",
        "3.11",
        "--target",
        SITE_PACKAGES,
    ]
    cached = {"UV_CACHE_DIR": str(CACHE / "uv")}
    must_call([VENV_PROGRAMS / "uv", "pip", "install", "--quiet", *what, *where], cached)
    for name in RUNTIME:
        shutil.copy(SITE_PACKAGES / "PySide6" / name, PYTHON / name)
    for package in WRITTEN_TWICE:
        drop_compiled_doubles(SITE_PACKAGES / package)


def drop_compiled_doubles(package: Path) -> None:
    """Remove a package's compiled modules that are there in Python too."""
    for compiled in package.rglob("*.pyd"):
        if compiled.with_name(compiled.name.partition(".")[0] + ".py").is_file():
            compiled.unlink()

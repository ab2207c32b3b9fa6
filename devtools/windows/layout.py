"""Where the Windows build keeps its things; all of it lies in ignored folders."""

from __future__ import annotations

from pathlib import Path

from devtools.places import BUILD, CACHE, ROOT

WORK = BUILD / "windows"
PYTHON = WORK / "python"
PYTHON_PROGRAM = PYTHON / "python.exe"
SITE_PACKAGES = PYTHON / "Lib" / "site-packages"
STAND_INS = WORK / "stand-ins"
TOKEN_DRIVER = WORK / "token-driver"
"""SoftHSM2 for Windows: the packaged tests' card, no part of the product."""
PREFIX = WORK / "prefix"
PRODUCT = WORK / "dist" / "yuyue-desktop"
PRACTICE = WORK / "dist" / "yuyue-practice"
"""No more than the product lacks: it works only where the setup puts it, in the product's folder."""
BARE = WORK / "dist" / "bare-window"
"""A window with nothing in it, trimmed by the same rules: the measure of start and size."""
RELEASE = ROOT / "dist"
INSTALLER = ROOT / "installer"
DOWNLOADS = CACHE / "downloads"

PROGRAMS = ("yuyue-desktop", "yuyue", "yuyue-worker")

RECIPE = Path(__file__).resolve().parent

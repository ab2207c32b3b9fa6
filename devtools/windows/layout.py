"""Where the Windows build keeps its things; all of it lies in ignored folders."""

from __future__ import annotations

from pathlib import Path

from devtools.places import BUILD, CACHE

WORK = BUILD / "windows"
PYTHON = WORK / "python"
PYTHON_PROGRAM = PYTHON / "python.exe"
SITE_PACKAGES = PYTHON / "Lib" / "site-packages"
STAND_INS = WORK / "stand-ins"
PREFIX = WORK / "prefix"
PRODUCT = WORK / "dist" / "yuyue-desktop"
DOWNLOADS = CACHE / "downloads"

PROGRAMS = ("yuyue-desktop", "yuyue", "yuyue-worker")

RECIPE = Path(__file__).resolve().parent

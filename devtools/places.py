"""Where things are in the project's tree; knows no command."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache"
BUILD = ROOT / "build"
REPORTS = BUILD / "reports"
LOCK = ROOT / "requirements.lock"
PYPROJECT = ROOT / "pyproject.toml"

VENV_PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
VENV_PYTHON = VENV_PROGRAMS / ("python.exe" if os.name == "nt" else "python")

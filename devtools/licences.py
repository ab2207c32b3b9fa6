"""Check that every library inside the product has a licence that fits the project's Apache-2.0; runs in `.venv`."""

from __future__ import annotations

import re
import sys
from importlib import metadata

from devtools import product

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


def main() -> int:
    """Print what is wrong and return the exit code."""
    names = product.packages(product.extras())
    faults = [fault for name in sorted(names) if (fault := judge(name))]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


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

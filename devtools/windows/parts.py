"""The list of a setup's parts in CycloneDX's form: Python and every package with version and licence; packs nothing."""

from __future__ import annotations

import json
import uuid
from email import message_from_string
from importlib.metadata import Distribution, distributions
from typing import Any

from packaging.utils import canonicalize_name

from devtools import product
from devtools.windows import notices
from devtools.windows.layout import SITE_PACKAGES
from devtools.windows.wheels import EXTRAS
from devtools.windows.windows_python import PACKAGE as PYTHON_PACKAGE
from devtools.windows.windows_python import SHA256 as PYTHON_SHA256

PYTHON_VERSION = "3.11.9"
FORM = "1.6"
_SPACE = uuid.UUID("5c3cbe3c-9f57-4f6b-9a59-2b8e0a4b3d1e")


def bill(version: str) -> str:
    """The list as JSON; the same parts give the same text."""
    components = [_python(), *(_package(found) for found in _packages())]
    listed = {
        "bomFormat": "CycloneDX",
        "specVersion": FORM,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "yuyue-desktop",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
    }
    serial = uuid.uuid5(_SPACE, json.dumps(listed, sort_keys=True))
    return json.dumps({**listed, "serialNumber": f"urn:uuid:{serial}"}, ensure_ascii=False, indent=2) + "\n"


def _python() -> dict[str, Any]:
    return {
        "type": "platform",
        "name": "CPython",
        "version": PYTHON_VERSION,
        "licenses": [{"license": {"id": "Python-2.0"}}],
        "properties": [{"name": "taken from", "value": f"{PYTHON_PACKAGE}, sha256 {PYTHON_SHA256}"}],
    }


def _packages() -> list[Distribution]:
    """The packages inside, in the order of their names; the build's Python holds the tool that freezes too."""
    inside = product.packages(EXTRAS, ["win32"])
    installed = {canonicalize_name(found.name): found for found in distributions(path=[str(SITE_PACKAGES)])}
    return [found for name, found in sorted(installed.items()) if name in inside]


def _package(found: Distribution) -> dict[str, Any]:
    about = message_from_string(found.read_text("METADATA") or "")
    name = canonicalize_name(found.name)
    licence = notices.licence_name(about)
    is_expression = "License-Expression" in about
    return {
        "type": "library",
        "name": name,
        "version": found.version,
        "purl": f"pkg:pypi/{name}@{found.version}",
        "licenses": [{"expression": licence} if is_expression else {"license": {"name": licence or "see notices"}}],
    }

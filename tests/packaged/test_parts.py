"""The list of parts beside the setup names everything that is inside, and nothing else."""

from __future__ import annotations

import json

import pytest

from devtools.windows import parts

pytestmark = pytest.mark.wine


def test_every_part_has_version_and_licence_and_none_is_twice() -> None:
    listed = json.loads(parts.bill("1.2.3"))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["component"]["version"] == "1.2.3"
    names = [part["name"] for part in listed["components"]]
    assert len(names) == len(set(names)) > 40
    assert {"CPython", "pyside6-essentials", "cryptography", "apsw-sqlite3mc", "litestar", "pyscard"} <= set(names)
    assert not {"pyinstaller", "pytest", "setuptools"} & set(names)
    for part in listed["components"]:
        assert part["version"]
        (licence,) = part["licenses"]
        assert licence.get("expression") or licence["license"].get("id") or licence["license"]["name"]


def test_the_same_parts_give_the_same_list() -> None:
    assert parts.bill("1.2.3") == parts.bill("1.2.3")
    assert parts.bill("1.2.3") != parts.bill("1.2.4")

"""The frozen practice side serves the document that the same office serves from the tree."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.windows import installing, wine
from devtools.windows.layout import PRACTICE
from devtools.windows.screen import Screen
from tests.packaged.office import office_here
from yuyue_practice.control.client import READY_FILE, ControlClient, CutOff

pytestmark = pytest.mark.wine

DOCUMENT = "/openapi/openapi.json"
PATIENCE_S = 120.0


@pytest.fixture
def program(product: Path, tmp_path: Path) -> Path:
    """The practice side beside the product, as the setup puts it."""
    folder = tmp_path / "program"
    for part in (product, PRACTICE):
        # Links: nothing of it is written to.
        shutil.copytree(part, folder, copy_function=os.link, dirs_exist_ok=True)
    return folder / "yuyue-practice.exe"


@pytest.fixture
def frozen_office(
    program: Path, wine_environment: dict[str, str], screen: Screen, tmp_path: Path
) -> Iterator[ControlClient]:
    """A frozen office at work; stopped afterwards."""
    folder, here = tmp_path / "frozen", tmp_path / "here"
    with installing.running(program, ("start", "--folder", wine.windows_path(folder)), wine_environment) as process:
        screen.wait_until("the office's ready file", (folder / READY_FILE).exists, PATIENCE_S)
        ready = json.loads((folder / READY_FILE).read_text(encoding="utf-8"))
        (authority,) = folder.rglob(ready["ca_file"].rpartition("\\")[2])
        here.mkdir()
        (here / READY_FILE).write_text(json.dumps({**ready, "ca_file": str(authority)}), encoding="utf-8")
        client = ControlClient(here)
        yield client
        with contextlib.suppress(CutOff):  # it may be gone before all of its answer is
            client.call("POST", "/practice/stop")
        process.wait(PATIENCE_S)


def test_the_document_is_the_same_to_the_last_word(frozen_office: ControlClient, tmp_path: Path) -> None:
    with office_here(tmp_path / "tree") as office:
        from_tree = ControlClient(office.profile_file.parent / "office").call("GET", DOCUMENT)
    assert frozen_office.call("GET", DOCUMENT) == from_tree
    assert "description" in json.dumps(from_tree)

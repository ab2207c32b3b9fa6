"""What the frozen programs' bytecode loses and keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from devtools.places import ROOT
from devtools.windows import bytecode

SOURCE = '''"""What the module does."""
from __future__ import annotations

"""No docstring, but a text that stands alone."""

class Thing:
    """What a thing is."""

    def tell(self):
        """What it tells."""
        return lambda: "a text first"

    async def wait(self):
        """Nothing but words."""

def bare():
    return [text for text in ("a", "b") if text != "a"]

def claim(value):
    """What is claimed."""
    assert value, "it must be so"
'''
LAST_LINE = SOURCE.count("\n")

Compile = Callable[[str], CodeType]


@pytest.fixture
def compiled(tmp_path: Path) -> Compile:
    """Compiles the source as a module of this name."""
    file = tmp_path / "module.py"
    file.write_text(SOURCE, encoding="utf-8")
    return lambda name: bytecode.compile_module(name, file)


def run(code: CodeType) -> dict[str, Any]:
    """The names of a module that is imported."""
    names: dict[str, Any] = {"__name__": "module"}
    exec(code, names)  # noqa: S102
    return names


def docstrings(names: dict[str, Any]) -> list[str | None]:
    """The docstrings of all that the source has."""
    thing = names["Thing"]
    return [
        names["__doc__"],
        *(part.__doc__ for part in (thing, thing.tell, thing.wait, names["claim"], names["bare"])),
    ]


@pytest.mark.parametrize("name", ["library", "library.module", "yuyue_desktop.store.reader", "yuyue_practiced"])
def test_docstrings_that_nobody_reads_are_as_short_as_can_be(compiled: Compile, name: str) -> None:
    assert docstrings(run(compiled(name))) == [*["-"] * 5, None]


@pytest.mark.parametrize("package", bytecode.SHOWN)
def test_those_that_the_document_shows_stay(compiled: Compile, package: str) -> None:
    told = [
        "What the module does.",
        "What a thing is.",
        "What it tells.",
        "Nothing but words.",
        "What is claimed.",
        None,
    ]
    assert docstrings(run(compiled(f"{package}.module"))) == told


def test_what_it_does_is_the_same(compiled: Compile) -> None:
    names = run(compiled("library.module"))
    assert names["Thing"]().tell()() == "a text first"
    assert names["bare"]() == ["b"]


def test_asserts_stay_and_failures_name_their_line(compiled: Compile) -> None:
    with pytest.raises(AssertionError, match="it must be so") as failed:
        run(compiled("library.module"))["claim"](None)
    assert failed.traceback[-1].lineno + 1 == LAST_LINE


def test_without_columns_lines_stay(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(SOURCE, encoding="utf-8")
    look = (
        "from pathlib import Path; from devtools.windows.bytecode import compile_module; import json; "
        "print(json.dumps(list(compile_module('library', Path('module.py')).co_positions())))"
    )
    environment = {**os.environ, bytecode.NO_COLUMNS: "1", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(
        [sys.executable, "-c", look], cwd=tmp_path, env=environment, capture_output=True, check=True
    )
    places = json.loads(answer.stdout)
    assert {tuple(columns) for _, _, *columns in places} == {(None, None)}
    assert {line for line, *_ in places} == {line for line, *_ in compile(SOURCE, "", "exec").co_positions()}

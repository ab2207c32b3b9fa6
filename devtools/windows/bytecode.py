"""The bytecode of the frozen programs' modules, without what no run of them reads; knows no PyInstaller."""

from __future__ import annotations

import ast
import functools
from pathlib import Path
from types import CodeType

NO_COLUMNS = "PYTHONNODEBUGRANGES"
"""Environment variable of Python: who compiles with it notes lines, not columns. Columns only mark a place in the line
of source that a traceback shows, and no source travels along; packed they are nearly a quarter of all bytecode."""

SHOWN = ("yuyue_practice", "yuyue_desktop.domain", "yuyue_desktop.wire")
"""Packages that keep their docstrings: the practice side's OpenAPI document is made of them."""

SHORTEST = "-"
"""Stands where any other docstring stood. Without any, `assert`s of SQLAlchemy's fail, which count on one, and each
dataclass works out its signature to have one."""


@functools.cache
def compile_module(name: str, file: Path) -> CodeType:
    """Compile a module from its source, `assert`s and all. Raises SyntaxError."""
    tree = ast.parse(file.read_bytes(), str(file))
    if not is_shown(name):
        _shorten_docstrings(tree)
    return compile(tree, str(file), "exec", dont_inherit=True, optimize=0)


def is_shown(name: str) -> bool:
    """Tell whether somebody reads a module's docstrings when it runs."""
    return any(name == package or name.startswith(f"{package}.") for package in SHOWN)


def _shorten_docstrings(tree: ast.Module) -> None:
    for node in ast.walk(tree):
        match node:
            case (
                ast.Module(body=[first, *_])
                | ast.ClassDef(body=[first, *_])
                | ast.FunctionDef(body=[first, *_])
                | ast.AsyncFunctionDef(body=[first, *_])
            ):
                _shorten(first)


def _shorten(statement: ast.stmt) -> None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str()) as docstring):
            docstring.value = SHORTEST

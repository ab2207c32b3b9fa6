"""The pieces of the Windows build that need no Wine: what is unpacked, when a step is repeated, what licences say."""

from __future__ import annotations

import hashlib
from email.message import Message
from pathlib import Path

import pytest

from devtools import product
from devtools.windows import notices, stamps, wheels, windows_python, wine
from devtools.windows.never_loaded import NEVER_LOADED
from devtools.windows.prefix import stand_in_names


@pytest.mark.parametrize("name", ["python.exe", "python311.dll", "DLLs/_ssl.pyd", "Lib/json/decoder.py", "LICENSE.txt"])
def test_what_belongs_to_python_is_unpacked(name: str) -> None:
    assert windows_python.is_kept(name)


@pytest.mark.parametrize(
    "name",
    [
        "Lib/json/__pycache__/decoder.cpython-311.pyc",
        "Lib/site-packages/stranger/__init__.py",
        "Lib/test/test_json.py",
        "DLLs/tcl86t.dll",
        "Scripts/pip.exe",
        "msvcp140.dll",
        "stranger.exe",
    ],
)
def test_what_nobody_signed_or_needs_is_not(name: str) -> None:
    assert not windows_python.is_kept(name)


def test_a_library_file_counts_as_listed_by_its_content_only(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_bytes(b"x = 1\r\n")
    catalogue = b"..." + hashlib.sha256(b"x = 1\r\n").digest() + b"..."
    assert windows_python.is_listed(file, catalogue)
    file.write_bytes(b"x = 2\r\n")
    assert not windows_python.is_listed(file, catalogue)


def test_the_windows_packages_are_the_products_and_the_freezer_only() -> None:
    names = {entry.split("==")[0] for entry in wheels.locked_for_windows().split("\n") if "==" in entry[:60]}
    assert {"pyside6-essentials", "pywin32-ctypes", "pyscard", "pyinstaller", "tongsuopy", "litestar"} <= names
    assert names.isdisjoint({"pytest", "mypy", "schemathesis", "uv", "secretstorage"})


def test_what_is_never_loaded_is_asked_for_by_another_and_left_out_with_a_reason() -> None:
    names = {entry.split("==")[0] for entry in wheels.locked_for_windows().split("\n") if "==" in entry[:60]}
    assert names.isdisjoint(NEVER_LOADED)
    assert NEVER_LOADED.keys() <= product.packages(wheels.EXTRAS, ["win32"])
    assert all(len(reason) > 20 for reason in NEVER_LOADED.values())


def test_of_a_module_in_python_and_compiled_the_python_stays(tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    for name in ("__init__.py", "engine/rows.py", "engine/rows.cp311-win_amd64.pyd", "engine/core.cp311-win_amd64.pyd"):
        (tmp_path / name).touch()
    wheels.drop_compiled_doubles(tmp_path)
    assert {path.name for path in tmp_path.rglob("*.py*")} == {"__init__.py", "rows.py", "core.cp311-win_amd64.pyd"}


def test_a_step_is_repeated_when_an_input_changes(tmp_path: Path) -> None:
    source, result = tmp_path / "source", tmp_path / "result"
    source.mkdir()
    (source / "one.c").write_text("int one;")
    result.mkdir()
    inputs = stamps.fingerprint(source, "version 1")
    assert not stamps.is_fresh(result, inputs)
    stamps.mark(result, inputs)
    assert stamps.is_fresh(result, stamps.fingerprint(source, "version 1"))
    (source / "one.c").write_text("int two;")
    assert not stamps.is_fresh(result, stamps.fingerprint(source, "version 1"))
    assert not stamps.is_fresh(result, stamps.fingerprint(source, "version 2"))


def test_a_result_that_is_gone_is_made_again(tmp_path: Path) -> None:
    stamps.mark(tmp_path / "result", "same")
    assert not stamps.is_fresh(tmp_path / "result", "same")


def test_paths_as_wine_shows_them() -> None:
    assert wine.windows_path(Path("/a/b c/预约.exe")) == "Z:\\a\\b c\\预约.exe"


def test_every_stand_in_has_a_name_of_its_own() -> None:
    assert stand_in_names() == {"icuuc.dll", "bcryptprimitives.dll", "yuyue-uisettings.dll"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License-Expression": "MIT"}, "MIT"),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, "BSD License"),
        ({"License": "Apache-2.0\nwith more text"}, "Apache-2.0"),
        ({}, ""),
    ],
)
def test_what_a_package_calls_its_licence(fields: dict[str, str], expected: str) -> None:
    metadata = Message()
    for name, value in fields.items():
        metadata[name] = value
    assert notices.licence_name(metadata) == expected


def test_the_licences_of_what_is_built_into_a_package_travel_too(tmp_path: Path) -> None:
    for name in ("LICENSE", "METADATA", "licenses/BSD.txt", "licenses/BUILD/zlib.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = {str(text.relative_to(tmp_path)) for text in notices.licence_texts(tmp_path)}
    assert found == {"LICENSE", "licenses/BSD.txt", "licenses/BUILD/zlib.txt"}

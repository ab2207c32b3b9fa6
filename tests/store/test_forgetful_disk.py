"""On a mounted disk whose power fails: real files, names and folders, and SQLite's own way down to the kernel (B2)."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.namespaces import MOUNT_REFUSED, unshared
from tests.store.forgetful_disk import ForgetfulDisk
from tests.store.importing_child import CHECKING, TAKING

ROOT = Path(__file__).parents[2]
DEVICE = Path("/dev/fuse")
SEEDS, LONG_SEEDS = ("first", "second"), range(10)
CUTS, MOVING_CUTS, IMPORTING_CUTS, LONG_CUTS = 4, 2, 4, 40
CUT_LIMIT_S = 240
SAVING, MOVING, IMPORTING = "tests.store.saving_child", "tests.store.moving_child", "tests.store.importing_child"
AIMS: dict[str, tuple[str, ...]] = {CHECKING: (CHECKING, "350"), TAKING: (TAKING, "110")}
"""So many steps has an import until it waits for the next start, and that start until the store is open."""
MOVING_SEED = "3"
"""With these cuts it comes to an export, which takes its time."""


def cuts_of(
    folder: Path, program: str, seed: str, cuts: int, *, disk: str = "honest", aim: str = ""
) -> list[dict[str, Any]]:
    """What the rig says of each cut."""
    if not DEVICE.exists():
        pytest.skip(f"this machine has no {DEVICE}")
    rig = [
        sys.executable,
        "-m",
        "tests.store.forgetful_rig",
        str(folder),
        program,
        seed,
        str(cuts),
        disk,
        *AIMS.get(aim, ()),
    ]
    ended = subprocess.run(
        [*unshared("mount"), *rig], cwd=ROOT, capture_output=True, text=True, timeout=cuts * CUT_LIMIT_S
    )
    may_not = ended.stderr.startswith("unshare:") and "not permitted" in ended.stderr
    if may_not or ended.returncode == MOUNT_REFUSED:
        pytest.skip(f"no disk can be mounted here: {ended.stderr.strip()}")
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def kinds_told(folder: Path, program: str, seed: str, count: int, aim: str = "") -> set[str]:
    """The kinds of things that the program told to be done, after it was seen that all of them are."""
    cuts = cuts_of(folder, program, seed, count, aim=aim)
    assert [cut["problem"] for cut in cuts] == [""] * count
    return {what for cut in cuts for what, *_ in cut["said"]}


@pytest.mark.thorough
@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_told_saved_is_there_when_the_power_is_back(tmp_path: Path, seed: str) -> None:
    assert kinds_told(tmp_path, SAVING, seed, CUTS) >= {"saved", "enqueued", "claimed"}


@pytest.mark.thorough
def test_a_snapshot_put_back_and_an_export_are_whole_when_the_power_is_back(tmp_path: Path) -> None:
    assert kinds_told(tmp_path, MOVING, MOVING_SEED, MOVING_CUTS) == {"saved", "exported"}


@pytest.mark.thorough
@pytest.mark.parametrize("aim", [CHECKING, TAKING])
def test_an_import_that_is_cut_leaves_the_store_from_before_or_the_imported_one(tmp_path: Path, aim: str) -> None:
    assert kinds_told(tmp_path, IMPORTING, aim, IMPORTING_CUTS, aim) >= {"saved", "held", "bringing"}


@pytest.mark.long
@pytest.mark.parametrize("aim", [CHECKING, TAKING])
@pytest.mark.parametrize("number", LONG_SEEDS)
def test_many_cuts_of_an_import_leave_one_store_or_the_other(tmp_path: Path, aim: str, number: int) -> None:
    assert kinds_told(tmp_path, IMPORTING, f"long {number}", LONG_CUTS, aim) >= {"saved", "held", "bringing", "staged"}


@pytest.mark.long
@pytest.mark.parametrize("program", [SAVING, MOVING])
@pytest.mark.parametrize("number", LONG_SEEDS)
def test_all_is_there_after_many_cuts(tmp_path: Path, program: str, number: int) -> None:
    assert "saved" in kinds_told(tmp_path, program, f"long {number}", LONG_CUTS)


@pytest.mark.thorough
def test_a_disk_that_never_syncs_loses_what_was_told_saved(tmp_path: Path) -> None:
    """Otherwise the tests above would show nothing."""
    assert any(cut["problem"] for cut in cuts_of(tmp_path, SAVING, "lying", CUTS, disk="lying"))


def images(disk: ForgetfulDisk) -> list[ForgetfulDisk]:
    """What cuts leave, in many seeds."""
    return [disk.after_a_cut(random.Random(seed)) for seed in range(64)]  # noqa: S311 - no secret


def lefts(disk: ForgetfulDisk) -> set[tuple[tuple[str, bytes], ...]]:
    """All that a cut can leave in the root, by name."""
    return {
        tuple((name, bytes(node.content)) for name, node in sorted(left.root.entries.items())) for left in images(disk)
    }


def test_a_file_is_safe_once_it_and_its_name_are_synced() -> None:
    disk = ForgetfulDisk()
    file = disk.make("/a", is_folder=False)
    file.write(b"old", 0)
    assert lefts(disk) == {(), (("a", b""),), (("a", b"old"),)}
    disk.sync(file)
    assert lefts(disk) == {(), (("a", b"old"),)}
    disk.sync(disk.root)
    assert lefts(disk) == {(("a", b"old"),)}
    file.write(b"new", 0)
    file.truncate(1)
    assert lefts(disk) == {(("a", left),) for left in (b"old", b"new", b"o", b"n")}


def test_a_rename_is_made_whole_or_not_at_all() -> None:
    disk = ForgetfulDisk()
    for name in ("/a", "/b"):
        file = disk.make(name, is_folder=False)
        file.write(name.encode(), 0)
        disk.sync(file)
    disk.sync(disk.root)
    disk.rename("/b", "/a")
    assert lefts(disk) == {(("a", b"/a"), ("b", b"/b")), (("a", b"/b"),)}
    disk.sync(disk.root)
    assert lefts(disk) == {(("a", b"/b"),)}


def test_a_large_write_is_torn_at_its_sectors() -> None:
    disk = ForgetfulDisk()
    file = disk.make("/a", is_folder=False)
    disk.sync(disk.root)
    file.write(b"x" * 1024, 0)
    left = {bytes(512) + b"x" * 512, b"x" * 512, b"x" * 1024, b""}
    assert lefts(disk) == {(("a", each),) for each in left}


def test_with_a_folder_s_names_those_changed_before_are_safe() -> None:
    """As in a journal: else the folder itself could be gone."""
    disk = ForgetfulDisk()
    folder = disk.make("/folder", is_folder=True)
    disk.make("/folder/a", is_folder=False)
    disk.make("/b", is_folder=False)
    disk.sync(folder)
    names = [(set(left.root.entries), set(left.find("/folder").entries)) for left in images(disk)]
    assert all("folder" in outer and inner == {"a"} for outer, inner in names)
    assert {"b" in outer for outer, _ in names} == {True, False}

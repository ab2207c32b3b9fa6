"""A disk that takes nothing for a while: the form keeps what was typed, says so, and saves by itself later (B2)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desk import Desk
from tests.store.parts import KEY
from tests.window.bench import Bench
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.presenters.form_page import form_place
from yuyue_desktop.ui.widgets.text_area import TextArea

pytestmark = pytest.mark.thorough

LOCKING = """
import sys
from pathlib import Path
from yuyue_desktop.store.connection import open_for_writing
connection = open_for_writing(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]))
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own, which only root can mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def desk(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("yuyue_desktop.store.connection.BUSY_TIMEOUT_MS", 100)
    desk = Desk(small_disk)
    desk.sign_in()
    yield desk
    desk.close()


@pytest.fixture
def editing(desk: Desk, bench: Bench) -> Editing:
    editing = desk.ready_draft()
    bench.workbench.forms.open(editing.id)
    return editing


def write_reason(bench: Bench, text: str) -> None:
    """At once, as a paste; the field's own law may call it too long, it is kept all the same."""
    area = bench.form().form.fields.bindings["reason"].widget
    assert isinstance(area, TextArea)
    area.insert(text)


def reason_on_disk(bench: Bench, editing: Editing) -> str:
    return bench.desk.store.read(editing.id).application.reason


def dialogs(bench: Bench) -> list[NoticeDialog]:
    return [dialog for dialog in bench.window.findChildren(NoticeDialog) if dialog.isVisible()]


def fill_up(folder: Path) -> Path:
    """A file that takes all room there is."""
    filler = folder / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(4 * 1024 * 1024))
    return filler


def test_a_full_disk_is_said_once_and_saving_goes_on_by_itself(
    qtbot: QtBot, small_disk: Path, bench: Bench, editing: Editing
) -> None:
    line, failures = bench.frame.hint_line, bench.workbench.forms.saving_of(bench.form()).failed
    before, text = reason_on_disk(bench, editing), "鲜活易腐" * 5000
    filler = fill_up(small_disk)
    with qtbot.waitSignal(failures):
        write_reason(bench, text)
    assert "磁盘已满" in line.unsaved.text
    assert line.unsaved.isVisible()
    assert bench.form().is_unsaved
    assert len(dialogs(bench)) == 1
    dialogs(bench)[0].escape()
    with qtbot.waitSignal(failures):
        pass  # tried again by itself
    assert not dialogs(bench)
    assert reason_on_disk(bench, editing) == before
    filler.unlink()
    qtbot.waitUntil(lambda: reason_on_disk(bench, editing) == text)
    qtbot.waitUntil(lambda: not line.unsaved.text)
    assert line.saved.isVisible()
    assert not bench.form().is_unsaved


def test_a_closed_tab_that_the_disk_did_not_take_is_back(
    qtbot: QtBot, small_disk: Path, bench: Bench, editing: Editing
) -> None:
    text = "鲜活易腐" * 5000
    filler = fill_up(small_disk)
    write_reason(bench, text)
    bench.frame.close_pages([bench.form()])
    qtbot.waitUntil(lambda: any(page.place == form_place(editing.id) for page in bench.frame.pages))
    assert bench.form().is_unsaved
    filler.unlink()
    qtbot.waitUntil(lambda: reason_on_disk(bench, editing) == text)


def test_a_file_that_another_program_holds_is_waited_for(qtbot: QtBot, bench: Bench, editing: Editing) -> None:
    command = [sys.executable, "-c", LOCKING, str(bench.desk.store.file), KEY.hex()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with qtbot.waitSignal(bench.workbench.forms.saving_of(bench.form()).failed):
            write_reason(bench, "flowers")
        assert "占用" in bench.frame.hint_line.unsaved.text
        assert "flowers" not in reason_on_disk(bench, editing)
        holder.stdin.close()
    qtbot.waitUntil(lambda: reason_on_disk(bench, editing) == "flowers")

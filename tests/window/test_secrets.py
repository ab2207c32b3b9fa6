"""After a whole life of an application nothing personal lies in plain anywhere on the disk, nor in what was logged."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.documents.pdfs import make_pdf
from tests.services.desk import PERSON, Desk
from tests.store.parts import KEY, LIMIT_S, make_mover, make_receipt
from tests.window.bench import Bench
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.ports import ReceiptPage
from yuyue_desktop.moving import Moving
from yuyue_desktop.store.connection import open_for_writing
from yuyue_desktop.store.snapshots import take
from yuyue_desktop.ui.forms.bindings import editor_of

pytestmark = pytest.mark.thorough

NUMBER, HALF_NUMBER = "221020261000000001", "22102026100"
EXPLANATION, GOODS = "vessel delayed by typhoon", "peonies"
REASON = "鲜活易腐 orchids"
RECEIPT = "同意预约，凭此办理"
PDF_NAME = "合同 strawberries.pdf"
PASSWORD = "a long sentence of mine"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this process and its helpers put temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return folder


@pytest.fixture
def desk(tmp_path: Path, temporary: Path) -> Iterator[Desk]:
    assert temporary.is_dir()
    desk = Desk(tmp_path / "machine")
    desk.sign_in()
    yield desk
    desk.close()


@pytest.fixture
def sit(desk: Desk, qtbot: QtBot) -> Iterator[Callable[[Desk], Bench]]:
    """Opens the window of the desk, which is gone before the desk is."""
    benches: list[Bench] = []

    def open_it(at: Desk) -> Bench:
        assert at is desk
        benches.append(Bench(at, qtbot))
        return benches[-1]

    yield open_it
    for bench in benches:
        bench.close()


def needles(desk: Desk, pdf: bytes) -> list[bytes]:
    """What must not be found, as it may be written."""
    typed = [
        "周敏", "13816245307", REASON, "orchids", NUMBER, HALF_NUMBER, EXPLANATION, GOODS, RECEIPT, PDF_NAME, PASSWORD,
        "鲜切玫瑰", "云岭花卉", "澄江生鲜", PERSON, desk.card.pin, KEY.hex(), "YTG202600000000001",
    ]  # fmt: skip
    escaped = [text.encode("unicode_escape") for text in typed if not text.isascii()]
    return [
        KEY,
        pdf[:400],
        *escaped,
        *(text.encode(kind) for text in typed for kind in ("utf-8", "utf-16-le", "gb18030")),
    ]


def found(folder: Path, hidden: list[bytes]) -> list[tuple[str, bytes]]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [(file.name, needle) for file in files for needle in hidden if needle in file.read_bytes()]


def test_nothing_personal_is_left_in_plain(
    desk: Desk,
    sit: Callable[[Desk], Bench],
    tmp_path: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    elsewhere = tmp_path / "the clerk's own folder"
    elsewhere.mkdir()
    pdf = make_pdf((3000,))
    (elsewhere / PDF_NAME).write_bytes(pdf)
    attachment = desk.workplace.attaching.add((), elsewhere / PDF_NAME).result(LIMIT_S)
    editing = desk.ready_draft(reason=REASON, attachments=(attachment,))
    desk.card_session.unlock(desk.card.pin)
    item = desk.declaring.declare(editing).result(LIMIT_S)
    desk.store.sync.claim(item.id)
    hidden = needles(desk, pdf)
    receipt = make_receipt(
        editing.id, status=Status.APPROVED, text=RECEIPT, at=desk.clock.now(), pre_entry_number="YTG202600000000001"
    )
    desk.store.sync.take_receipts(ReceiptPage((receipt,), (), 1))
    approved = desk.record(Status.APPROVED)
    bench = sit(desk)
    bench.workbench.forms.open(approved.id)
    form = bench.form().form
    entry = editor_of(form.feedback.editors[0])
    QTest.keyClicks(entry, NUMBER)
    QTest.keyClick(entry, Qt.Key.Key_Return)
    QTest.keyClicks(entry, HALF_NUMBER)
    QTest.keyClicks(editor_of(form.explanation.editor), EXPLANATION)
    qtbot.waitUntil(lambda: desk.store.reader.jotting(approved.id, PERSON).explanation == EXPLANATION)
    take(desk.store.file, KEY, desk.clock.now())
    Moving(desk.store.file, KEY, make_mover()).export(tmp_path / "machine" / "export.yuyue", PASSWORD)
    machine = tmp_path / "machine"
    assert desk.store.file.stat().st_size > len(pdf)
    assert found(machine, hidden) == []
    assert found(tmp_path / "temporary", hidden) == []
    connection = open_for_writing(desk.store.file, KEY)
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_FULL)  # from the log into the file
    connection.close()
    assert found(machine, hidden) == []
    logged = "\n".join(record.getMessage() for record in caplog.records).encode()
    assert [needle for needle in hidden if needle in logged] == []
    assert found(elsewhere, [pdf]) == [(PDF_NAME, pdf)]  # the search does find

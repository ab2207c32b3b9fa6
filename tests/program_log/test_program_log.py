"""The program's log: codes and places, none of an error's own words; bounded, and never in the way."""

from __future__ import annotations

import logging
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import LinkChanged, SaveFailed
from yuyue_desktop.program_log import EARLIER_FILES, FOLDER, LARGEST_BYTES, TAIL_LINES, ProgramLog, note_event

TYPED = "周敏 13816245307"
log = logging.getLogger("yuyue_desktop.somewhere")


def _break() -> None:
    try:
        int(TYPED)
    except ValueError as error:
        raise LookupError(TYPED) from error


@pytest.fixture
def program_log(tmp_path: Path) -> Iterator[ProgramLog]:
    program_log = ProgramLog(tmp_path, "window")
    program_log.begin()
    yield program_log
    program_log.close()


def test_what_happened_is_there_by_its_code(program_log: ProgramLog) -> None:
    note_event(LinkChanged(is_up=False, error=YuyueError(Code.GATEWAY_UNREACHABLE, {"detail": TYPED})))
    note_event(LinkChanged(is_up=True))
    note_event(SaveFailed(ApplicationId(TYPED), YuyueError(Code.STORE_FULL)))
    found = [line.split(" ", 3)[2:] for line in program_log.tail()]
    assert found == [
        ["INFO", "yuyue_desktop.program_log link down gateway_unreachable"],
        ["INFO", "yuyue_desktop.program_log link up"],
        ["WARNING", "yuyue_desktop.program_log save failed store_full"],
    ]


def test_of_an_exception_its_kind_and_places_are_kept_and_not_its_words(program_log: ProgramLog) -> None:
    try:
        _break()
    except LookupError:
        log.exception("a listener failed")
    text = "\n".join(program_log.tail())
    assert "LookupError" in text
    assert "ValueError" in text
    assert f"{__name__}:" in text
    assert TYPED not in text


def test_what_nobody_caught_is_noted(program_log: ProgramLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program_log, "_hooks", (lambda *_: None, lambda *_: None))
    with pytest.raises(LookupError) as caught:
        _break()
    told = (LookupError, caught.value, caught.value.__traceback__)
    sys.excepthook(*told)
    threading.excepthook(threading.ExceptHookArgs((*told, None)))
    text = "\n".join(program_log.tail())
    assert text.count("LookupError") == 2
    assert TYPED not in text


def test_it_stays_small(program_log: ProgramLog, tmp_path: Path) -> None:
    for number in range(2 * LARGEST_BYTES * (EARLIER_FILES + 1) // 1000):
        log.warning("%d %s", number, "x" * 950)
    files = list((tmp_path / FOLDER).iterdir())
    assert len(files) == EARLIER_FILES + 1
    assert all(file.stat().st_size <= LARGEST_BYTES for file in files)
    assert len(program_log.tail()) <= TAIL_LINES


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights otherwise")
def test_nobody_else_reads_it(program_log: ProgramLog, tmp_path: Path) -> None:
    log.warning("something")
    assert program_log.tail()
    assert stat.S_IMODE((tmp_path / FOLDER).stat().st_mode) == 0o700


def test_a_folder_that_takes_nothing_disturbs_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FOLDER).write_text("a file is in the way", encoding="utf-8")
    program_log = ProgramLog(tmp_path, "window")
    program_log.begin()
    try:
        log.warning("something")
        assert program_log.tail() == ()
    finally:
        program_log.close()
    assert capsys.readouterr().err == ""


def test_after_its_end_nothing_is_written(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook
    program_log = ProgramLog(tmp_path, "window")
    program_log.begin()
    program_log.close()
    log.warning("something")
    assert not (tmp_path / FOLDER).exists()
    assert (sys.excepthook, threading.excepthook) == before

"""Each status and mark has a sign and a word of its own; a chip that is a link takes keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.outbox import OPEN_STATES, ItemState
from yuyue_desktop.ui.look.icons import PATHS
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.chip import GRADE_FACES, MARK_FACES, STATUS_FACES, ChipLink, status_face

Show = Callable[..., QWidget]


def test_every_status_mark_and_grade_has_a_face_with_a_sign() -> None:
    assert STATUS_FACES.keys() == set(Status)
    assert MARK_FACES.keys() == set(ItemState)
    assert GRADE_FACES.keys() == set(Grade)
    assert {face.icon for faces in (STATUS_FACES, MARK_FACES, GRADE_FACES) for face in faces.values()} <= PATHS.keys()


def test_no_two_statuses_look_alike() -> None:
    assert len({face.icon for face in STATUS_FACES.values()}) == len(Status)
    assert len({face.word for face in STATUS_FACES.values()}) == len(Status)


def test_what_customs_has_not_said_is_dashed() -> None:
    assert all(MARK_FACES[state].is_dashed for state in OPEN_STATES - {ItemState.TOO_LATE})
    assert not any(face.is_dashed for face in STATUS_FACES.values())


def test_a_waiting_draft_shows_status_and_mark() -> None:
    face = status_face(Status.DRAFT, ItemState.WAITING)
    assert face.word == "暂存·待发送"
    assert face.is_dashed
    assert status_face(Status.DRAFT, ItemState.DONE) == STATUS_FACES[Status.DRAFT]


def test_a_link_chip_is_pressed_by_space(qtbot: QtBot, look: Look, show: Show) -> None:
    chip = ChipLink(look, STATUS_FACES[Status.APPROVED], name="预约成功，打开回执")
    show(chip)
    chip.setFocus()
    with qtbot.waitSignal(chip.clicked):
        QTest.keyClick(chip, Qt.Key.Key_Space)
    assert chip.accessibleName() == "预约成功，打开回执"


def test_a_link_chip_is_pressed_by_enter(qtbot: QtBot, look: Look, show: Show) -> None:
    chip = ChipLink(look, STATUS_FACES[Status.APPROVED])
    show(chip)
    chip.setFocus()
    with qtbot.waitSignal(chip.clicked):
        QTest.keyClick(chip, Qt.Key.Key_Return)

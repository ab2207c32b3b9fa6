"""Chips: a sign and a word in a tone, for statuses, marks and grades; also painted inside table cells."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import panel, start

_ICON = 14.0
_GAP = 3.0
_PADDING = 8.0


@dataclass(frozen=True, slots=True)
class Tone:
    """Tokens of a chip's parts; a filled chip has no edge and bold words."""

    ink: str
    ground: str
    edge: str = ""

    @property
    def is_filled(self) -> bool:
        """Whether it marks an end, good or bad."""
        return not self.edge


NEUTRAL = Tone("ink2", "neutral_soft", "neutral_line")
ACCENT = Tone("accent", "accent_soft", "accent_line")
TEAL = Tone("teal", "teal_soft", "teal_line")
GREEN = Tone("green", "green_soft", "green_line")
GREEN_FILLED = Tone("surface", "green")
RED = Tone("red", "red_soft", "red_line")
RED_FILLED = Tone("surface", "red")
AMBER = Tone("amber", "amber_soft", "amber_line")
VIOLET = Tone("violet", "violet_soft", "violet_line")
FADED = Tone("ink3", "surface", "line_strong")


@dataclass(frozen=True, slots=True)
class ChipFace:
    """What a chip shows; `is_dashed` marks what is known only here and customs has not said."""

    word: str
    icon: str
    tone: Tone = NEUTRAL
    is_dashed: bool = False
    is_struck: bool = False


STATUS_FACES: dict[Status, ChipFace] = {
    Status.DRAFT: ChipFace(Status.DRAFT.word, "pencil", NEUTRAL),
    Status.DECLARED: ChipFace(Status.DECLARED.word, "plane", ACCENT),
    Status.ACCEPTED: ChipFace(Status.ACCEPTED.word, "inbox", TEAL),
    Status.APPROVED: ChipFace(Status.APPROVED.word, "calendar_check", GREEN),
    Status.CLEARED: ChipFace(Status.CLEARED.word, "double_check", GREEN_FILLED),
    Status.RETURNED: ChipFace(Status.RETURNED.word, "back", RED),
    Status.CANCELLED: ChipFace(Status.CANCELLED.word, "ban", FADED, is_struck=True),
    Status.FEEDBACK_OVERDUE: ChipFace(Status.FEEDBACK_OVERDUE.word, "warning", RED_FILLED),
}

MARK_FACES: dict[ItemState, ChipFace] = {
    ItemState.WAITING: ChipFace(ItemState.WAITING.word, "clock", AMBER, is_dashed=True),
    ItemState.SENDING: ChipFace(ItemState.SENDING.word, "plane", AMBER, is_dashed=True),
    ItemState.UNKNOWN: ChipFace(ItemState.UNKNOWN.word, "refresh", AMBER, is_dashed=True),
    ItemState.SIGN_IN_NEEDED: ChipFace(ItemState.SIGN_IN_NEEDED.word, "card", AMBER, is_dashed=True),
    ItemState.TOO_LATE: ChipFace(ItemState.TOO_LATE.word, "warning", RED_FILLED),
    ItemState.DONE: ChipFace(ItemState.DONE.word, "check", GREEN),
    ItemState.REFUSED: ChipFace(ItemState.REFUSED.word, "cross", RED),
    ItemState.WITHDRAWN: ChipFace(ItemState.WITHDRAWN.word, "back", NEUTRAL),
}

GRADE_FACES: dict[Grade, ChipFace] = {
    Grade.SENIOR: ChipFace(Grade.SENIOR.word, "check", GREEN),
    Grade.GENERAL: ChipFace(Grade.GENERAL.word, "info", NEUTRAL),
    Grade.DISHONEST: ChipFace(Grade.DISHONEST.word, "ban", RED_FILLED),
}


def status_face(status: Status, mark: ItemState | None = None) -> ChipFace:
    """The chip of a status, with the mark of what waits here beside it: 暂存·待发送."""
    face = STATUS_FACES[status]
    if mark is None or not mark.is_open:
        return face
    waiting = MARK_FACES[mark]
    return ChipFace(f"{face.word}·{waiting.word}", waiting.icon, waiting.tone, waiting.is_dashed)


def chip_font(look: Look, face: ChipFace) -> QFont:
    """The font of a chip's word."""
    font = look.font(Role.CAPTION, bold=face.tone.is_filled)
    font.setStrikeOut(face.is_struck)
    return font


def chip_size(look: Look, face: ChipFace) -> QSize:
    """How much room a chip takes."""
    width = QFontMetricsF(chip_font(look, face)).horizontalAdvance(face.word) + 2 * _PADDING
    return QSize(ceil(width + (_ICON + _GAP if face.icon else 0)), look.measures.chip_height)


def paint_chip(painter: QPainter, look: Look, rect: QRectF, face: ChipFace, *, is_underlined: bool = False) -> None:
    """Paints a chip that fills `rect`."""
    tone = face.tone
    edge = look.colour(tone.edge) if tone.edge else None
    panel(painter, rect, rect.height() / 2, look.colour(tone.ground), edge, is_dashed=face.is_dashed)
    left = rect.left() + _PADDING
    if face.icon:
        box = QRectF(left, rect.center().y() - _ICON / 2, _ICON, _ICON)
        look.icons.paint(painter, face.icon, box, tone.ink, 1.8)
        left += _ICON + _GAP
    font = chip_font(look, face)
    font.setUnderline(is_underlined)
    painter.setFont(font)
    painter.setPen(look.colour(tone.ink))
    painter.drawText(
        QRectF(left, rect.top(), rect.right() - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, face.word
    )


class Chip(QLabel):
    """A chip to read; the keyboard passes it by, and a screen reader calls it words."""

    def __init__(self, look: Look, face: ChipFace, *, name: str = "") -> None:
        super().__init__()
        self._look = look
        self._face = face
        self._name = name
        self._dress()
        look.changed.connect(self._dress)

    @property
    def face(self) -> ChipFace:
        """What it shows."""
        return self._face

    def show_face(self, face: ChipFace, name: str = "") -> None:
        """Shows something else; `name` is a full sentence for screen readers, else the word."""
        if (face, name) != (self._face, self._name):
            self._face, self._name = face, name
            self._dress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_chip(start(self), self._look, QRectF(self.rect()), self._face)

    def _dress(self) -> None:
        _dress_chip(self, self._look, self._face, self._name)


class ChipLink(QAbstractButton):
    """A chip that leads somewhere: it takes the focus, and Enter, Space or a click emit `clicked`."""

    def __init__(self, look: Look, face: ChipFace, *, name: str = "") -> None:
        super().__init__()
        self._look = look
        self._face = face
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._dress()
        look.changed.connect(self._dress)

    def show_face(self, face: ChipFace, name: str = "") -> None:
        """Shows something else; `name` is a full sentence for screen readers, else the word."""
        self._face, self._name = face, name
        self._dress()

    def sizeHint(self) -> QSize:
        return chip_size(self._look, self._face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        paint_chip(painter, self._look, rect, self._face, is_underlined=self.underMouse())
        if self.hasFocus():
            panel(painter, rect, rect.height() / 2, None, self._look.colour("accent"), width=2)

    def _dress(self) -> None:
        _dress_chip(self, self._look, self._face, self._name)


def _dress_chip(chip: QWidget, look: Look, face: ChipFace, name: str) -> None:
    chip.setAccessibleName(name or face.word)
    chip.setFixedSize(chip_size(look, face))
    chip.update()

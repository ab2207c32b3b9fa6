"""A dialog's card: title, what it is about, buttons right; knows no question (look.md, Dialogs)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from yuyue_desktop.ui.dialogs.overlay import Overlay
from yuyue_desktop.ui.dialogs.raised_card import SHADOW, RaisedCard
from yuyue_desktop.ui.dialogs.title_lines import title_width
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.chip import VIOLET, Chip, ChipFace
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

WIDTH = 500
"""Pixels of the card, without its shadow."""

PRACTICE_FACE = ChipFace("练习", "graduate", VIOLET)

_SIDE = 22
_BESIDE_TITLE = 2 * _SIDE + 76
"""What icon and × need beside the title."""
_PRACTICE_MARK = 74
_TOP = 18


class Dialog(Overlay):
    """`body` takes the content, `add_buttons` the acts; `title` names the act."""

    def __init__(
        self, look: Look, window: QWidget, title: str, icon: str, *, is_practice: bool = False, width: int = WIDTH
    ) -> None:
        super().__init__(look, window)
        self.setAccessibleName(title)
        self._card = RaisedCard(look)
        self._card.setAccessibleName(title)
        self._card.setFixedWidth(width + 2 * SHADOW)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.S)
        self._close = Button(look, "", ButtonKind.GHOST, icon="cross", is_small=True, name="关闭 Esc")
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.escape)
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.S)
        self._head.addWidget(IconView(look, icon, "accent", 22), 0, Qt.AlignmentFlag.AlignTop)
        self._add_title(title, width - _BESIDE_TITLE - (_PRACTICE_MARK if is_practice else 0))
        if is_practice:
            self._head.addWidget(Chip(look, PRACTICE_FACE), 0, Qt.AlignmentFlag.AlignTop)
        self._head.addStretch(1)
        self._head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    def add_buttons(self, note: str, *buttons: Button) -> None:
        """The last row: a quiet sentence at the left, the acts at the right, the one that does it last."""
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        words = Text(self._look, note, Role.CAPTION, "ink2", is_wrapped=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(words, 1)
        for button in buttons:
            row.addWidget(button)
        self.body.addSpacing(Space.XS)
        self.body.addLayout(row)

    def _add_title(self, title: str, room: int) -> None:
        """A title is never cut: the manual's sentences are longer than a line (S3)."""
        words = Text(self._look, title, Role.FORM_TITLE, is_bold=True)
        is_wrapped = words.sizeHint().width() > room
        if is_wrapped:
            words.setWordWrap(True)
            words.setFixedWidth(title_width(title, words.font(), room))
        self._head.addWidget(words)

    def _lay_out(self) -> None:
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(SHADOW + _SIDE, SHADOW + _TOP, SHADOW + _SIDE, SHADOW + _TOP)
        inside.setSpacing(Space.M)
        inside.addLayout(self._head)
        inside.addLayout(self.body)
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        place.addStretch(5)
        middle = QHBoxLayout()  # not an alignment: that would measure wrapped text at the window's width
        middle.addStretch(1)
        middle.addWidget(self._card)
        middle.addStretch(1)
        place.addLayout(middle)
        place.addStretch(6)

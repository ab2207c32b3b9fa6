"""The line at the window's bottom: the red hint of the field in focus (S10), when the draft was saved, the help key.

Nothing but field hints is shown in red here; knows no field and no draft.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.shell.key_button import KeyButton

_ICON = 15
_ICON_GAP = 6


class HintLine(QWidget):
    """`help_asked` comes from the key at the right end."""

    help_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.hint = _Words(look, "info", "red", Role.LABEL)
        self.saved = _Words(look, "check", "green", Role.CAPTION, ink="ink2")
        self.saved.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._help = KeyButton(look, "Alt+K", "快捷键")
        self._help.clicked.connect(self.help_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 1, Space.M, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.hint, 1)
        row.addWidget(self.saved)
        row.addWidget(self._help)
        look.changed.connect(self._dress)
        self._dress()

    def show_hint(self, text: str) -> None:
        """Say how the field in focus is filled in; empty text says nothing."""
        self.hint.show_text(text)

    def show_saved(self, moment: str) -> None:
        """Say since when everything typed is on the disk (`HH:MM:SS`); empty text says nothing."""
        self.saved.show_text(f"已保存 {moment}" if moment else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("menu"))
        painter.fillRect(0, 0, self.width(), 1, self._look.colour("line"))

    def _dress(self) -> None:
        self.setFixedHeight(self._look.measures.hint_height)
        self.update()


class _Words(QWidget):
    """A sign and one line of words, cut with an ellipsis only where the window is too narrow; nothing while empty."""

    def __init__(self, look: Look, icon: str, colour: str, role: Role, *, ink: str = "") -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._colour = colour
        self._ink = ink or colour
        self._role = role
        self.text = ""
        look.changed.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        """Show these words."""
        self.text = text
        self.setAccessibleName(text)
        self.setToolTip("")
        self._fit()
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.text:
            return
        painter = QPainter(self)
        icon = QRectF(0, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._look.icons.paint(painter, self._icon, icon, self._colour, 1.7)
        font = self._look.font(self._role)
        painter.setFont(font)
        painter.setPen(self._look.colour(self._ink))
        room = QRectF(self.rect()).adjusted(_ICON + _ICON_GAP, 0, 0, 0)
        shown = QFontMetricsF(font).elidedText(self.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        self.setToolTip(self.text if shown != self.text else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _fit(self) -> None:
        if self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            words = QFontMetricsF(self._look.font(self._role)).horizontalAdvance(self.text)
            self.setFixedWidth(round(_ICON + _ICON_GAP + words + 1) if self.text else 0)

"""A text in one of the look's letter sizes and colours that follows each change of the look; knows no meaning."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role


class Text(QLabel):
    """Plain text, never rich: what a clerk or customs wrote must not be read as mark-up."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: Role = Role.BODY,
        colour: str = "ink",
        *,
        is_bold: bool = False,
        is_wrapped: bool = False,
    ) -> None:
        super().__init__(text)
        self._look = look
        self._role = role
        self._colour = colour
        self._is_bold = is_bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(is_wrapped)
        self._dress()
        look.changed.connect(self._dress)

    def set_colour(self, colour: str) -> None:
        """Takes another token as colour."""
        if colour != self._colour:
            self._colour = colour
            self._dress()

    def set_bold(self, is_bold: bool) -> None:
        """Bold or regular."""
        if is_bold != self._is_bold:
            self._is_bold = is_bold
            self._dress()

    def _dress(self) -> None:
        self.setFont(self._look.font(self._role, bold=self._is_bold))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._look.colour(self._colour))
        self.setPalette(palette)

"""One file in 随附单据编辑: how far it is, what is said of it, its pages, and its acts; knows no rule."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.box import Panel
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.file_name import FileName
from yuyue_desktop.ui.widgets.page_bars import PageBars
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

CANCEL_AFTER_MS = 2000
"""What takes longer can be left."""

_BARS_WIDTH = 164


class Stage(Enum):
    """How far a file is: what is TOO_LARGE is taken and has to be mended, what is REFUSED is not taken."""

    WAITING = "waiting"
    BUSY = "busy"
    TAKEN = "taken"
    TOO_LARGE = "too_large"
    REFUSED = "refused"


_SIGNS = {
    Stage.WAITING: ("clock", "ink3"),
    Stage.BUSY: ("refresh", "accent"),
    Stage.TAKEN: ("check", "green"),
    Stage.TOO_LARGE: ("alert", "red"),
    Stage.REFUSED: ("ban", "red"),
}
_GROUNDS = {Stage.TOO_LARGE: ("red_soft", "red_line"), Stage.REFUSED: ("red_soft", "red_line")}


@dataclass(frozen=True, slots=True)
class UploadLine:
    """What a row shows; `limit` is what a page may weigh, in bytes."""

    key: int
    name: str
    detail: str
    stage: Stage
    pages: tuple[int, ...] = ()
    limit: int = 1


class UploadRow(Panel):
    """`remove_asked` takes the file out of the list, also one that is still on its way."""

    remove_asked = Signal()
    preview_asked = Signal()

    def __init__(self, look: Look, line: UploadLine) -> None:
        super().__init__(look, "menu", "line")
        self._stage: Stage | None = None
        self._sign = IconView(look, *_SIGNS[line.stage], 18)
        self._name = FileName(look, line.name)
        self._detail = Text(look, "", Role.CAPTION, is_wrapped=True)
        self._bars = PageBars(look)
        self.preview = Button(look, "预览", ButtonKind.GHOST, icon="eye", is_small=True, name=f"预览 {line.name}")
        self.cancel = Button(look, "取消", is_small=True, name=f"取消 {line.name}")
        self.remove = Button(look, "", ButtonKind.GHOST, icon="trash", is_small=True, name=f"移除 {line.name}")
        self._patience = QTimer(self, singleShot=True, interval=CANCEL_AFTER_MS)
        self._patience.timeout.connect(self.cancel.show)
        self.preview.clicked.connect(self.preview_asked)
        self.cancel.clicked.connect(self.remove_asked)
        self.remove.clicked.connect(self.remove_asked)
        self._lay_out()
        self.show_line(line)

    def show_line(self, line: UploadLine) -> None:
        """Shows how far the file is."""
        colour = "red" if line.stage in _GROUNDS else "ink2"
        self._detail.setText(line.detail)
        self._detail.set_colour(colour)
        self.setAccessibleName(f"{line.name}，{line.detail}")
        if line.stage is self._stage:
            return
        self._stage = line.stage
        self._sign.show_icon(*_SIGNS[line.stage])
        self.set_tone(*_GROUNDS.get(line.stage, ("menu", "line")))
        is_taken = line.stage in (Stage.TAKEN, Stage.TOO_LARGE)
        if is_taken:
            self._bars.show_pages(line.pages, line.limit)
        self._held_bars.setVisible(is_taken)
        self.preview.setVisible(is_taken)
        self.remove.setVisible(line.stage not in (Stage.WAITING, Stage.BUSY))
        self.cancel.hide()
        if line.stage is Stage.BUSY:
            self._patience.start()
        else:
            self._patience.stop()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.XS, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        held = QWidget()  # bars begin at the same place in every row
        held.setFixedWidth(_BARS_WIDTH)
        inside = QHBoxLayout(held)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._bars, 0, Qt.AlignmentFlag.AlignLeft)
        self._held_bars = held
        for widget in (held, self.preview, self.cancel, self.remove):
            row.addWidget(widget)

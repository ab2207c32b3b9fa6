"""The files of 随附单据编辑 one below the other; rows that stay keep their place and focus; knows no dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.upload.upload_row import UploadLine, UploadRow
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.scroll import Scroll

_GAP = 5


class UploadList(Scroll):
    """`remove_asked` and `preview_asked` carry a row's key; `focus_lost` comes when the row with the focus goes."""

    remove_asked = Signal(int)
    preview_asked = Signal(int)
    focus_lost = Signal()

    def __init__(self, look: Look) -> None:
        content = QWidget()
        super().__init__(content)
        self._look = look
        self.rows: dict[int, UploadRow] = {}
        self._empty = EmptyState(look, "还没有文件", "添加文件，或把 PDF 拖到这里，或复制后按 Ctrl+V", "file")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._column.addWidget(self._empty, 1)
        self._column.addStretch(0)
        self.setAccessibleName("随附单据")

    def show_lines(self, lines: Sequence[UploadLine]) -> None:
        """A row for each."""
        keys = {line.key for line in lines}
        for key in [key for key in self.rows if key not in keys]:
            self._take_away(self.rows.pop(key))
        for place, line in enumerate(lines):
            if line.key in self.rows:
                self.rows[line.key].show_line(line)
            else:
                self._column.insertWidget(place, self._make_row(line))
        self._empty.setVisible(not lines)

    def _make_row(self, line: UploadLine) -> UploadRow:
        row = UploadRow(self._look, line)
        row.remove_asked.connect(lambda: self.remove_asked.emit(line.key))
        row.preview_asked.connect(lambda: self.preview_asked.emit(line.key))
        self.rows[line.key] = row
        return row

    def _take_away(self, row: UploadRow) -> None:
        had_focus = row.isAncestorOf(self.focusWidget())
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        if had_focus:
            self.focus_lost.emit()

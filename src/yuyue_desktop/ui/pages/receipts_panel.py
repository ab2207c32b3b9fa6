"""The receipts of one application under the query list (S33), scrolling by itself; knows no service."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import ReceiptsContent
from yuyue_desktop.ui.pages.ground import Ground
from yuyue_desktop.ui.tables.column_chooser import ColumnChooser, ColumnMemory
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.table_view import RowSize, TableView
from yuyue_desktop.ui.widgets.button import Button
from yuyue_desktop.ui.widgets.text import Text

COLUMNS = (
    Column("serial", "序号", CellKind.QUIET, "00", is_sortable=False),
    Column("time", "回执时间", CellKind.CODE, "2026-09-23 14:31:07", is_sortable=False),
    Column("status", "状态", CellKind.CHIP, "", is_sortable=False, is_optional=False),
    Column("text", "回执内容", CellKind.TEXT, "申请已受理，等待审批", grows=True, is_sortable=False, is_optional=False),
    Column("number", "申请编号", CellKind.CODE, "221020260000000002", is_sortable=False),
)
"""Newest first; `serial` counts from the first receipt."""

_MOST_ROWS = 6


class ReceiptsPanel(Ground):
    """`refresh_asked` and `closed` come from its buttons; Esc closes."""

    refresh_asked = Signal()
    closed = Signal()

    def __init__(self, look: Look, memory: ColumnMemory) -> None:
        super().__init__(look, above="line_strong")
        self.table = TableView(look, "回执", RowModel(COLUMNS), RowSize.RECEIPT)
        self._heading = Text(look, "", Role.CAPTION, "ink2")
        self.chooser = ColumnChooser(look, self.table, memory.hidden, memory.remember)
        self.refresh = Button(look, "刷新", icon="refresh", is_small=True)
        self.close_button = Button(look, "关闭", icon="cross", keys="Esc", is_small=True)
        self.refresh.clicked.connect(self.refresh_asked)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L + Space.XS, Space.S - 2, Space.M, Space.S - 2)
        head.setSpacing(Space.S)
        head.addWidget(Text(look, "回执", Role.BODY, is_bold=True))
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.chooser)
        head.addWidget(self.refresh)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.table)
        look.changed.connect(self._fit)

    def show_receipts(self, content: ReceiptsContent) -> None:
        """Show receipts; those that were there keep selection and scroll."""
        self._heading.setText(content.heading)
        self.table.rows.set_rows(content.rows)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        rows = min(max(self.table.rows.rowCount(), 1), _MOST_ROWS)
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.head.height() + rows * height + Space.XS)

"""预约通关查询 (S33): conditions, the list with its ticks, receipts below; knows no service."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import ReceiptsContent
from yuyue_desktop.ui.pages.query_filters import QueryFilters
from yuyue_desktop.ui.pages.receipts_panel import ReceiptsPanel
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.tables.column_chooser import FORGETFUL, ColumnChooser, ColumnMemory, Remember, forget
from yuyue_desktop.ui.tables.columns import TICK_COLUMN, CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Row
from yuyue_desktop.ui.tables.table_view import TableView
from yuyue_desktop.ui.widgets.alt_keys import AltKeys
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.chip import AMBER, Chip, ChipFace
from yuyue_desktop.ui.widgets.text import Text

COLUMNS = (
    TICK_COLUMN,
    Column("number", "预录入编号", CellKind.LINK, "YTG202600000000275", is_optional=False),
    Column("declarant", "申报人名称", CellKind.TEXT, "中国山货花卉进出口公司", grows=True, least_share=0.55),
    Column("trader", "收发货人名称", CellKind.TEXT, "上海澄江生鲜贸易有限公司", grows=True, least_share=0.55),
    Column("applied", "申请时间", CellKind.CODE, "2026-09-23 13:58"),
    Column("window", "预约时间", CellKind.CODE, "2026-09-27 08:00–10:00"),
    Column("status", "状态", CellKind.CHIP_LINK, "", is_optional=False),
    Column("next", "下一步", CellKind.DUE, "等待受理"),
)
"""Cells of a row by these keys; `status` is a word of the trade or two with a dot between (暂存·待发送)."""

_APPLIED = next(place for place, column in enumerate(COLUMNS) if column.key == "applied")


class QueryPage(Page):
    """Rows are told with `show_rows`; every wish is a signal, ids are those of the rows."""

    query_asked = Signal(ApplicationQuery)
    open_asked = Signal(str)
    receipts_asked = Signal(str)
    delete_asked = Signal(object)
    export_asked = Signal()
    deleted_asked = Signal()

    def __init__(
        self,
        look: Look,
        now: Callable[[], datetime],
        hidden_columns: Iterable[str] = (),
        remember: Remember = forget,
        receipts_memory: ColumnMemory = FORGETFUL,
    ) -> None:
        super().__init__(Place.APPLICATION_QUERY, "预约通关查询", "search")
        self._look = look
        self._receipts_of = ""
        self.filters = QueryFilters(look, now)
        self.table = TableView(look, "预约通关申请", RowModel(COLUMNS))
        self.receipts = ReceiptsPanel(look, receipts_memory)
        self.receipts.hide()
        self._count = Text(look, "", Role.LABEL, "ink2")
        self.delete = Button(look, "批量删除", ButtonKind.DANGER, icon="trash", held_keys="Alt+R", is_small=True)
        self._delete_advice = Text(look, "勾选暂存的行后可以删除", Role.CAPTION, "ink3")
        self._origin = Chip(look, ChipFace("", "cloud_off", AMBER, is_dashed=True))
        self._origin.hide()
        self.export = Button(look, "导出 Excel", ButtonKind.GHOST, icon="export", is_small=True)
        self.deleted = Button(look, "最近删除", ButtonKind.GHOST, icon="clock", is_small=True)
        self.chooser = ColumnChooser(look, self.table, hidden_columns, remember)
        AltKeys(self, [self.delete])
        self._lay_out()
        self._connect()
        self.table.head.sort_by(_APPLIED, Qt.SortOrder.DescendingOrder)
        self._follow_ticks()

    @property
    def receipts_of(self) -> str:
        """Id of the application whose receipts are shown, empty while none are."""
        return self._receipts_of

    def show_rows(self, rows: Sequence[Row], origin: str = "") -> None:
        """Show what a query found; `origin` says so when the store alone answered (离线 · 本机 13:24 的数据)."""
        self.table.rows.set_rows(rows)
        self._origin.setVisible(bool(origin))
        if origin:
            self._origin.show_face(ChipFace(origin, "cloud_off", AMBER, is_dashed=True))
        self._follow_ticks()
        if self._receipts_of and self.table.rows.place(self._receipts_of) is None:
            self.close_receipts()

    def show_busy(self, *, is_busy: bool) -> None:
        """Say that an answer is awaited; the list stays as it is."""
        words = "正在查询…" if is_busy else ""
        self.table.show_words(words or "暂无数据")
        self._follow_ticks(words)

    def show_receipts(self, application_id: str, content: ReceiptsContent) -> None:
        """Open the receipts of an application, or renew them."""
        self._receipts_of = application_id
        self.receipts.show_receipts(content)
        self.receipts.show()

    def close_receipts(self) -> None:
        """Close the receipts; the keyboard goes back to the list."""
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.receipts.isAncestorOf(focused)
        self._receipts_of = ""
        self.receipts.hide()
        if had_focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._receipts_of:
            self.close_receipts()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.filters.asked.connect(self.query_asked)
        self.table.cell_activated.connect(self._activate)
        self.table.rows.ticks_changed.connect(self._follow_ticks)
        self.delete.clicked.connect(self._ask_delete)
        self.export.clicked.connect(self.export_asked)
        self.deleted.clicked.connect(self.deleted_asked)
        self.receipts.closed.connect(self.close_receipts)
        self.receipts.refresh_asked.connect(lambda: self.receipts_asked.emit(self._receipts_of))
        shortcut = QShortcut(QKeySequence("Alt+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._ask_delete)

    def _activate(self, row_id: str, column: str) -> None:
        (self.receipts_asked if column == "status" else self.open_asked).emit(row_id)

    def _ask_delete(self) -> None:
        ticked = self.table.rows.ticked()
        if ticked:
            self.delete_asked.emit(ticked)

    def _follow_ticks(self, busy: str = "") -> None:
        rows = self.table.rows
        ticked = len(rows.ticked())
        found = busy or f"共 {rows.rowCount()} 条"
        self._count.setText(f"{found} · 已选 {ticked} 条" if ticked else found)
        self.delete.setEnabled(ticked > 0)
        self._delete_advice.setVisible(not ticked and rows.can_tick_any())

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(Space.L + Space.XS, Space.S - 2, Space.M, Space.S - 2)
        tools.setSpacing(Space.S)
        tools.addWidget(self._count)
        tools.addSpacing(Space.XS)
        tools.addWidget(self.delete)
        tools.addWidget(self._delete_advice)
        tools.addWidget(self._origin)
        tools.addStretch(1)
        tools.addWidget(self.deleted)
        tools.addWidget(self.export)
        tools.addWidget(self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.filters)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        column.addWidget(self.receipts)

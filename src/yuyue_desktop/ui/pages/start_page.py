"""首页: what is due, drafts, today's receipts, and at the side outbox, week and keys (B4); knows no service."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import BlockKind, StartContent
from yuyue_desktop.ui.pages.ground import Ground
from yuyue_desktop.ui.pages.task_list import TaskList
from yuyue_desktop.ui.pages.week_patterns import Legend
from yuyue_desktop.ui.pages.week_strip import WeekStrip
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.table_view import RowSize, TableView
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.chip import AMBER, GREEN, ChipFace, ChipLink
from yuyue_desktop.ui.widgets.scroll import Scroll
from yuyue_desktop.ui.widgets.signs import KeyCap
from yuyue_desktop.ui.widgets.text import Text

RECEIPT_COLUMNS = (
    Column("time", "时间", CellKind.CODE, "14:31", is_sortable=False, is_optional=False),
    Column("number", "预录入编号", CellKind.LINK, "YTG202600000000271", is_sortable=False, is_optional=False),
    Column("status", "状态", CellKind.CHIP, "", is_sortable=False, is_optional=False),
    Column("text", "海关回复", CellKind.TEXT, "申请已受理，等待审批", grows=True, is_sortable=False, is_optional=False),
)

KEYS = (("Ctrl+N", "新建申请"), ("Ctrl+K", "搜任何东西"), ("Ctrl+Tab", "换页签"), ("Alt+K", "全部快捷键"))

_SIDE_WIDTH = 286
_MOST_RECEIPTS = 5


class StartPage(Page):
    """`task_acted` carries the application's id, `receipt_opened` the row's id; the rest are places to go."""

    task_acted = Signal(str)
    receipt_opened = Signal(str)
    new_asked = Signal()
    import_asked = Signal()
    all_receipts_asked = Signal()
    outbox_asked = Signal()
    week_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(Place.HOME, "首页", "home")
        self.is_closable = False
        self._look = look
        self._day = Text(look, "", Role.PAGE_TITLE, is_bold=True)
        self._advice = Text(look, "", Role.LABEL, "ink2")
        self.import_button = Button(look, "从 Excel 导入", icon="upload")
        self.new_button = Button(look, "新建申请", icon="plus", keys="Ctrl+N")
        overdue = "逾期会变成“I-通关完成未反馈”，两家企业都不能再预约"
        self.feedback = TaskList(look, "待反馈报关单号", overdue, "没有待反馈的", "预约成功后，要在 5 天内反馈报关单号")
        self.drafts = TaskList(look, "还没提交的草稿", "按最迟申报时间排", "没有草稿", "按 Ctrl+N 新建申请")
        self.receipts = TableView(look, "今天的回执", RowModel(RECEIPT_COLUMNS), RowSize.RECEIPT)
        self._receipts_box = Box(look, "今天的回执")
        self._outbox_state = ChipLink(look, ChipFace("空闲", "check", GREEN))
        self._outbox_words = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        self._week_box = Box(look, "本周可约")
        self.week = WeekStrip(look)
        self._lay_out()
        self._connect()
        look.changed.connect(self._fit)

    def show_content(self, content: StartContent) -> None:
        """Show everything; what did not change is left as it is."""
        self._day.setText(content.day)
        self._advice.setText(content.advice)
        has_tasks = bool(content.feedback or content.drafts)
        self.feedback.show_tasks(content.feedback, has_blue=bool(content.feedback))
        self.drafts.show_tasks(content.drafts, has_blue=not content.feedback and bool(content.drafts))
        self.new_button.set_kind(ButtonKind.PLAIN if has_tasks else ButtonKind.PRIMARY)
        counts = [f"{len(content.receipts)} 条"] if content.receipts else []
        counts += [f"{content.unread} 条未读"] if content.unread else []
        self._receipts_box.set_note(" · ".join(counts))
        self.receipts.rows.set_rows(content.receipts)
        face = ChipFace(content.outbox.state, *(("check", GREEN) if content.outbox.is_idle else ("clock", AMBER, True)))
        self._outbox_state.show_face(face, f"发件箱 {content.outbox.state}")
        self._outbox_words.setText(content.outbox.sentence)
        self._week_box.setVisible(bool(content.week))
        self._week_box.set_title(content.week_title)
        self.week.show_days(content.week)
        self._fit()

    def entry(self) -> QWidget:
        return self.feedback.first_act or self.drafts.first_act or self.new_button

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_asked)
        self.import_button.clicked.connect(self.import_asked)
        self.feedback.acted.connect(self.task_acted)
        self.drafts.acted.connect(self.task_acted)
        self.receipts.cell_activated.connect(lambda row_id, _column: self.receipt_opened.emit(row_id))
        self._outbox_state.clicked.connect(self.outbox_asked)

    def _lay_out(self) -> None:
        content = Ground(self._look, "zebra")
        content.setMaximumWidth(self._look.measures.content_width)
        columns = QHBoxLayout()
        columns.setSpacing(Space.M + 2)
        columns.addLayout(self._main_column(), 1)
        columns.addWidget(self._side_column())
        column = QVBoxLayout(content)
        column.setContentsMargins(22, Space.M + 2, 22, Space.S)
        column.setSpacing(Space.M)
        column.addLayout(self._heading())
        column.addLayout(columns, 1)
        middle = Ground(self._look, "zebra")
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(content, 1000)
        row.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Scroll(middle, is_upright=False))

    def _heading(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._day)
        words.addWidget(self._advice)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addLayout(words, 1)
        row.addWidget(self.import_button)
        row.addWidget(self.new_button)
        return row

    def _main_column(self) -> QVBoxLayout:
        everything = Button(self._look, "全部", ButtonKind.LINK, name="全部回执")
        everything.clicked.connect(self.all_receipts_asked)
        self._receipts_box.add_tool(everything)
        self._receipts_box.body.setContentsMargins(1, 0, 1, Space.XS)
        self._receipts_box.body.addWidget(self.receipts)
        column = QVBoxLayout()
        column.setSpacing(Space.M)
        for box in (self.feedback, self.drafts, self._receipts_box):
            column.addWidget(box)
        column.addStretch(1)
        return column

    def _side_column(self) -> QWidget:
        outbox = Box(self._look, "发件箱", icon="outbox")
        outbox.add_tool(self._outbox_state)
        outbox.body.setContentsMargins(Space.L, 0, Space.L, Space.M)
        outbox.body.addWidget(self._outbox_words)
        side = QWidget()
        side.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for box in (outbox, self._fill_week_box(), self._keys_box()):
            column.addWidget(box)
        column.addStretch(1)
        return side

    def _fill_week_box(self) -> Box:
        link = Button(self._look, "周视图", ButtonKind.LINK)
        link.clicked.connect(self.week_asked)
        self._week_box.add_tool(link)
        self._week_box.hide()
        body = self._week_box.body
        body.setContentsMargins(Space.L, Space.XS, Space.L, Space.M)
        body.setSpacing(Space.S)
        body.addWidget(self.week)
        legends = QHBoxLayout()
        legends.setSpacing(Space.M)
        for kind, word in ((BlockKind.WORKING, "工作"), (BlockKind.BOOKABLE, "可约"), (BlockKind.DRAFT, "草稿")):
            legends.addWidget(Legend(self._look, kind, word))
        legends.addStretch(1)
        body.addLayout(legends)
        return self._week_box

    def _keys_box(self) -> Box:
        box = Box(self._look, "不用鼠标", ground="menu")
        grid = QGridLayout()
        grid.setContentsMargins(Space.L, 0, Space.L, Space.M)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        for line, (key, words) in enumerate(KEYS):
            grid.addWidget(KeyCap(self._look, key), line, 0)
            grid.addWidget(Text(self._look, words, Role.LABEL, "ink2"), line, 1)
        box.body.addLayout(grid)
        return box

    def _fit(self) -> None:
        rows = min(max(self.receipts.rows.rowCount(), 1), _MOST_RECEIPTS)
        height = self.receipts.verticalHeader().defaultSectionSize()
        self.receipts.setFixedHeight(self.receipts.head.height() + rows * height + 2)

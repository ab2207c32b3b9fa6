"""设置: colours, letter size, proxy and card, in force at once; knows no rule of them, nor where choices are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from yuyue_desktop.domain.proxy import ProxySettings
from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.dialogs.proxy_fields import ProxyFields
from yuyue_desktop.ui.dialogs.scrolled import Scrolled
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.button import Button
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class WayRow:
    """The ways to the card, which of them is chosen, and in words what that came to; for one a file may be chosen."""

    ways: Sequence[str]
    chosen: int
    with_file: int
    in_use: str


class SettingsDialog(Dialog):
    """`theme_chosen` carries the place of the chosen theme among `themes`, `large_chosen` whether letters are large.

    With a `way` there is a row of it: `way_chosen` carries its place, `file_asked` comes for the one with a file.
    `span_chosen` carries the place of the chosen span among those of `add_card`; `pin_change_asked` closes the dialog.
    """

    theme_chosen = Signal(int)
    large_chosen = Signal(bool)
    way_chosen = Signal(int)
    file_asked = Signal()
    span_chosen = Signal(int)
    pin_change_asked = Signal()
    export_asked = Signal()
    import_asked = Signal()

    def __init__(
        self,
        look: Look,
        window: QWidget,
        themes: Sequence[str],
        *,
        theme: int,
        is_large: bool,
        way: WayRow | None = None,
        proxy: ProxySettings | None = None,
        is_practice: bool = False,
    ) -> None:
        """`proxy` is None where there is none to choose."""
        super().__init__(look, window, "设置", "gear", is_practice=is_practice)
        self.proxy = ProxyFields(look, proxy) if proxy is not None else None
        self.themes = Segmented(look, "颜色", themes, theme)
        self.large = Check(look, "大字", hint="所有文字大两号，输入框也高一些")
        self.large.setChecked(is_large)
        self.export: Button | None = None
        self.bring_in: Button | None = None
        self.done = Button(look, "完成", keys="Esc")
        self.themes.chosen.connect(self.theme_chosen)
        self.large.toggled.connect(self.large_chosen)
        self.done.clicked.connect(self.escape)
        self.ways = Segmented(look, "读卡方式", way.ways, way.chosen) if way else None
        self.file = Button(look, "选择驱动文件…", is_small=True)
        self.in_use = Text(look, "", Role.CAPTION, "ink2", is_wrapped=True)
        self.file.clicked.connect(self.file_asked)
        if way is not None and self.ways is not None:
            self.ways.chosen.connect(self.way_chosen)
            self.show_way(way)
        self.spans: Segmented | None = None
        self.change_pin: Button | None = None
        self._table = self._grid()
        self.body.addWidget(Scrolled(self._table))
        self.add_buttons("选了就生效，下次打开还是这样。", self.done)

    def show_way(self, way: WayRow) -> None:
        """Say what the choice came to."""
        self.in_use.setText(way.in_use)
        self.file.setVisible(way.chosen == way.with_file)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget, str]] = [
            ("颜色", self.themes, "系统开了高对比度时，跟随系统就用系统的颜色"),
            ("字号", self.large, self.large.hint),
        ]
        if self.proxy is not None:
            rows.append(("网络代理", self.proxy, "连接海关网关用；公司网络一般跟随系统就行"))
        for place, (title, widget, note) in enumerate(rows):
            label = Text(self._look, title, Role.LABEL, "ink2")
            if widget is self.proxy:
                label.setFixedHeight(self.proxy.ways.sizeHint().height())
                grid.addWidget(label, 3 * place, 0, Qt.AlignmentFlag.AlignTop)
            else:
                grid.addWidget(label, 3 * place, 0)
            grid.addWidget(widget, 3 * place, 1, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Text(self._look, note, Role.CAPTION, "ink2", is_wrapped=True), 3 * place + 1, 1)
            grid.setRowMinimumHeight(3 * place + 2, Space.S)
        if self.ways is not None:
            self._add_ways(grid, self.ways, 3 * len(rows))
        return grid

    def add_moving(self) -> None:
        """Offer to take everything to another computer, and to bring it in there (B17)."""
        self.export = Button(self._look, "导出…", is_small=True, name="导出全部数据")
        self.bring_in = Button(self._look, "导入…", is_small=True, name="导入数据")
        self.export.clicked.connect(self.export_asked)
        self.bring_in.clicked.connect(self.import_asked)
        both = QWidget()
        line = QHBoxLayout(both)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        line.addWidget(self.export)
        line.addWidget(self.bring_in)
        self._add_row("换电脑", both, "全部草稿、附件、回执和记录，加密成一个文件，在新电脑上导入")

    def _add_ways(self, grid: QGridLayout, ways: Segmented, row: int) -> None:
        grid.addWidget(Text(self._look, "读卡方式", Role.LABEL, "ink2"), row, 0)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(ways)
        line.addWidget(self.file)
        line.addStretch(1)
        grid.addLayout(line, row, 1)
        grid.addWidget(self.in_use, row + 1, 1)
        grid.setRowMinimumHeight(row + 2, Space.S)

    def add_card(self, spans: Sequence[str], span: int) -> None:
        """Offer after how long without an act the card's login ends, and to change the card's PIN (B15)."""
        choice = self.spans = Segmented(self._look, "没有操作多久后退出卡登录", spans, span)
        button = self.change_pin = Button(self._look, "更改卡密码…", icon="key")
        choice.chosen.connect(self.span_chosen)
        button.clicked.connect(self._ask_pin_change)
        self._add_row("离开", choice, "没有操作这么久，或锁屏、休眠，卡就退出登录，草稿都在")
        self._add_row("卡密码", button, "卡支持时，直接写进卡里")

    def _ask_pin_change(self) -> None:
        self.escape()
        self.pin_change_asked.emit()

    def _add_row(self, title: str, widget: QWidget, note: str) -> None:
        row = self._table.rowCount()
        self._table.addWidget(Text(self._look, title, Role.LABEL, "ink2"), row, 0)
        self._table.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignLeft)
        self._table.addWidget(Text(self._look, note, Role.CAPTION, "ink2", is_wrapped=True), row + 1, 1)
        self._table.setRowMinimumHeight(row + 2, Space.S)

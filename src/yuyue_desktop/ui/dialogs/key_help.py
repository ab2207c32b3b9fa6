"""The key help (S11): every key of the window on one page; knows no act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.signs import KeyCap
from yuyue_desktop.ui.widgets.text import Text

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "单据",
        (
            ("Alt+S", "暂存"),
            ("Alt+T", "提交"),
            ("Alt+C", "复制成新草稿"),
            ("Alt+R", "删除；列表里删勾选的"),
            ("Alt+P", "打印（这一版还没有）"),
            ("F8", "跳到下一处要改的"),
            ("Ctrl+Enter", "事由、说明里换行"),
        ),
    ),
    (
        "填写",
        (
            ("Enter", "选中、写入、下一栏"),
            ("Shift+Enter", "上一栏"),
            ("空格", "打开下拉"),
            ("Backspace", "清空已选的值"),
            ("Esc", "收起下拉、气泡"),
            ("Ctrl+A", "列表里勾选全部草稿"),
            ("Alt+K", "打开这一页"),
        ),
    ),
    (
        "窗口",
        (
            ("Ctrl+K", "搜索"),
            ("Ctrl+N", "新建申请"),
            ("Ctrl+O", "打开申请文件"),
            ("Ctrl+Tab", "下一个页签"),
            ("Ctrl+Shift+Tab", "上一个页签"),
            ("Ctrl+W", "关闭页签"),
            ("Ctrl+B", "折叠菜单"),
            ("F6", "换到下一个区域"),
        ),
    ),
)
"""Group, then key and what it does; the one home of this table."""

WIDTH = 860


class KeyHelp(Dialog):
    """Closes with Esc, Enter or the key that opened it."""

    def __init__(self, look: Look, window: QWidget, *, is_practice: bool = False) -> None:
        super().__init__(look, window, "快捷键", "keyboard", is_practice=is_practice, width=WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(_spoken())
        columns = QHBoxLayout()
        columns.setSpacing(Space.XL)
        for title, keys in KEYS:
            columns.addLayout(self._group(title, keys), 1)
        self.body.addLayout(columns)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(Text(look, "按住 Alt，界面上每个按钮旁会亮出它的键。", Role.CAPTION, "ink2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_alt_k = event.key() == Qt.Key.Key_K and event.modifiers() == Qt.KeyboardModifier.AltModifier
        if is_alt_k or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.dismiss()
            return
        super().keyPressEvent(event)

    def _group(self, title: str, keys: tuple[tuple[str, str], ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(Text(self._look, title, Role.LABEL, "ink3"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        for line, (key, words) in enumerate(keys):
            cap = KeyCap(self._look, key)
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(Text(self._look, words, Role.LABEL, is_wrapped=True), line, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _first_focus(self) -> QWidget:
        return self


def _spoken() -> str:
    return "。".join(f"{title}：" + "，".join(f"{key} {words}" for key, words in keys) for title, keys in KEYS)

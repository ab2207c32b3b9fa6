"""商品名称及HS编码: the list and the row that is written into it (S20); knows no code table but through its finder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.domain.application import GoodsItem
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.fields import Kind, field
from yuyue_desktop.domain.limits import GOODS_LOOKUP_DIGITS, GOODS_NAMES_CHARACTERS
from yuyue_desktop.domain.numbers import HS_CODE, narrowed
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.forms.finders import Finder
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.tables.table_view import RowSize, TableView
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.pick_field import Opening, PickField
from yuyue_desktop.ui.widgets.pick_list import Match

_COLUMNS = (
    Column("serial", "序号", CellKind.QUIET, "000", is_sortable=False, is_optional=False),
    Column(
        "name",
        "商品名称",
        CellKind.TEXT,
        "鲜的玫瑰（插花）",
        grows=True,
        least_share=0.5,
        is_sortable=False,
        is_optional=False,
    ),
    Column("hs_code", "商品HS编码", CellKind.CODE, "0603110000", is_sortable=False, is_optional=False),
    Column("edit", "", CellKind.LINK, "修改", is_sortable=False, is_optional=False),
    Column("remove", "", CellKind.LINK, "移除", is_sortable=False, is_optional=False),
)


class GoodsPanel(Box):
    """`changed` carries all rows after one was written, changed or removed; `hint` follows the focus of the entry row.

    The serial number is the place in the list. Enter in the name writes the row; Delete removes the chosen one.
    `jotted` comes with each change of the entry row.
    """

    changed = Signal(tuple)
    jotted = Signal()
    paste_asked = Signal()
    hint = Signal(str)

    def __init__(self, look: Look, finder: Finder) -> None:
        spec = field("goods")
        super().__init__(look, spec.label)
        self._look = look
        self._rows: tuple[GoodsItem, ...] = ()
        self._is_editable: bool | None = None
        self._edited: int | None = None
        self._paste = Button(look, "从 Excel 粘贴", ButtonKind.GHOST, icon="paste", is_small=True)
        self._paste.clicked.connect(self.paste_asked)
        self.add_tool(self._paste)
        self.table = TableView(look, spec.accessible_name, RowModel(_COLUMNS), RowSize.GOODS)
        self.table.cell_activated.connect(self._act)
        self._code = self._make_code(finder)
        self._name = self._make_name()
        self._write = Button(look, "写入列表", ButtonKind.PLAIN, keys="Enter")
        self._write.clicked.connect(self.write)
        self._entry = _EntryRow(look, (self._code, self._name, self._write))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._entry)

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """What Enter walks through, in tab order."""
        return (self._code, self._name)

    @property
    def entry(self) -> tuple[str, str, int | None]:
        """Code and name in the entry row, and the place of the row that they are to replace."""
        return self._code.text, self._name.text, self._edited

    def show_entry(self, code: str, name: str, place: int | None) -> None:
        """Puts back what stood in the entry row; a row that is gone meanwhile becomes a new one."""
        self._code.show_typed(code)
        self._name.set_text(name)
        for entry in (self._code, self._name):
            entry.editor.end(False)  # noqa: FBT003 - Qt's argument: no selection
        self._mark_edited(place if place is not None and place < len(self._rows) else None)

    def show_rows(self, rows: Sequence[GoodsItem], *, is_editable: bool) -> None:
        """Shows the application's goods; the same ones again cost nothing, as each key in any field shows them."""
        if (tuple(rows), is_editable) == (self._rows, self._is_editable):
            return
        self._rows, self._is_editable = tuple(rows), is_editable
        total = sum(len(row.name) for row in rows)
        self.set_note(f"{len(rows)} 项 · 名称共 {total} / {GOODS_NAMES_CHARACTERS} 字符")
        self.table.rows.set_rows([_row(place, item, is_editable) for place, item in enumerate(rows, 1)])
        self._entry.setVisible(is_editable)
        self._paste.setVisible(is_editable)

    def write(self) -> None:
        """Writes the entry row into the list, or says what is wrong with it."""
        code, name = narrowed(self._code.text), self._name.text.strip()
        place = len(self._rows) + 1 if self._edited is None else self._edited + 1
        if not HS_CODE.fullmatch(code):
            self._code.set_problem(Condition.WRONG, words(Code.GOODS_CODE_MALFORMED, {"row": place}).title)
            self._code.setFocus()
            return
        if not name:
            self._name.set_problem(Condition.WRONG, words(Code.GOODS_NAME_MISSING, {"row": place}).title)
            self._name.setFocus()
            return
        rows = list(self._rows)
        item = GoodsItem(code, name)
        if self._edited is None or self._edited >= len(rows):
            rows.append(item)
        else:
            rows[self._edited] = item
        self._clear_entry()
        self.changed.emit(tuple(rows))
        self._code.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.table.chosen:
            self._act(self.table.chosen, "remove")
            return
        super().keyPressEvent(event)

    def _make_code(self, finder: Finder) -> PickField:
        spec = field("goods_code")
        code = PickField(
            self._look,
            spec.accessible_name,
            finder.find,
            kind=Kind.OPTIONAL,
            hint=spec.hint,
            placeholder=spec.placeholder,
            length=spec.length,
            opening=Opening.ENTER,
            least_typed=GOODS_LOOKUP_DIGITS,
            no_match="没有这个编码的商品。可以照填，名称自己写。",
        )
        code.picked.connect(self._take)
        code.edited.connect(lambda _text: code.set_problem(Condition.FINE))
        code.edited.connect(lambda _text: self.jotted.emit())
        code.entered.connect(lambda: self.hint.emit(f"{spec.accessible_name}：{spec.hint}"))
        return code

    def _make_name(self) -> Field:
        spec = field("goods_name")
        name = Field(self._look, spec.accessible_name, hint=spec.hint, placeholder=spec.placeholder)
        name.edited.connect(lambda _text: name.set_problem(Condition.FINE))
        name.edited.connect(lambda _text: self.jotted.emit())
        name.entered.connect(lambda: self.hint.emit(f"{spec.accessible_name}：{spec.hint}"))
        name.editor.add_key_taker(self._take_name_key)
        return name

    def _take_name_key(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.modifiers():
            return False
        if not self._code.text and not self._name.text:
            return False
        self.write()
        return True

    def _take(self, match: Match) -> None:
        self._code.show_picked(match.code, "")
        self._name.set_text(match.taken_name)
        self._name.setFocus()
        self._name.editor.selectAll()
        self.jotted.emit()

    def _act(self, row_id: str, column: str) -> None:
        place = int(row_id)
        if not self._entry.isVisible() or place >= len(self._rows):
            return
        if column == "remove":
            self._follow_removed(place)
            self.changed.emit(self._rows[:place] + self._rows[place + 1 :])
        else:
            self._edit(place)

    def _edit(self, place: int) -> None:
        item = self._rows[place]
        self._code.show_picked(item.hs_code, "")
        self._name.set_text(item.name)
        self._mark_edited(place)
        self._name.setFocus()
        self.jotted.emit()

    def _follow_removed(self, place: int) -> None:
        """A row goes: the entry row goes with it if it holds that row, else what is typed there stays."""
        if self._edited == place:
            self._clear_entry()
        elif self._edited is not None and self._edited > place:
            self._edited -= 1
            self.jotted.emit()

    def _mark_edited(self, place: int | None) -> None:
        self._edited = place
        self._write.setText("写入列表" if place is None else "写回列表")

    def _clear_entry(self) -> None:
        self._code.show_typed("")
        self._name.set_text("")
        self._mark_edited(None)
        for entry in (self._code, self._name):
            entry.set_problem(Condition.FINE)
        self.jotted.emit()


class _EntryRow(QWidget):
    """The fields under the list, behind a hairline."""

    def __init__(self, look: Look, parts: tuple[QWidget, QWidget, QWidget]) -> None:
        super().__init__()
        self._look = look
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S + 2, Space.S, Space.S, Space.S - 2)
        row.setSpacing(Space.S)
        for part, share in zip(parts, (1, 1, 0), strict=True):
            row.addWidget(part, share)

    def paintEvent(self, _event: QPaintEvent) -> None:
        start(self).fillRect(QRectF(1, 0, self.width() - 2, 1), self._look.colour("line"))


def _row(place: int, item: GoodsItem, is_editable: bool) -> Row:
    row = Row(str(place - 1), {"serial": Cell(str(place)), "name": Cell(item.name), "hs_code": Cell(item.hs_code)})
    if not is_editable:
        return row
    return replace(row, cells={**row.cells, "edit": Cell("修改"), "remove": Cell("移除")})

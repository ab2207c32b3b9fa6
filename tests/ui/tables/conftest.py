"""A table of applications, shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.tables.columns import TICK_COLUMN, CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.tables.table_view import TableView
from yuyue_desktop.ui.widgets.chip import status_face

COLUMNS = (
    TICK_COLUMN,
    Column("number", "预录入编号", CellKind.LINK, "YTG202600000000275", is_optional=False),
    Column("trader", "收发货人名称", CellKind.TEXT, "上海澄江生鲜贸易有限公司", grows=True, least_share=0.6),
    Column("applied", "申请时间", CellKind.CODE, "2026-09-23 13:58"),
    Column("status", "状态", CellKind.CHIP_LINK, "预约成功"),
)


def row(number: int, status: Status = Status.DRAFT) -> Row:
    face = status_face(status)
    cells = {
        "number": Cell(f"YTG2026{number:011d}"),
        "trader": Cell("上海澄江生鲜贸易有限公司"),
        "applied": Cell(f"2026-09-23 13:{number % 60:02d}"),
        "status": Cell(face.word, face=face),
    }
    return Row(f"id-{number}", cells, can_tick=status is Status.DRAFT)


@pytest.fixture
def table(qtbot: QtBot, look: Look) -> TableView:
    table = TableView(look, "预约通关申请", RowModel(COLUMNS))
    qtbot.addWidget(table)
    table.resize(800, 300)
    table.rows.set_rows([row(number) for number in range(40)])
    with qtbot.waitExposed(table):
        table.show()
    table.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    return table

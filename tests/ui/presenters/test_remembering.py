"""What the clerk chose is there again after a restart, on a real store (S7, S9)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.store.parts import OpenStore
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.calendar import COLUMNS as CALENDAR_COLUMNS
from yuyue_desktop.ui.presenters.places import QUERY_COLUMNS, RECEIPT_COLUMNS
from yuyue_desktop.ui.presenters.remembering import YES, Remembered, column_memory
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.window_program import MENU_FOLDED


def test_each_list_finds_its_hidden_columns_again(tmp_path: Path) -> None:
    store = OpenStore(tmp_path)
    chosen = {CALENDAR_COLUMNS: {"port"}, QUERY_COLUMNS: {"declarant", "next"}, RECEIPT_COLUMNS: {"number"}}
    for name, hidden in chosen.items():
        column_memory(Remembered(store.reader, store.writer), name).remember(frozenset(hidden))
    store.reopen()
    again = Remembered(store.reader, store.writer)
    assert {name: set(column_memory(again, name).hidden) for name in chosen} == chosen
    store.close()


@pytest.mark.parametrize("is_folded", [True, False])
def test_the_menu_is_as_it_was_left(is_folded: bool, tmp_path: Path, qtbot: QtBot) -> None:
    store, look = OpenStore(tmp_path), Look()
    frame = ShellFrame(look, is_menu_folded=not is_folded)
    qtbot.addWidget(frame)
    remembered = Remembered(store.reader, store.writer)
    frame.menu_folded.connect(lambda folded: remembered.keep(MENU_FOLDED, YES if folded else ""))
    remembered.keep(MENU_FOLDED, "" if is_folded else YES)
    frame.resize(1400, 800)
    with qtbot.waitActive(frame):
        frame.show()
        frame.activateWindow()
    QTest.keyClick(frame, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    store.reopen()
    is_wished = Remembered(store.reader, store.writer).text(MENU_FOLDED) == YES
    next_start = ShellFrame(look, is_menu_folded=is_wished)
    qtbot.addWidget(next_start)
    assert next_start.menu.is_folded is is_folded
    store.close()

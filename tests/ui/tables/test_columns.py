"""How columns share the width of their table."""

from __future__ import annotations

from yuyue_desktop.ui.tables.columns import ColumnWidth, share_width

CODE = ColumnWidth(150, 150, grows=False)
NAME = ColumnWidth(180, 100, grows=True)
OTHER_NAME = ColumnWidth(180, 140, grows=True)


def test_what_is_left_over_goes_to_the_growing_columns() -> None:
    assert share_width([CODE, NAME, OTHER_NAME], 511) == [150, 180, 181]
    assert share_width([CODE, NAME, OTHER_NAME], 610) == [150, 230, 230]


def test_what_is_missing_is_taken_where_it_can_be_given() -> None:
    widths = share_width([CODE, NAME, OTHER_NAME], 450)
    assert widths[0] == 150
    assert sum(widths) == 450
    assert 180 - widths[1] > 180 - widths[2]


def test_no_column_is_narrower_than_its_least_width() -> None:
    assert share_width([CODE, NAME, OTHER_NAME], 10) == [150, 100, 140]


def test_a_table_without_growing_columns_keeps_its_widths() -> None:
    assert share_width([CODE, CODE], 1000) == [150, 150]

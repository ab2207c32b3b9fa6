"""A goods table pasted from a spreadsheet becomes rows (B7)."""

from __future__ import annotations

from yuyue_desktop.domain.application import GoodsItem
from yuyue_desktop.domain.pasted_goods import parse_goods

ROSE = GoodsItem("06031100", "鲜的玫瑰")


def test_code_and_name_in_either_order() -> None:
    assert parse_goods("06031100\t鲜的玫瑰\n鲜的玫瑰\t06031100\n").rows == (ROSE, ROSE)


def test_serial_numbers_and_full_width_codes_are_seen_through() -> None:
    assert parse_goods("1\t０６０３.１１００\t鲜的玫瑰\t25").rows == (ROSE,)


def test_a_heading_is_named_and_empty_lines_are_not() -> None:
    pasted = parse_goods("序号\t名称\t编码\n\n1\t鲜的玫瑰\t06031100\n")
    assert pasted.rows == (ROSE,)
    assert pasted.lines_not_understood == (1,)


def test_a_line_without_a_name_is_not_understood() -> None:
    assert parse_goods("06031100").lines_not_understood == (1,)


def test_nothing_pasted_is_nothing() -> None:
    assert parse_goods("").rows == ()

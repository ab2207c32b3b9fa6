"""Requests cut into blocks are what the control puts together again, and the head is as eport-card.md describes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.card.control import blocks
from yuyue_desktop.card.control.blocks import BlockedRequest
from yuyue_practice.eport import blocks as control_blocks
from yuyue_practice.eport.blocks import Assembly, read_block

LARGE = "a" * blocks.MOST_CHARACTERS


def test_the_check_code_is_modbus_with_its_low_byte_first() -> None:
    # The published check value of CRC-16/MODBUS over 123456789 is 4B37.
    assert blocks.check_code("123456789") == control_blocks.check_code("123456789") == "374B"


@given(st.text(max_size=200))
def test_both_sides_reckon_the_same_check_code(content: str) -> None:
    assert blocks.check_code(content) == control_blocks.check_code(content)


def test_the_head_of_a_block() -> None:
    head = BlockedRequest(LARGE + "bc").block(1)[:128]
    assert len(head) == 128
    assert head.startswith("BLOCKTXT")
    assert head[16:32] == f"{len(LARGE) + 2:016}"
    assert head[40:44] == "0002"
    assert head[80:84] == "0001"
    assert set(head[84:]) == {"0"}


@pytest.mark.parametrize(
    ("message", "is_large"), [("a" * 1000, False), (LARGE, True), ("关" * 40_000, False), ("关" * 41_000, True)]
)
def test_a_character_beyond_latin_counts_three(message: str, is_large: bool) -> None:
    assert blocks.is_large(message) is is_large


@pytest.mark.parametrize("message", [LARGE + "b", LARGE * 3, "关🂡é" * 20_000, LARGE[:-1] + "关" + LARGE])
def test_what_was_cut_is_put_together_again(message: str) -> None:
    request, assembly = BlockedRequest(message), Assembly()
    args, whole = assembly.add(read_block(request.block(0)))
    while whole is None:
        assert args["Result"] is True
        args, whole = assembly.add(read_block(request.block(args["Data"][0]["next"])))
    assert args["Data"][0]["finish"] is True
    assert request.is_mine(args["Data"][0]["guid"])
    assert whole == message


def test_a_block_that_is_not_there_is_refused() -> None:
    request = BlockedRequest(LARGE + "b")
    for number in (-1, 2):
        with pytest.raises(IndexError):
            request.block(number)

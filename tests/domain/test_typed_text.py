"""What may stand in a field of what was typed or pasted, for texts of any kind (S10)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.rules import has_control_character
from yuyue_desktop.domain.typed_text import (
    Settled,
    named_sign,
    settle_line,
    settle_lines,
    settled_words,
    uncertain_signs,
)

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80) | st.text(
    st.sampled_from("1Ａ１　 \t\r\n\0\x7f\u200b\u202e\ufeff\ud800😀e\u0301张é"), max_size=40
)
LENGTHS = st.sampled_from([0, 1, 10, 18, 30])


@given(ANY_TEXT, st.booleans(), LENGTHS)
def test_a_line_holds_nothing_unseen_and_no_more_than_it_may(text: str, is_narrow: bool, length: int) -> None:
    settled = settle_line(text, is_narrow=is_narrow, length=length)
    assert not has_control_character(settled.text)
    assert "\n" not in settled.text
    assert not length or len(settled.text) <= length
    assert settle_line(settled.text, is_narrow=is_narrow, length=length) == Settled(settled.text)


@given(ANY_TEXT)
def test_lines_hold_nothing_unseen_but_breaks(text: str) -> None:
    settled = settle_lines(text)
    assert not has_control_character(settled.text)
    assert settle_lines(settled.text) == Settled(settled.text)


@given(ANY_TEXT, LENGTHS)
def test_nothing_goes_without_being_counted(text: str, length: int) -> None:
    """What is left out besides blanks and breaks is counted, and whoever counts is told."""
    settled = settle_line(text, length=length)
    solid = [sign for sign in text if not sign.isspace()]
    kept = [sign for sign in settled.text if not sign.isspace()]
    assert len(solid) - len(kept) <= settled.unseen + settled.cut
    assert bool(settled_words(settled, length)[0]) == bool(settled.unseen or settled.cut)


@pytest.mark.parametrize(
    ("typed", "length", "text", "unseen", "cut"),
    [
        (" 3122261548", 10, "3122261548", 0, 0),
        ("3122261548\r\n", 10, "3122261548", 0, 0),
        ("３１２２２６１５４８　", 10, "3122261548", 0, 0),
        ("31222615480", 10, "3122261548", 0, 1),
        ("312226\u200b1548", 10, "3122261548", 1, 0),
        ("\u202e3122261548\0", 0, "3122261548", 2, 0),
        ("周\t敏", 0, "周 敏", 0, 0),
        ("a\ud800b", 0, "ab", 1, 0),
        ("😀" * 3, 2, "😀😀", 0, 1),
    ],
)
def test_what_a_clerk_pastes(typed: str, length: int, text: str, unseen: int, cut: int) -> None:
    assert settle_line(typed, is_narrow=True, length=length) == Settled(text, unseen, cut)


def test_what_is_left_out_is_said_with_the_way_back() -> None:
    assert settled_words(Settled("", cut=3), 10) == ("太长：最多 10 个字符", "多出的 3 个没有填进去。Ctrl+Z 恢复")
    assert settled_words(Settled("", unseen=2), 0)[0] == "去掉了 2 个看不见的字符"
    assert settled_words(Settled("张"), 0) == ("", "")


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("鲜切玫瑰 Rose 玫瑰™", "™"),
        ("保温 2~8℃，10㎡，№3，★级，①，ⅷ，㈱", ""),
        ("±0.5°，©，®，§，µ，é，ü，€，—", ""),
        ("䶮𠮷㐀镕", ""),
        ("急😀急😀🐎", "😀🐎"),
        ("e\u0301", "\u0301"),
        ("1\ufe0f\u20e3", "\ufe0f\u20e3"),
        ("\ue000\u0378", "\ue000\u0378"),
        ("👍🏻", "👍🏻"),
    ],
)
def test_signs_that_another_machine_may_not_show(text: str, signs: str) -> None:
    assert uncertain_signs(text) == tuple(signs)


@pytest.mark.parametrize(("sign", "named"), [("😀", "😀（U+1F600）"), ("\u0301", "U+0301"), ("\ue000", "U+E000")])
def test_a_sign_is_named_so_that_it_is_found(sign: str, named: str) -> None:
    assert named_sign(sign) == named

"""Shapes of the trade's numbers (N1-N7, S13, S30) and how typed text is narrowed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain import numbers

CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@pytest.mark.parametrize("text", ["1101919107", "3256960001", "31222610AZ", "00000AAAAA"])
def test_customs_codes(text: str) -> None:
    assert numbers.is_customs_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "110191910",
        "11019191070",
        "A101919107",
        "1101A19107",
        "110191910a",
        "１101919107",
        "1101919107\n",
        " 1101919107",
    ],
)
def test_no_customs_codes(text: str) -> None:
    assert not numbers.is_customs_code(text)


def test_the_manuals_own_credit_code_has_the_shape_but_fails_the_check() -> None:
    assert numbers.is_credit_code("110152361011152450")
    assert not numbers.has_credit_check("110152361011152450")


@pytest.mark.parametrize("text", ["91350100M000100Y43", "91110000600037341L", "9144030071526726XG"])
def test_issued_credit_codes_pass_the_check(text: str) -> None:
    assert numbers.has_credit_check(text)


@pytest.mark.parametrize("sign", sorted(set(string.digits + string.ascii_uppercase) - set(CREDIT_SIGNS)))
def test_credit_codes_are_without_five_letters(sign: str) -> None:
    assert sign in "IOSVZ"
    assert not numbers.is_credit_code("9135010" + sign + "M00100Y43")
    assert not numbers.has_credit_check("91350100M000100Y4" + sign)


@given(st.text(CREDIT_SIGNS, min_size=17, max_size=17), st.data())
def test_one_check_character_fits_and_one_changed_sign_breaks_it(body: str, data: st.DataObject) -> None:
    fitting = [body + sign for sign in CREDIT_SIGNS if numbers.has_credit_check(body + sign)]
    assert len(fitting) == 1
    place = data.draw(st.integers(0, 16))
    other = data.draw(st.sampled_from(sorted(set(CREDIT_SIGNS) - {body[place]})))
    assert not numbers.has_credit_check(fitting[0][:place] + other + fitting[0][place + 1 :])


@pytest.mark.parametrize(
    "text", ["13800138000", "19912345678", "010-65194114", "0755-26881234", "021-58351234-801", "0316-2012345"]
)
def test_telephones(text: str) -> None:
    assert numbers.is_telephone(text)


@pytest.mark.parametrize(
    "text",
    ["", "1380013800", "138001380000", "12800138000", "65194114", "10-65194114", "010-15194114", "01065194114",
     "+8613800138000", "138 0013 8000", "010-65194114-", "１３８００１３８０００"],
)  # fmt: skip
def test_no_telephones(text: str) -> None:
    assert not numbers.is_telephone(text)


def test_pre_entry_numbers() -> None:
    assert numbers.pre_entry_number(2026, 274) == "YTG202600000000274"
    assert numbers.is_pre_entry_number("YTG202600000000274")
    assert not numbers.is_pre_entry_number("YTG20260000000274")
    assert not numbers.is_pre_entry_number("ytg202600000000274")
    assert not numbers.is_pre_entry_number("YTG2026000000002740")


@given(st.integers(1000, 9999), st.integers(0, 10**11 - 1))
def test_every_pre_entry_number_made_has_its_shape(year: int, serial: int) -> None:
    assert numbers.is_pre_entry_number(numbers.pre_entry_number(year, serial))


def test_a_declaration_number_tells_port_year_flag_and_serial() -> None:
    assert numbers.parse_declaration_number("223320261000000123") == numbers.DeclarationNumber(
        "2233", 2026, is_import=True, serial="000000123"
    )
    assert not numbers.parse_declaration_number("223320260000000123").is_import


@pytest.mark.parametrize(
    "text",
    ["", "22332026100000012", "2233202610000001234", "223320262000000123", "22332026X000000123", "2２3320261000000123"],
)
def test_no_declaration_numbers(text: str) -> None:
    with pytest.raises(ValueError, match="not a declaration number"):
        numbers.parse_declaration_number(text)


@pytest.mark.parametrize(
    ("typed", "narrow"),
    [
        ("　２２３３ ", "2233"),
        ("ＹＴＧ－１", "YTG-1"),
        ("２０２６－１０－０３　１０：００", "2026-10-03 10:00"),
        ("浦东，机场。", "浦东,机场。"),
        ("①㎏", "①㎏"),
        ("", ""),
    ],
)
def test_narrowed(typed: str, narrow: str) -> None:
    assert numbers.narrowed(typed) == narrow


@given(st.text())
def test_narrowing_twice_changes_nothing_more(text: str) -> None:
    once = numbers.narrowed(text)
    assert numbers.narrowed(once) == once
    assert not any("\uff01" <= sign <= "\uff5e" for sign in once)


@given(st.text(max_size=20))
def test_no_text_is_too_strange_to_be_judged(text: str) -> None:
    shapes = (numbers.is_customs_code, numbers.is_credit_code, numbers.has_credit_check, numbers.is_telephone)
    for judged in (*shapes, numbers.is_pre_entry_number):
        assert judged(text) in {True, False}


def test_hs_codes_have_four_to_ten_digits() -> None:
    fitting = [count for count in range(13) if numbers.HS_CODE.fullmatch("1" * count)]
    assert fitting == [4, 5, 6, 7, 8, 9, 10]

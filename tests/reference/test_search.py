"""The search forgives: whatever of code, name and pinyin is typed, the row is found and the offer says why (B6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.lookup import Match
from yuyue_desktop.reference.pinyin import HAN, READINGS, spelled
from yuyue_desktop.reference.search import CodeSearch, CompanySearch, Entry, GoodsSearch, PortSearch, TransportSearch
from yuyue_desktop.reference.tables import GoodsLine, Port, Tables

TABLES = Tables()
PORTS = PortSearch(TABLES.ports)
GOODS = GoodsSearch(TABLES.goods)
MODES = TransportSearch(TABLES.transport_modes)


def codes(matches: list[Match]) -> list[str]:
    """Give the codes of offers."""
    return [match.code for match in matches]


def marked(match: Match) -> list[str]:
    """Give the marked parts of an offer."""
    return [match.shown[start : start + length] for start, length in match.marked]


@pytest.mark.parametrize(
    ("typed", "parts", "why"),
    [
        ("2233", [], ""),
        ("２２３３", [], ""),
        ("浦东机场", ["浦东机场"], ""),
        ("东机", ["东机"], ""),
        ("pd", ["浦东"], "拼音 pd"),
        ("PDJC", ["浦东机场"], "拼音 pdjc"),
        ("pudong", ["浦东"], "拼音 pudong"),
        ("pudo", ["浦东"], "拼音 pudo"),
        ("pudjc", ["浦东机场"], "拼音 pudjc"),
        ("pu'dong", ["浦东"], "拼音 pudong"),
        ("pu ji", ["浦", "机"], "拼音 pu · 拼音 ji"),
        ("机场 pd", ["浦东机场"], "拼音 pd"),
    ],
)
def test_a_port_is_found_whatever_of_it_is_typed(typed: str, parts: list[str], why: str) -> None:
    found = {match.code: match for match in PORTS.find(typed)}["2233"]
    assert (marked(found), found.why) == (parts, why)


def test_short_and_older_names_are_named_as_the_reason() -> None:
    assert {match.code: match.why for match in PORTS.find("石机场办")} == {"0410": "简称 石机场办"}
    assert {match.code: match.why for match in PORTS.find("sjcb")}["0410"] == "简称 石机场办"
    assert {match.code: match.why for match in PORTS.find("南汇海关")} == {"2223": "旧名 南汇海关"}


def test_a_direct_customs_comes_after_its_subordinates_and_says_what_it_is() -> None:
    found = PORTS.find("上海")
    direct = next(match for match in found if match.code == "2200")
    assert direct.why == "直属海关"
    beginning = [match.code for match in found if match.name.startswith("上海")]
    assert beginning.index("2200") == len(beginning) - 1


def test_best_fit_first() -> None:
    assert codes(PORTS.find("浦东海关"))[0] == "2210"
    assert codes(PORTS.find("pudong"))[:2] == ["2210", "2233"]
    assert PORTS.find("22")[0].code == "2200"
    assert codes(PORTS.find("22")) == sorted(codes(PORTS.find("22")))


def test_last_used_come_first_in_their_order_but_only_if_they_fit() -> None:
    search = PortSearch(TABLES.ports, lambda: ("2248", "2233", "9999"))
    assert codes(search.find("2"))[:2] == ["2248", "2233"]
    assert codes(search.find(""))[:2] == ["2248", "2233"]
    first = search.find("pd")[0]
    assert (first.code, first.why) == ("2233", "上次用过 · 拼音 pd")
    assert "2248" not in codes(search.find("pd"))


def test_a_name_with_several_codes_is_not_picked_by_itself() -> None:
    assert codes(PORTS.find("东营海关"))[:2] == ["4216", "4350"]
    assert PORTS.pick("东营海关") is None
    picked = PORTS.pick("浦东机场")
    assert picked is not None
    assert picked.code == "2233"
    short = PORTS.pick("石机场办")
    assert short is not None
    assert short.code == "0410"
    assert PORTS.pick("浦东") is None
    assert PORTS.pick("") is None


def test_transport_modes_show_all_in_order_for_nothing_typed() -> None:
    assert codes(MODES.find("")) == [mode.code for mode in TABLES.transport_modes.rows]
    assert codes(MODES.find("g"))[0] == "G"
    assert codes(MODES.find("shuilu")) == ["2"]
    assert codes(MODES.find("航空")) == ["5"]


@pytest.mark.parametrize("typed", ["0", "01", "0101", "0101.21", "01012100", "0101210010", "0101.21.00-10"])
def test_goods_by_the_first_digits_of_their_code(typed: str) -> None:
    assert GOODS.find(typed)[0].code == "01012100"


def test_digits_find_only_lines_that_begin_with_them() -> None:
    assert codes(GOODS.find("0101", limit=100)) == [line.code for line in TABLES.goods.rows if line.code[:4] == "0101"]


def test_goods_show_the_path_and_mark_what_fits_in_it() -> None:
    found = {match.code: match for match in GOODS.find("烟煤")}["27011290"]
    assert found.shown.startswith("其他 ‹ ")
    assert found.shown.endswith("› 烟煤")
    assert marked(found) == ["烟煤"]
    assert found.full_name == "其他烟煤"


def test_goods_by_parts_that_lie_in_name_and_path() -> None:
    found = GOODS.find("液化 丙烷")
    assert codes(found) == ["27111200"]
    assert marked(found[0]) == ["丙烷", "液化"]
    assert "27111200" in codes(GOODS.find("yehua bingwan"))


def test_goods_by_their_name_in_trade_use() -> None:
    assert (GOODS.find("yhtrq")[0].code, GOODS.find("yhtrq")[0].why) == ("27111100", "又名 液化天然气")


def test_latin_names_are_found_in_any_case_and_width() -> None:
    assert codes(GOODS.find("led"))[0] == codes(GOODS.find("ＬＥＤ"))[0] == "85395010"


def test_nothing_fits() -> None:
    assert GOODS.find("qqqqqqq") == []
    assert PORTS.find("没有这个口岸") == []
    assert PORTS.find("   ") == PORTS.find("")


@pytest.mark.parametrize("typed", ["其他", "q", "0", "", "zhi"])
def test_no_more_than_asked_for(typed: str) -> None:
    assert len(GOODS.find(typed, limit=7)) == 7


@given(st.text(max_size=12))
def test_any_text_is_answered_with_marks_inside_the_name(typed: str) -> None:
    for search in (PORTS, MODES):
        for match in search.find(typed):
            ends = [0, *(place for start, length in match.marked for place in (start, start + length))]
            assert ends == sorted(ends)
            assert ends[-1] <= len(match.shown)
            assert all(length > 0 for _, length in match.marked)


@given(st.sampled_from(TABLES.ports.rows), st.data())
def test_any_mixture_of_initials_and_syllables_finds_its_port(port: Port, data: st.DataObject) -> None:
    spelling = port.pinyin.split()
    first = data.draw(st.integers(0, len(spelling) - 1))
    last = data.draw(st.integers(first, len(spelling) - 1))
    typed = "".join(part[: data.draw(st.integers(1, len(part)))] for part in spelling[first : last + 1])
    assert port.code in codes(PORTS.find(typed, limit=len(TABLES.ports.rows)))


@given(st.sampled_from(TABLES.goods.rows), st.data())
def test_any_part_of_a_name_or_path_finds_its_line(line: GoodsLine, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([part for part in (line.name, line.other_name, *line.path) if part]))
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    if part.strip() and not part.isascii():
        assert line.code in codes(GOODS.find(part, limit=len(TABLES.goods.rows)))


def test_every_character_has_its_own_syllable() -> None:
    names = [(port.name, port.pinyin) for port in TABLES.ports.rows]
    names += [(line.name, line.pinyin) for line in TABLES.goods.rows]
    assert all(len(pinyin.split()) == len(HAN.findall(name)) for name, pinyin in names)


@pytest.mark.parametrize(
    ("name", "reading"), [*READINGS.items(), ("浦东机场", "pu dong ji chang"), ("B型铝", "xing lv")]
)
def test_readings(name: str, reading: str) -> None:
    assert spelled(name) == reading


def test_rows_with_equal_names_stay_apart() -> None:
    search = CodeSearch([Entry("1", "马", "ma", "马"), Entry("2", "马", "ma", "马")])
    assert codes(search.find("马")) == ["1", "2"]
    assert search.pick("马") is None


@pytest.mark.parametrize(
    ("typed", "code", "why"),
    [
        ("31222", "3122261548", ""),
        ("澄江", "3122261548", ""),
        ("cjgj", "3122261548", "拼音 cjgj"),
        ("91310115", "3122261548", "社会信用代码 91310115MA00000022"),
        ("𠮷", "1101919107", ""),
        ("1101919", "1101919107", ""),
    ],
)
def test_a_company_is_found_by_code_name_pinyin_and_credit_code(typed: str, code: str, why: str) -> None:
    search = CompanySearch(
        [
            Company("3122261548", "91310115MA00000022", "3100600022", "澄江国际", Grade.GENERAL),
            Company("1101919107", "911100000000000000", "1100600001", "𠮷㐂进出口", Grade.SENIOR),
        ]
    )
    assert [(match.code, match.why) for match in search.find(typed)] == [(code, why)]

"""The built tables hold what the product needs of them, and the script that checks them finds planted faults."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from devtools import tables as builder
from yuyue_desktop.domain.numbers import NOT_PORTS
from yuyue_desktop.reference.tables import Tables

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def tables() -> Tables:
    """Give the tables as the program has them."""
    return Tables()


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the tables that the script takes for the product's."""
    shutil.copytree(builder.TABLES, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(builder, "TABLES", tmp_path)
    return tmp_path


def test_the_script_finds_nothing_wrong() -> None:
    assert list(builder.find_faults()) == []


def test_counts_and_editions(tables: Tables) -> None:
    assert len(tables.ports.rows) == 1158
    assert len(tables.goods.rows) == 8915
    assert len(tables.transport_modes.rows) == 18
    assert len(tables.natures.rows) == 9
    assert tables.ports.edition.edition == "2018-12"
    assert tables.goods.edition.table == "goods"
    assert tables.goods.edition.version >= 1


def test_what_is_no_port_is_not_offered_as_one(tables: Tables) -> None:
    assert tables.ports.codes.isdisjoint(NOT_PORTS)
    assert {"0100", "2233", "2248"} <= tables.ports.codes


def test_direct_customs_end_in_00(tables: Tables) -> None:
    direct = {port.code for port in tables.ports.rows if port.is_direct}
    assert direct == {code for code in tables.ports.codes if code.endswith("00")}


def test_the_manuals_customs_code_lies_in_a_known_region(tables: Tables) -> None:
    names = {region.code: region.name for region in tables.regions.rows}
    assert names["1101919107"[:5]] == "东城区"


def test_full_names_tell_lines_apart(tables: Tables) -> None:
    by_code = {line.code: line for line in tables.goods.rows}
    assert by_code["01012100"].full_name == "改良种用（马）"
    assert by_code["27011290"].full_name == "其他烟煤"
    assert by_code["96200000"].full_name == "独脚架、双脚架、三脚架及类似品"
    assert {line.code for line in tables.goods.rows if line.full_name == "其他" and line.path} == set()


def test_paths_are_whole(tables: Tables) -> None:
    line = next(line for line in tables.goods.rows if line.code == "01012100")
    assert line.path == ("马、驴、骡", "马")
    assert line.shown_path == "马、驴、骡 › 马"


@pytest.mark.parametrize(
    ("table", "before", "after", "sentence"),
    [
        ("ports", "\n2233\t", "\n9900\t", "ports: 9900 is not a port"),
        ("ports", "\n2233\t", "\n22A3\t", "ports: 22A3 is no code"),
        ("ports", "\n2233\t", "\n2232\t", "ports: codes stand twice: ['2232']"),
        ("ports", "\n2233\t", "\n0001\t", "ports: codes are out of order"),
        ("ports", "code\tname", "code\ttitle", "ports: columns are"),
        ("ports", "pu dong ji chang\t", "pu dong ji\t", "ports: 2233 is spelled pu dong ji"),
        ("transport_modes", "水路运输", "", "transport_modes: 2 has no name"),
        ("transport_modes", "\tshui lu yun shu", "", "transport_modes: 2 has 2 cells"),
        ("goods", "\n01012100\t", "\n01012100\t0", "goods: 01012100 has no heading 0"),
    ],
)
def test_planted_faults_are_found(table: str, before: str, after: str, sentence: str, copy: Path) -> None:
    file = copy / f"{table}.tsv"
    whole = file.read_text("utf-8")
    assert before in whole
    file.write_text(whole.replace(before, after, 1), encoding="utf-8")
    assert any(fault.startswith(sentence) for fault in builder.find_faults())


def test_building_from_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {
        "customs_districts.tsv": "code\tname\tshort_name\tlevel\tolder_name\tcross_check\n"
        "0100\t北京关区\t北京关区\tdirect\t\t2src\n9900\t某处\t某处\tall\t\t2src\n"
        "0410\t石家庄海关驻机场办事处\t石机场办\tsubordinate\t旧 名\t2src\n",
        "transport_modes.tsv": "code\tname\n2\t水路运输\n",
        "domestic_regions_5digit.tsv": "code5\tname\tzone_kind\n11019\t东城区\t9\n4724\t缺一位\t\n",
        "enterprise_nature_digit6.tsv": "digit6\tname\n1\t国有\n",
        "hs_tariff.tsv": "code\tname\tpath\tyear\tsource\tname_alt\n"
        "01012900\t其他\t马、驴、骡 > 马\t2026\tD\t\n01013090\t其他\t马、驴、骡 > 驴\t2026\tD\t其他驴\n"
        "96200000\t独脚架\t\t2018\tC\t独脚架\n",
    }
    for name, text in facts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(builder, "TABLES", tmp_path / "built")
    assert builder.main([str(tmp_path)]) == 0
    built = Tables(tmp_path / "built")
    assert [port.code for port in built.ports.rows] == ["0100", "0410"]
    assert built.ports.rows[1].older_pinyin == "jiu ming"
    assert [region.code for region in built.regions.rows] == ["11019"]
    assert [line.full_name for line in built.goods.rows] == ["其他（马）", "其他驴", "独脚架"]

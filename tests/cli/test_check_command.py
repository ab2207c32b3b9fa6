"""`yuyue check --offline`: the rules of the form on application files, with their attachments measured (B11, S19)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.runs import run

GOOD: dict[str, Any] = {
    "trader": "3122261001",
    "contact_name": "张三",
    "contact_mobile": "13800138000",
    "declaration_port": "2233",
    "entry_exit_port": "2248",
    "transport_mode": "5",
    "window_start": "2199-10-03T10:00",
    "reason": "鲜活货物",
    "import": True,
    "export": False,
    "goods": [{"hs_code": "0101", "name": "马"}],
    "attachments": [],
}


def write(folder: Path, **changes: object) -> str:
    """Write an application file that differs from the good one and give its path."""
    file = folder / "申请.json"
    file.write_text(json.dumps({**GOOD, **changes}, ensure_ascii=False), encoding="utf-8")
    return str(file)


def findings(folder: Path, **changes: object) -> list[tuple[str, str, str]]:
    """Give rule, field and severity of every finding."""
    done = run("check", "--offline", write(folder, **changes))
    (answer,) = done.answers
    assert list(answer) == ["file", "findings"]
    assert all(list(found) == ["rule", "field", "severity", "message"] for found in answer["findings"])
    assert done.code == (1 if answer["findings"] else 0)
    return [(found["rule"], found["field"], found["severity"]) for found in answer["findings"]]


def test_a_good_file_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path) == []


@pytest.mark.parametrize(
    ("changes", "rule", "field", "severity"),
    [
        ({"trader": ""}, "S12", "trader", "error"),
        ({"trader": "31222610"}, "N1", "trader", "error"),
        ({"contact_mobile": "1380013800"}, "S13", "contact_mobile", "error"),
        ({"declaration_port": "9999"}, "N7", "declaration_port", "warning"),
        ({"declaration_port": "0000"}, "N7", "declaration_port", "error"),
        ({"declaration_port": "2200"}, "N7", "declaration_port", "warning"),
        ({"contact_name": "张三😀"}, "S10", "contact_name", "warning"),
        ({"goods": [{"hs_code": "0101", "name": "马\u0301"}]}, "S10", "goods", "warning"),
        ({"transport_mode": "Q"}, "N7", "transport_mode", "warning"),
        ({"window_start": "2020-10-03T10:00"}, "S16", "window_start", "error"),
        ({"window_start": "2199-10-03 10:00"}, "S16", "window_start", "error"),
        ({"reason": "鲜" * 128}, "S17", "reason", "error"),
        ({"import": False}, "S18", "import", "error"),
        ({"goods": []}, "S20", "goods", "error"),
        ({"goods": [{"hs_code": "01", "name": "马"}]}, "N4", "goods", "error"),
        ({"attachments": ["none.pdf"]}, "S19", "attachments", "error"),
        ({"attachments": ["申请.json"]}, "S19", "attachments", "error"),
        ({"attachments": ["a\x00.pdf"]}, "S19", "attachments", "error"),
        ({"fax": "1"}, "B11", "fax", "error"),
        ({"contact_name": 3}, "B11", "contact_name", "error"),
        ({"trader": None}, "B11", "trader", "error"),
        ({"import": 1}, "B11", "import", "error"),
        ({"goods": {}}, "B11", "goods", "error"),
        ({"attachments": "a.pdf"}, "B11", "attachments", "error"),
        ({"attachments": [1]}, "B11", "attachments", "error"),
        ({"goods": [{"hs_code": "0101", "name": "马", "unit": "kg"}]}, "B11", "goods", "error"),
    ],
)
def test_each_fault_is_one_finding(
    changes: dict[str, Any], rule: str, field: str, severity: str, tmp_path: Path
) -> None:
    assert findings(tmp_path, **changes) == [(rule, field, severity)]


def test_what_is_absent_is_found_as_missing(tmp_path: Path) -> None:
    file = tmp_path / "empty.json"
    file.write_text("{}", encoding="utf-8")
    (answer,) = run("check", "--offline", str(file)).answers
    assert [found["field"] for found in answer["findings"]] == [
        "trader", "contact_name", "contact_mobile", "declaration_port", "entry_exit_port", "transport_mode",
        "window_start", "import", "goods",
    ]  # fmt: skip


def test_attachments_are_measured_and_lie_beside_their_file(tmp_path: Path) -> None:
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / "箱单.pdf", min_version="1.4")
    assert findings(tmp_path, attachments=["箱单.pdf"]) == []
    assert findings(tmp_path, attachments=["箱单.pdf"] * 6) == [("S19", "attachments", "error")]


def test_each_file_has_its_line_and_a_bad_one_its_code(tmp_path: Path) -> None:
    good, broken = write(tmp_path), tmp_path / "broken.json"
    broken.write_bytes(b"\xff")
    done = run("check", "--offline", good, str(tmp_path / "none.json"), str(broken), str(tmp_path))
    assert done.code == 1
    assert done.answers == [
        {"file": good, "findings": []},
        {"file": str(tmp_path / "none.json"), "error": "file_missing"},
        {"file": str(broken), "error": "input_not_json"},
        {"file": str(tmp_path), "error": "file_is_folder"},
    ]
    assert done.stderr.count("\n") == 3
    assert run("check", "--offline", str(broken), str(tmp_path)).code == 2


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=60), st.binary(max_size=20).map(lambda tail: json.dumps(GOOD).encode() + tail)))
def test_any_bytes_are_answered(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.json"
    file.write_bytes(content)
    assert len(run("check", "--offline", str(file)).answers) == 1


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["hs_code", "name", "x"]), inner),
    max_leaves=5,
)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(set(GOOD) - {"attachments"})), ANYTHING)
def test_any_value_of_any_field_is_answered(tmp_path: Path, name: str, value: object) -> None:
    for _, field, severity in findings(tmp_path, **{name: value}):
        assert field in {name, "import", "window_start"}
        assert severity in {"error", "warning"}

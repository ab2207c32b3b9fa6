"""The field catalogue: every field exists, has its words, and repeats no limit wrongly (S10-S20)."""

from __future__ import annotations

import dataclasses
import re

import pytest

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.application import Application, ApplicationRecord
from yuyue_desktop.domain.fields import BY_NAME, FIELDS, FieldSpec, Input, Kind, field
from yuyue_desktop.domain.rules import FORM_ORDER, REQUIRED_TEXTS

ENTERED = {spec.name for spec in dataclasses.fields(Application)} - {"id"}
SHOWN = {spec.name for spec in dataclasses.fields(ApplicationRecord)}
COMPANY_PARTS = {
    f"{owner}_{part}" for owner in ("declarant", "trader") for part in ("credit_code", "inspection_code", "name")
}
ROW_FIELDS = {"goods_code", "goods_name"}
ACTS = {"feedback", "explanation"}


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_every_name_means_something(spec: FieldSpec) -> None:
    assert spec.name in ENTERED | SHOWN | COMPANY_PARTS | ROW_FIELDS | ACTS | {"window_end"}


def test_nothing_that_is_entered_lacks_its_field() -> None:
    assert set(BY_NAME) >= ENTERED
    assert len(BY_NAME) == len(FIELDS)


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.name)
def test_words_of_a_field(spec: FieldSpec) -> None:
    assert spec.label
    assert spec.hint
    assert not spec.hint.endswith("。")
    assert "！" not in spec.hint + spec.label + spec.placeholder
    assert spec.accessible_name.startswith((spec.label, "预约通关")) or spec.name in {
        "window_end",
        "is_import",
        "is_export",
    }


def test_accessible_names_are_told_apart() -> None:
    names = [spec.accessible_name for spec in FIELDS]
    assert len(set(names)) == len(names)


def test_locked_fields_are_those_the_system_fills() -> None:
    locked = {spec.name for spec in FIELDS if spec.kind is Kind.LOCKED}
    assert locked == {
        "application_number", "pre_entry_number", "status", "window_end", "declarant", *COMPANY_PARTS
    }  # fmt: skip
    assert all((spec.input is Input.SHOWN) == (spec.kind is Kind.LOCKED) for spec in FIELDS)


def test_what_the_rules_require_is_yellow() -> None:
    required = {name for name, _ in REQUIRED_TEXTS} | {"goods", "is_import", "is_export"}
    assert {spec.name for spec in FIELDS if spec.kind is Kind.REQUIRED} == required | {"feedback"}


def test_the_form_and_its_problems_have_one_order() -> None:
    order = [spec.name for spec in FIELDS if spec.name in FORM_ORDER]
    assert order == list(FORM_ORDER)


def test_picked_fields_name_their_table() -> None:
    tables = {spec.name: spec.table for spec in FIELDS if spec.input is Input.PICK}
    assert tables == {
        "declaration_port": "ports",
        "entry_exit_port": "ports",
        "transport_mode": "transport_modes",
        "goods_code": "hs_codes",
    }
    assert all(not spec.table for spec in FIELDS if spec.input is not Input.PICK)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("reason", [limits.REASON_BYTES]),
        ("attachments", [5, 4, 200]),
        ("goods", [limits.GOODS_LOOKUP_DIGITS]),
        ("goods_code", [limits.GOODS_LOOKUP_DIGITS]),
        ("feedback", [18, limits.DECLARATION_NUMBERS]),
        ("explanation", [1, limits.EXPLANATION_CHARACTERS]),
    ],
)
def test_hints_say_the_limits_that_hold(name: str, said: list[int]) -> None:
    assert [int(number) for number in re.findall(r"[0-9]+", field(name).hint)] == said


def test_attachment_hint_is_what_the_limits_are() -> None:
    newest = limits.ATTACHMENT_LIMITS[-1][1]
    assert (newest.count, newest.file_bytes // 1024**2, newest.page_bytes // 1024) == (5, 4, 200)


def test_lengths_are_those_of_the_rules() -> None:
    assert field("contact_name").length == limits.CONTACT_NAME_CHARACTERS
    assert field("explanation").length == limits.EXPLANATION_CHARACTERS


def test_there_is_no_other_field() -> None:
    with pytest.raises(KeyError):
        field("declarant_fax")

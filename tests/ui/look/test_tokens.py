"""The tokens keep the contrast and the homes that the look demands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import yuyue_desktop.ui
from yuyue_desktop.ui.look.tokens import DARK, LIGHT, measures

TABLES = {"light": LIGHT, "dark": DARK}

TEXT_ON_GROUNDS = {
    "ink": "surface req opt raised menu chrome accent_soft zebra",
    "ink2": "surface chrome menu raised sys req opt hover zebra neutral_line neutral_soft amber_soft red_soft "
    "violet_soft green_soft accent_soft teal_soft",
    "ink3": "surface chrome menu raised req sys opt zebra hover neutral_soft accent_soft",
    "accent": "surface chrome menu raised accent_soft hover zebra",
    "on_accent": "accent accent_hover accent_press",
    "surface": "red amber green violet",
    "red": "surface red_soft chrome menu req zebra raised",
    "amber": "surface amber_soft menu zebra raised",
    "green": "surface green_soft menu",
    "teal": "surface teal_soft",
    "violet": "surface violet_soft menu",
    "on_ribbon": "ribbon",
    "on_card": "card",
}

SIGNS_ON_GROUNDS = {
    "field_line": "surface opt",
    "req_line": "req surface",
    "accent": "req sys opt surface",
    "red": "req opt surface",
    "amber": "req opt surface",
}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(sign, ground) for sign, grounds in table.items() for ground in grounds.split()]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", TABLES)
@pytest.mark.parametrize(("text", "ground"), pairs(TEXT_ON_GROUNDS))
def test_text_is_readable_on_each_ground_it_stands_on(theme: str, text: str, ground: str) -> None:
    assert contrast(TABLES[theme][text], TABLES[theme][ground]) >= 4.5


@pytest.mark.parametrize("theme", TABLES)
@pytest.mark.parametrize(("sign", "ground"), pairs(SIGNS_ON_GROUNDS))
def test_edges_and_signs_stand_out(theme: str, sign: str, ground: str) -> None:
    assert contrast(TABLES[theme][sign], TABLES[theme][ground]) >= 3


def test_both_themes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_a_compact_window_has_lower_fields_and_large_letters_higher_ones() -> None:
    assert measures(is_compact=True, is_large=False).field_height == 28
    assert measures(is_compact=False, is_large=False).field_height == 32
    assert measures(is_compact=False, is_large=True).field_height == 36


def test_no_colour_is_written_outside_the_tokens() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{6,8}\b|QColor\(\s*[\"'\d]|GlobalColor\.(?!transparent)|\brgba?\(")
    root = Path(next(iter(yuyue_desktop.ui.__path__)))
    found = [
        f"{path.relative_to(root)}: {match.group()}"
        for path in root.rglob("*.py")
        if path.name != "tokens.py"
        for match in literal.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []

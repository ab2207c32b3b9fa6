"""Every colour, measure and letter size of the window: the only place with colour literals; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType({
    "chrome": "#EEF0F4", "menu": "#F6F7F9", "surface": "#FFFFFF", "raised": "#FFFFFF",
    "zebra": "#F8F9FB", "hover": "#EEF2F8", "press": "#E3E9F3",
    "line": "#E2E5EA", "line_strong": "#CDD2DA", "field_line": "#838B97",
    "ink": "#1A1F27", "ink2": "#48515E", "ink3": "#5F6875", "ink_off": "#9AA2AE",
    "accent": "#1B5FCC", "accent_hover": "#174FAB", "accent_press": "#123F8A",
    "accent_soft": "#E6EFFC", "accent_line": "#A9C5F2", "on_accent": "#FFFFFF",
    "req": "#FFF6CF", "req_line": "#A58410", "sys": "#ECEEF2", "sys_line": "#DDE1E7", "opt": "#FFFFFF",
    "red": "#B3261E", "red_soft": "#FDEDEB", "red_line": "#E8A59F",
    "amber": "#855200", "amber_soft": "#FFF1D6", "amber_line": "#E5BE74",
    "green": "#17693B", "green_soft": "#E4F3EA", "green_line": "#9CCFB1",
    "teal": "#0B6470", "teal_soft": "#E0F2F4", "teal_line": "#92CBD2",
    "violet": "#6236A8", "violet_soft": "#F1EBFB", "violet_line": "#C4ADE9",
    "ribbon": "#6236A8", "on_ribbon": "#FFFFFF",
    "neutral_soft": "#EDEFF3", "neutral_line": "#C9CED6",
    "card": "#17386F", "on_card": "#FFFFFF", "card_chip": "#D9BF7A", "card_chip_line": "#8E7433",
    "shadow": "#1F1A2233", "scrim": "#66141A24",
})  # fmt: skip
"""Colours by day, `#RRGGBB` or `#AARRGGBB`."""

DARK: Mapping[str, str] = MappingProxyType({
    "chrome": "#14161A", "menu": "#191C21", "surface": "#1F2228", "raised": "#272B32",
    "zebra": "#23262D", "hover": "#2A2F38", "press": "#323945",
    "line": "#31363F", "line_strong": "#434A56", "field_line": "#8A93A1",
    "ink": "#E9EBEF", "ink2": "#BAC1CC", "ink3": "#9FA8B5", "ink_off": "#69717E",
    "accent": "#84B0FF", "accent_hover": "#9DC0FF", "accent_press": "#6E9FF5",
    "accent_soft": "#20304D", "accent_line": "#3F5F96", "on_accent": "#0D1A30",
    "req": "#38321A", "req_line": "#C9A93C", "sys": "#2A2E35", "sys_line": "#363B44", "opt": "#1A1D22",
    "red": "#FF9A90", "red_soft": "#3C2220", "red_line": "#7C3F39",
    "amber": "#F0BE62", "amber_soft": "#382C14", "amber_line": "#755C28",
    "green": "#7FD3A0", "green_soft": "#1B3325", "green_line": "#3A6B4D",
    "teal": "#74CBD6", "teal_soft": "#163236", "teal_line": "#33676E",
    "violet": "#C3A5F5", "violet_soft": "#2E2444", "violet_line": "#5D4A85",
    "ribbon": "#5B379F", "on_ribbon": "#FFFFFF",
    "neutral_soft": "#2C3038", "neutral_line": "#454C57",
    "card": "#1F4380", "on_card": "#FFFFFF", "card_chip": "#D9BF7A", "card_chip_line": "#8E7433",
    "shadow": "#60000000", "scrim": "#99000000",
})  # fmt: skip
"""Colours by night; the same names as LIGHT."""

FAMILIES = (
    "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei",
    "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Windows first, then Linux: all of them carry the mainland forms of Han characters."""

LARGE_STEP = 2
"""Pixels that 大字 adds to every letter size."""


class Role(IntEnum):
    """What a text is for; the value is its size in pixels at 100 %."""

    KEY = 11
    CAPTION = 12
    LABEL = 13
    BODY = 14
    SECTION = 15
    FORM_TITLE = 17
    PAGE_TITLE = 20
    COUNTDOWN = 28


class Space(IntEnum):
    """Distances in pixels; nothing lies between them."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 24
    XXL = 32


class Radius(IntEnum):
    """Corner radii in pixels; chips and badges are round."""

    FIELD = 5
    CARD = 8
    DIALOG = 12


@dataclass(frozen=True, slots=True)
class Measures:
    """Heights and gaps in device-independent pixels that depend on the density of the window."""

    field_height: int
    field_gap: int
    field_padding: int
    button_height: int
    tool_height: int
    chip_height: int
    head_height: int
    row_height: int
    goods_row_height: int
    receipt_row_height: int
    pick_row_height: int
    table_head_height: int
    tab_height: int
    top_height: int
    hint_height: int
    menu_width: int
    folded_menu_width: int
    rail_width: int
    content_width: int


def measures(*, is_compact: bool, is_large: bool) -> Measures:
    """The measures of a density; `is_large` (大字) adds what taller letters need."""
    more = 2 * LARGE_STEP if is_large else 0
    return Measures(
        field_height=(28 if is_compact else 32) + more,
        field_gap=4 if is_compact else 6,
        field_padding=9,
        button_height=32 + more,
        tool_height=28 + more,
        chip_height=22 + more,
        head_height=(44 if is_compact else 50) + more,
        row_height=(28 if is_compact else 34) + more,
        goods_row_height=28 + more,
        receipt_row_height=(28 if is_compact else 32) + more,
        pick_row_height=34 + more,
        table_head_height=32 + more,
        tab_height=38 + more,
        top_height=46 + more,
        hint_height=30 + more,
        menu_width=204 + 8 * more,
        folded_menu_width=52,
        rail_width=270 + 10 * more,
        content_width=1470,
    )

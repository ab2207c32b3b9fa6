"""What the side menu offers (S7): places, words, signs and keys; knows no page and no widget."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where an entry of the menu leads."""

    HOME = "home"
    APPLICATION = "application"
    APPLICATION_FILES = "application_files"
    QUERIES = "queries"
    APPLICATION_QUERY = "application_query"
    CALENDAR_QUERY = "calendar_query"
    PRACTICE = "practice"
    DESK = "desk"
    OUTBOX = "outbox"
    DIAGNOSTICS = "diagnostics"
    JOURNAL = "journal"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry; one with `children` opens and closes them, and leads nowhere itself."""

    place: Place
    title: str
    icon: str = ""
    key: str = ""
    children: tuple[MenuEntry, ...] = ()


ENTRIES = (
    MenuEntry(Place.HOME, "首页", "home"),
    MenuEntry(Place.APPLICATION, "预约申请", "form", "Ctrl+N"),
    MenuEntry(Place.APPLICATION_FILES, "打开申请文件…", "folder", "Ctrl+O"),
    MenuEntry(
        Place.QUERIES,
        "预约查询",
        "search",
        children=(
            MenuEntry(Place.APPLICATION_QUERY, "预约通关查询", "search"),
            MenuEntry(Place.CALENDAR_QUERY, "口岸工作时间查询", "calendar"),
        ),
    ),
)
"""The upper part of the menu."""

PRACTICE_ENTRIES = (
    MenuEntry(
        Place.PRACTICE,
        "练习",
        "graduate",
        children=(MenuEntry(Place.DESK, "关员台", "stamp"),),
    ),
)
"""What practice adds to the upper part (B10)."""

FOOT_ENTRIES = (
    MenuEntry(Place.OUTBOX, "发件箱", "outbox"),
    MenuEntry(Place.DIAGNOSTICS, "诊断", "pulse"),
    MenuEntry(Place.SETTINGS, "设置", "gear"),
)
"""The foot of the menu."""

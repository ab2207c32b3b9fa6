"""The small pieces of the officer's page: signs, chips, moments in words; knows no desk."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from yuyue_desktop.domain.application import Status

WEEKDAYS = "一二三四五六日"

# Strokes on a grid of 20 by 20, 1.5 wide.
_SIGNS = {
    "plane": "M17 3 3 8.5l6 2.5 2.5 6zM17 3l-8 8",
    "tray": "M3.5 11.5v5h13v-5M10 3v9M6.75 9 10 12.25 13.25 9",
    "calendar": "M3.5 4.5h13v12h-13zM3.5 8.5h13M7 2.75v3.5M13 2.75v3.5M7.25 12.25l2 2 3.5-3.75",
    "checks": "M2.5 10.75 6 14.25l6.25-7M9 13.25l1 1 7.5-8.5",
    "check": "M4.25 10.75 8 14.5l7.75-8.5",
    "back": "M7.25 12.5 3.5 8.75 7.25 5M3.75 8.75H12a4 4 0 0 1 0 8H9",
    "ban": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM5.1 5.1l9.8 9.8",
    "warning": "M10 3.25 17.25 16H2.75zM10 8v3.75M10 13.75v.1",
    "pencil": "M3.75 16.25l.9-3.6 8.8-8.8 2.7 2.7-8.8 8.8z",
    "cross": "M5.25 5.25l9.5 9.5M14.75 5.25l-9.5 9.5",
    "clock": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.25V10l2.5 1.75",
    "card": "M2.75 4.75h14.5v10.5H2.75zM5.5 8h3.25v3.25H5.5zM11.5 9.5h3.25M11.5 12.25h3.25",
    "info": "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9.25v4.25M10 6.4v.1",
    "cap": "M2.5 8 10 4.25 17.5 8 10 11.75zM5.5 9.75v4c2.5 2 6.5 2 9 0v-4M17.25 8.25v4.5",
    "stamp": "M7.75 10c1-2-1-3-1-4.5a3.25 3.25 0 0 1 6.5 0c0 1.5-2 2.5-1 4.5h3.25v3.25H4.5V10zM4.5 16.5h11",
    "bolt": "M11.25 2.75 4.5 11.5h5l-.75 5.75 6.75-8.75h-5z",
}

_CHIPS = {
    Status.DRAFT: ("pencil", "neutral"),
    Status.DECLARED: ("plane", "accent"),
    Status.ACCEPTED: ("tray", "teal"),
    Status.APPROVED: ("calendar", "green"),
    Status.CLEARED: ("checks", "green-full"),
    Status.RETURNED: ("back", "red"),
    Status.CANCELLED: ("ban", "faded"),
    Status.FEEDBACK_OVERDUE: ("warning", "red-full"),
}


def sign(name: str) -> str:
    """A drawn sign; the words beside it say what it means."""
    return f'<svg class="sign" viewBox="0 0 20 20" aria-hidden="true"><path d="{_SIGNS[name]}"/></svg>'


def chip(status: Status) -> str:
    """A status as a chip."""
    name, tone = _CHIPS[status]
    return _chip(status.word, name, tone)


def refusal_chip(word: str) -> str:
    """A refusal at the door as a chip."""
    return _chip(word, "cross", "red")


def _chip(word: str, name: str, tone: str) -> str:
    return f'<span class="chip {tone}">{sign(name)}{escape(word)}</span>'


def hidden(name: str, value: str) -> str:
    """A field of a form that nobody sees."""
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'


def day_words(moment: datetime) -> str:
    """`9月23日 周三`."""
    return f"{moment.month}月{moment.day}日 周{WEEKDAYS[moment.weekday()]}"


def moment_words(moment: datetime | None) -> str:
    """`9/23 14:20`, empty where there is none."""
    return f"{moment.month}/{moment.day} {moment:%H:%M}" if moment else ""


def span_words(span: timedelta) -> str:
    """`2 天 3 时 10 分`, the parts that are none left out."""
    minutes = int(span.total_seconds()) // 60
    parts = ((minutes // 1440, "天"), (minutes // 60 % 24, "时"), (minutes % 60, "分"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 分"

"""Writes the right side of the desk: the practice clock and the practice card; knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape

from yuyue_desktop.domain.application import MOMENT_FORMAT
from yuyue_desktop.domain.deadline import feedback_due
from yuyue_practice.officer_page import markup
from yuyue_practice.officer_page.card_choice import CardInReach
from yuyue_practice.officer_page.reading import Case, Desk

REAL_TIME = "real"
"""What the clock's form sends to be set to the time outside practice."""

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_FORWARD = (("+1 小时", 3600), ("+1 天", 86400))


def clock_view(desk: Desk) -> str:
    """The practice clock."""
    number = markup.hidden("number", desk.case.record.pre_entry_number if desk.case else "")
    steps = "".join(f'<button name="forward_s" value="{seconds}">{word}</button>' for word, seconds in _FORWARD)
    jumps = "".join(_jump(word, moment) for word, moment in _jumps(desk.case))
    return (
        f'<h3>{markup.sign("clock")}练习时钟</h3><p class="now">{markup.day_words(desk.now)} {desk.now:%H:%M}</p>'
        f'<form method="post" action="/officer/clock" class="buttons">{number}{steps}'
        f'<button name="now" value="{REAL_TIME}">回到真实时间</button></form>'
        f'<form method="post" action="/officer/clock" class="buttons">{number}<h4>跳到…</h4>{jumps}</form>'
        f'<form method="post" action="/officer/clock">{number}<label for="now">别的时间</label><div class="buttons">'
        f'<input type="datetime-local" id="now" name="now" value="{desk.now:{MOMENT_FORMAT}}">'
        "<button>拨钟</button></div></form>"
    )


def _jumps(case: Case | None) -> Iterator[tuple[str, datetime]]:
    """The moments of the open application at which something changes."""
    if case is None:
        return
    if case.latest:
        yield "最迟申报前 1 分钟", case.latest - _MINUTE
    start = case.record.application.window_moment()
    if start:
        yield "预约时间", start
        yield "反馈到期前 1 小时", feedback_due(start) - _HOUR
        yield "反馈逾期", feedback_due(start) + _MINUTE


def _jump(word: str, moment: datetime) -> str:
    when = markup.moment_words(moment)
    return (
        f'<button class="jump" name="now" value="{moment:{MOMENT_FORMAT}}">{markup.sign("bolt")}{word}'
        f"<small>{when}</small></button>"
    )


def card_view(desk: Desk) -> str:
    """The practice card and the reader."""
    inside = next((card for card in desk.cards if card.is_in), None)
    shown = _inside(inside) if inside else '<p class="quiet">读卡器是空的</p>'
    out = '<button name="card" value="">拔出</button>' if inside else ""
    label = "换一张" if inside else "插一张"
    number = markup.hidden("number", desk.case.record.pre_entry_number if desk.case else "")
    choices = "".join(
        f'<option value="{card.number}">{escape(_words(card))}</option>' for card in desk.cards if not card.is_in
    )
    return (
        f"<h3>{markup.sign('card')}练习卡</h3>"
        f'<form method="post" action="/officer/card" class="reader">{number}{shown}{out}</form>'
        f'<form method="post" action="/officer/card">{number}<label for="card">{label}</label>'
        f'<select id="card" name="card">{choices}</select><button>插入</button></form>'
    )


def _inside(card: CardInReach) -> str:
    return (
        f'<p class="inside"><b>{escape(card.holder)}</b> {escape(card.company)}<br>卡号 {card.number}'
        f"<br>卡密码 {escape(card.pin)}</p>"
    )


def _words(card: CardInReach) -> str:
    return f"{card.holder} · {card.company.removeprefix('练习 · ')}"

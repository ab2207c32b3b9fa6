"""Writes the officer's desk as HTML; everything that came from outside is escaped; knows no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from yuyue_desktop.domain.application import Status
from yuyue_practice.officer import OfficerMode
from yuyue_practice.officer_page import markup
from yuyue_practice.officer_page.case_view import Kept, case_view
from yuyue_practice.officer_page.practice_view import card_view, clock_view
from yuyue_practice.officer_page.reading import Desk, Entry

RIBBON = "练习模式 · 这里的一切都不会发往海关"
HINT = "回执内容：写给申请人的话；F2 受理、审批或结案，F4 退单"
_MODES = {OfficerMode.AUTO: "关员自动办理", OfficerMode.HAND: "您现在扮演海关关员"}
_CHANGES = {OfficerMode.AUTO: "改为人工", OfficerMode.HAND: "改为自动"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is said above the desk: what was done, or why it was not, with the text that was typed."""

    text: str = ""
    is_refusal: bool = False
    kept: Kept | None = None


def desk_page(desk: Desk, told: Told) -> str:
    """The whole desk."""
    number = desk.case.record.pre_entry_number if desk.case else ""
    case = (
        case_view(desk.case, told.kept) if desk.case else '<p class="quiet">还没有人申报。申报之后，申请会到这里。</p>'
    )
    body = (
        f'{_top(desk)}{_told(told)}<p class="told bad" id="lost" role="status" hidden>'
        "练习网关没有应答，这里的内容可能旧了。请看练习窗口是否还开着</p>"
        f'<main><nav id="list" data-live aria-label="申请">{_list(desk, number)}</nav>'
        f'<section id="case" data-live aria-label="申请内容">{case}</section>'
        f'<aside class="practice" aria-label="练习"><section id="clock" data-live>{clock_view(desk)}</section>'
        f'<section id="cards" data-live>{card_view(desk)}</section></aside></main>'
        f"<footer>{markup.sign('info')}{HINT}</footer>"
    )
    address = f"/officer?number={number}" if number else "/officer"
    return _document(body, f' data-address="{escape(address)}"')


def door_page(message: str) -> str:
    """What is shown to a browser that may not come in."""
    return _document(f'<main class="door"><h1>练习 · 关员台</h1><p role="alert">{escape(message)}</p></main>')


def _document(body: str, about: str = "") -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>练习 · 关员台</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/officer/style.css"><script src="/officer/desk.js" defer></script></head>'
        f'<body{about}><div class="ribbon"><span>{markup.sign("cap")}{RIBBON}</span></div>{body}</body></html>'
    )


def _top(desk: Desk) -> str:
    other = OfficerMode.HAND if desk.mode is OfficerMode.AUTO else OfficerMode.AUTO
    number = markup.hidden("number", desk.case.record.pre_entry_number if desk.case else "")
    return (
        f'<header class="top"><h1>{markup.sign("stamp")}练习 · 关员台</h1><form id="mode" data-live method="post"'
        f' action="/officer/mode">{_MODES[desk.mode]}{number}{markup.hidden("mode", other.value)}'
        f"<button>{_CHANGES[desk.mode]}</button></form></header>"
    )


def _told(told: Told) -> str:
    if not told.text:
        return ""
    kind, role, name = ("bad", "alert", "warning") if told.is_refusal else ("good", "status", "check")
    return f'<p class="told {kind}" id="told" role="{role}">{markup.sign(name)}{escape(told.text)}</p>'


def _list(desk: Desk, number: str) -> str:
    waiting = "".join(_entry(entry, number) for entry in desk.waiting)
    answered = "".join(_entry(entry, number) for entry in desk.answered)
    nothing = '<p class="quiet">没有待办的申请</p>'
    shown = f"<h2>待办<small>{len(desk.waiting)} 件</small></h2>{f'<ul>{waiting}</ul>' if waiting else nothing}"
    if answered:
        shown += f"<h2>已答复<small>{len(desk.answered)} 件</small></h2><ul>{answered}</ul>"
    return shown


def _entry(entry: Entry, chosen: str) -> str:
    current = ' aria-current="true"' if entry.number == chosen else ""
    return (
        f'<li><a href="/officer?number={escape(entry.number)}"{current}><b>{escape(entry.number)}</b>'
        f"{markup.chip(entry.status)}<span>{escape(entry.company)}</span><small>{_when(entry)}</small></a></li>"
    )


def _when(entry: Entry) -> str:
    declared = f"{markup.moment_words(entry.declared_at)} 提交"
    if entry.status is Status.FEEDBACK_OVERDUE:
        return f"{declared} · {'情况说明待阅' if entry.is_explained else '还没有情况说明'}"
    return f"{declared} · 预约 {markup.moment_words(entry.window_start)}"

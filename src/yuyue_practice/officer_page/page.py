"""Writes the officer's desk as HTML; everything that came from outside is escaped; knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.resources import files

from yuyue_desktop.domain.application import ApplicationRecord, Status, Step
from yuyue_desktop.domain.receipts import Receipt
from yuyue_practice.officer import OfficerMode

TEXT_HINT = "写给申请人的话；退单必须写明原因"
RIBBON = "练习模式 · 这里的一切都不会发往海关"
_STYLE = (files("yuyue_practice") / "officer_page" / "style.css").read_text(encoding="utf-8")

# What the officer may press in a status: step, word on the button, its class.
BUTTONS: dict[Status, tuple[tuple[Step, str, str], ...]] = {
    Status.DECLARED: ((Step.ACCEPT, "受理", "act"), (Step.RETURN, "退单", "danger")),
    Status.ACCEPTED: ((Step.APPROVE, "审批通过", "act"), (Step.RETURN, "退单", "danger")),
    Status.FEEDBACK_OVERDUE: ((Step.CLOSE_CASE, "接受说明并结案", "act"),),
}


@dataclass(frozen=True, slots=True)
class Case:
    """An application on the desk: what was declared, what was explained (empty: nothing), what was answered.

    The ports stand with code and name.
    """

    record: ApplicationRecord
    declaration_port: str
    entry_exit_port: str
    explanation: str
    receipts: tuple[Receipt, ...]


def desk_page(cases: Iterable[Case], now: datetime, mode: OfficerMode, message: str) -> str:
    """The whole desk."""
    shown = "".join(_case(case) for case in cases) or '<section class="quiet">没有待办的申请</section>'
    return _document(f"{_message(message)}{_practice(now, mode)}{shown}")


def door_page(message: str) -> str:
    """What is shown to a browser that has no key."""
    return _document(_message(message))


def _document(body: str) -> str:
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>练习 · 关员台</title>'
        f'<style>{_STYLE}</style></head><body><div class="ribbon">{RIBBON}</div>'
        f"<main><h1>练习 · 关员台</h1>{body}</main></body></html>"
    )


def _message(text: str) -> str:
    return f'<p class="message" role="alert">{escape(text)}</p>' if text else ""


def _practice(now: datetime, mode: OfficerMode) -> str:
    other = OfficerMode.HAND if mode is OfficerMode.AUTO else OfficerMode.AUTO
    word = "关员自动办理" if mode is OfficerMode.AUTO else "您现在扮演海关关员"
    change = "改为人工" if other is OfficerMode.HAND else "改为自动"
    return (
        f"<section><h2>练习时间 {now:%Y-%m-%d %H:%M:%S} · {word}</h2>"
        '<form method="post" action="/officer/clock"><label for="now">把练习时间拨到</label>'
        f'<input type="datetime-local" id="now" name="now" value="{now:%Y-%m-%dT%H:%M}">'
        "<button>拨钟</button></form><p></p>"
        f'<form method="post" action="/officer/mode"><input type="hidden" name="mode" value="{other.value}">'
        f"<button>{change}</button></form></section>"
    )


def _case(case: Case) -> str:
    record = case.record
    return (
        f"<section><h2>{escape(record.pre_entry_number)} "
        f'<span class="chip">{record.status.word}</span></h2>'
        f"<dl>{''.join(_facts(case))}</dl>{_answer_form(record)}{_receipts(case.receipts)}</section>"
    )


def _facts(case: Case) -> Iterator[str]:
    application = case.record.application
    flags = "、".join(
        word for word, is_set in (("进口", application.is_import), ("出口", application.is_export)) if is_set
    )
    goods = "、".join(f"{row.name}（{row.hs_code}）" for row in application.goods)
    attachments = "、".join(f"{file.name}（{len(file.pages)} 页）" for file in application.attachments) or "无"
    for title, value in (
        ("申报单位", f"{application.declarant} {case.record.declarant_name}"),
        ("收发货人", f"{application.trader} {case.record.trader_name}"),
        ("申报口岸", case.declaration_port),
        ("进出口岸", case.entry_exit_port),
        ("预约时间", application.window_start.replace("T", " ")),
        ("提交时间", f"{case.record.declared_at:%Y-%m-%d %H:%M:%S}" if case.record.declared_at else ""),
        ("联系人", f"{application.contact_name} {application.contact_mobile}"),
        ("进出口标识", flags),
        ("商品", goods),
        ("随附材料", attachments),
        ("事由", application.reason),
        ("情况说明", case.explanation),
    ):
        yield f"<dt>{title}</dt><dd>{escape(value)}</dd>"


def _answer_form(record: ApplicationRecord) -> str:
    buttons = "".join(
        f'<button class="{kind}" name="step" value="{step.value}">{word}</button>'
        for step, word, kind in BUTTONS.get(record.status, ())
    )
    number = escape(record.pre_entry_number)
    return (
        '<form method="post" action="/officer/answers">'
        f'<input type="hidden" name="number" value="{number}">'
        f'<input type="text" name="text" aria-label="回复 {number}" placeholder="{TEXT_HINT}">{buttons}</form>'
    )


def _receipts(receipts: tuple[Receipt, ...]) -> str:
    rows = "".join(
        f"<tr><td>{receipt.at:%m-%d %H:%M:%S}</td><td>{receipt.word}</td><td>{escape(receipt.text)}</td></tr>"
        for receipt in receipts
    )
    return f"<table><tr><th>时间</th><th>回执</th><th>内容</th></tr>{rows}</table>"

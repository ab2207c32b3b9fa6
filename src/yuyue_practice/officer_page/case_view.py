"""Writes the application that lies open: its path, facts, answer and what the gateway did; knows no HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape

from yuyue_desktop.domain.application import Status, Step, is_earlier
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.deadline import window_end
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_practice.life import WORDING
from yuyue_practice.officer_page import markup
from yuyue_practice.officer_page.reading import FAILED, Case, Event

PATH = (Status.DRAFT, Status.DECLARED, Status.ACCEPTED, Status.APPROVED, Status.CLEARED)
"""The way of an application that nothing stops."""

# What moves an application on, as the button says it.
WORDS = {Step.ACCEPT: "受理", Step.APPROVE: "审批通过", Step.CLOSE_CASE: "结案"}
_SIGNS = {Step.ACCEPT: "tray", Step.APPROVE: "calendar", Step.CLOSE_CASE: "checks", Step.RETURN: "back"}
_ONWARD = {
    Status.DECLARED: Step.ACCEPT,
    Status.ACCEPTED: Step.APPROVE,
    Status.FEEDBACK_OVERDUE: Step.CLOSE_CASE,
}
_RETURNABLE = (Status.DECLARED, Status.ACCEPTED)

REASONS = (
    "随附材料不全，请补充后重新申请",
    "商品名称与 HS 编码不符，请核对后重新申请",
    "预约时间内本口岸无法安排，请改约其他时间",
    "口岸填写有误，请核对后重新申请",
)
"""Offered as ready texts of a return."""

_TIPS = {
    Status.DECLARED: (
        "按【退单】后，到“预约通关查询”看这一份：状态变红，可用 Alt+C 复制成新草稿。按【受理】后它还能取消。"
    ),
    Status.ACCEPTED: (
        "按【审批通过】后，申请有了申请编号，预约时间后 5 天内要反馈报关单号。在预约时间之前，申请人还能取消。"
    ),
    Status.APPROVED: (
        "登记一票相符的报关单，再到申请里反馈它的号码，就通关完成。或者把练习时间跳到反馈逾期，看看会怎样。"
    ),
    Status.FEEDBACK_OVERDUE: "结案之前，这两家企业都不能新增预约；结案之后马上又可以。",
}
_QUIET = {
    Status.APPROVED: "已审批通过，等申请人反馈报关单号。",
    Status.CLEARED: "已经通关完成，关员不用再做什么。",
    Status.RETURNED: "已经退单。申请人可以复制成新草稿，改好后重新申报。",
    Status.CANCELLED: "申请人已取消预约，关员不用再做什么。",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was refused: reply and reason stand in their fields again."""

    step: str
    text: str
    reason: str


def case_view(case: Case, kept: Kept | None) -> str:
    """The application in the middle of the desk."""
    record = case.record
    status = record.status
    answer = _answer(case, kept) if status in _ONWARD else _no_answer(status, kept)
    return (
        f'<header class="head"><h2>{escape(record.pre_entry_number)}</h2>{markup.chip(status)}</header>'
        f'{_path(case)}<dl class="facts">{"".join(_facts(case))}</dl>{answer}'
        f"{_declarations(case) if status is Status.APPROVED else ''}{_tip(status)}{_log(case.events)}"
    )


def _no_answer(status: Status, kept: Kept | None) -> str:
    """Why there is nothing to press; what was typed before the status changed can still be copied."""
    typed = " ".join(filter(None, (kept.text, kept.reason))) if kept else ""
    return f'<p class="quiet">{_QUIET[status]}</p>' + (f"<p>您写的是：{escape(typed)}</p>" if typed else "")


def _path(case: Case) -> str:
    status = case.record.status
    been = dict.fromkeys(
        [Status.DRAFT, *(receipt.status for receipt in case.receipts if receipt.kind is ReceiptKind.STATUS)]
    )
    done = "".join(_stop(stop, "done", "已过") for stop in been if stop is not status)
    ahead = "".join(_stop(stop, "ahead", "还没有到") for stop in PATH if is_earlier(status, stop))
    tone = "now bad" if status in {Status.RETURNED, Status.CANCELLED, Status.FEEDBACK_OVERDUE} else "now"
    return f'<ol class="path" aria-label="办理进度">{done}{_stop(status, tone, "现在")}{ahead}</ol>'


def _stop(status: Status, tone: str, spoken: str) -> str:
    current = ' aria-current="step"' if tone.startswith("now") else ""
    dot = markup.sign("check") if tone == "done" else ""
    words = f'{status.word}<span class="spoken">{spoken}</span>'
    return f'<li class="{tone}"{current}><span class="dot">{dot}</span>{words}</li>'


def _facts(case: Case) -> Iterator[str]:
    record, application = case.record, case.record.application
    declared = f"{record.declared_at:%Y-%m-%d %H:%M:%S}" if record.declared_at else ""
    flags = [word for word, is_set in (("进口", application.is_import), ("出口", application.is_export)) if is_set]
    goods = [f"{row.hs_code} {row.name}" for row in application.goods]
    files = [f"{file.name}（{len(file.pages)} 页）" for file in application.attachments]
    yield _fact("申报单位", _company(case.declarant, record.declarant_name, application.declarant))
    yield _fact("收发货人", _company(case.trader, record.trader_name, application.trader))
    yield _fact("申报口岸", case.declaration_port)
    yield _fact("进出口岸", case.entry_exit_port)
    yield _fact("预约时间", _window(application.window_moment()))
    yield _latest(case)
    yield _fact("提交时间", declared)
    yield _fact("进出口标识", "、".join(flags))
    yield _fact("联系人", f"{application.contact_name} {application.contact_mobile}")
    yield _fact("申请编号", record.application_number or "审批通过后给号")
    yield _fact("商品", *goods, is_wide=True)
    yield _fact("随附材料", *(files or ["无"]), is_wide=True)
    yield _fact("申请事由", application.reason or "没有填", is_wide=True)
    if record.feedback:
        yield _fact("报关单号", *record.feedback, is_wide=True)
    if case.explanation:
        yield _fact("情况说明", case.explanation, is_wide=True)


def _fact(title: str, *values: str, is_wide: bool = False, tone: str = "") -> str:
    kind = f' class="{"wide " if is_wide else ""}{tone}"' if is_wide or tone else ""
    lines = "".join(f"<span>{escape(value)}</span>" for value in values)
    return f"<div{kind}><dt>{title}</dt><dd>{lines}</dd></div>"


def _company(company: Company | None, name: str, code: str) -> str:
    return f"{name}（{company.grade.word}） {code}" if company else code


def _window(start: datetime | None) -> str:
    return f"{markup.day_words(start)} {start:%H:%M}–{window_end(start):%H:%M}" if start else ""


def _latest(case: Case) -> str:
    latest, declared = case.latest, case.record.declared_at
    if latest is None or declared is None:
        return _fact("最迟申报", "没有工作日历，算不出")
    is_late = declared.replace(second=0, microsecond=0) > latest
    margin = "提交时已过" if is_late else f"提交时余 {markup.span_words(latest - declared)}"
    return _fact("最迟申报", f"{markup.moment_words(latest)}，{margin}", tone="bad" if is_late else "good")


def _answer(case: Case, kept: Kept | None) -> str:
    """One form with reply and reason, so that neither is lost when the other is refused."""
    record = case.record
    step = _ONWARD[record.status]
    is_returnable = record.status in _RETURNABLE
    why = '<span class="why">先受理，才能审批通过</span>' if step is Step.ACCEPT else ""
    # The first button is what Enter in a field presses: disabled, so that nothing is answered by accident.
    return (
        f'<form class="answer" method="post" action="/officer/answers"{" data-kept" if kept else ""}>'
        f"<button disabled hidden></button>{markup.hidden('number', record.pre_entry_number)}"
        f"{_reply(kept.text if kept else WORDING[step])}{_reason(kept) if is_returnable else ''}"
        f'<div class="buttons">{_onward_buttons(case, step)}{_RETURN_BUTTON if is_returnable else ""}{why}</div></form>'
    )


def _reply(text: str) -> str:
    field = f'<input type="text" id="reply" name="text" value="{escape(text)}" autocomplete="off">'
    return f'<label for="reply">回复申请人</label>{field}'


def _reason(kept: Kept | None) -> str:
    is_wrong = kept is not None and kept.step == Step.RETURN
    wrong = ' aria-invalid="true" aria-describedby="told" autofocus' if is_wrong else ""
    text = kept.reason if kept else ""
    reasons = "".join(f'<option value="{reason}"></option>' for reason in REASONS)
    return (
        '<label for="reason">退单原因<span class="star" aria-hidden="true">*</span></label>'
        f'<input type="text" id="reason" name="reason" value="{escape(text)}" class="required" list="reasons"'
        f' autocomplete="off" placeholder="退单必须写明原因；按 ↓ 有现成的话"{wrong}>'
        f'<datalist id="reasons">{reasons}</datalist>'
    )


def _onward_buttons(case: Case, step: Step) -> str:
    word = "接受情况说明 · 结案" if step is Step.CLOSE_CASE and case.explanation else WORDS[step]
    later = f"<button disabled>{markup.sign(_SIGNS[Step.APPROVE])}{WORDS[Step.APPROVE]}</button>"
    return _button(step, word, "act", "F2") + (later if step is Step.ACCEPT else "")


def _button(step: Step, word: str, tone: str, key: str) -> str:
    return (
        f'<button class="{tone}" name="step" value="{step.value}" data-key="{key}" aria-keyshortcuts="{key}">'
        f"{markup.sign(_SIGNS[step])}{word}<kbd>{key}</kbd></button>"
    )


_RETURN_BUTTON = _button(Step.RETURN, "退单", "danger", "F4")


def _declarations(case: Case) -> str:
    """The register's declarations that feedback can name, and a way to add one."""
    numbers = "".join(f"<li>{escape(number)}</li>" for number in case.fitting) or "<li>还没有</li>"
    return (
        f'<section class="fitting"><h3>可以反馈的报关单号</h3><ul>{numbers}</ul>'
        f'<form method="post" action="/officer/declarations">{markup.hidden("number", case.record.pre_entry_number)}'
        "<button>登记一票相符的报关单</button></form></section>"
    )


def _tip(status: Status) -> str:
    if status not in _TIPS:
        return ""
    return f'<aside class="tip">{markup.sign("info")}<div><h3>试试看会怎样</h3><p>{_TIPS[status]}</p></div></aside>'


def _log(events: tuple[Event, ...]) -> str:
    rows = "".join(
        f'<tr><td class="when">{event.at.month}/{event.at.day} {event.at:%H:%M:%S}</td><td>{escape(event.what)}</td>'
        f"<td>{_result(event)}</td></tr>"
        for event in events
    )
    return (
        '<h3 id="log">网关做了什么</h3><table aria-labelledby="log"><thead><tr><th scope="col">时间</th>'
        f'<th scope="col">事情</th><th scope="col">结果</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _result(event: Event) -> str:
    receipt: Receipt | None = event.receipt
    if receipt is None:
        return f'<span class="bad">{event.result}</span>' if event.result == FAILED else event.result
    return markup.refusal_chip(receipt.word) if receipt.kind is ReceiptKind.REFUSAL else markup.chip(receipt.status)

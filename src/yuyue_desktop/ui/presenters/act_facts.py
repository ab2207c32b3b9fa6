"""The facts that a dialog names before an act is signed: what, when, until when; plain functions of a FormState."""

from __future__ import annotations

from yuyue_desktop.domain.deadline import feedback_due, window_end
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.dialogs.facts_box import Facts
from yuyue_desktop.ui.time_words import WEEKDAYS, left_words, moment_words


def declare_facts(state: FormState) -> Facts:
    """Before a draft is declared (S22)."""
    latest = state.judgement.latest if state.judgement else None
    deadline = (("最迟申报", f"{moment_words(latest, state.now)}，{left_words(latest, state.now)}"),) if latest else ()
    return (*subject_facts(state), *deadline)


def feedback_facts(state: FormState, count: int) -> Facts:
    """Before declaration numbers are fed back (S30)."""
    start = state.application.window_moment()
    due = feedback_due(start) if start else None
    until = (("反馈截止", f"{moment_words(due, state.now)}，{left_words(due, state.now)}"),) if due else ()
    return (*subject_facts(state), ("报关单", f"{count} 票"), *until)


def subject_facts(state: FormState) -> Facts:
    """Which application, for which window."""
    number = state.record.pre_entry_number
    subject = (("要签的", f"预约通关申请单 {number}".strip()),)
    start = state.application.window_moment()
    if start is None:
        return subject
    window = f"{start:%Y-%m-%d} {WEEKDAYS[start.weekday()]} {start:%H:%M}–{window_end(start):%H:%M}"
    return (*subject, ("预约时间", window))

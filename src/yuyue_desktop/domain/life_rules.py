"""What stands against a step of an application's life, before its content is looked at (S27-S31); knows no clock.

Window, command line and gateway all ask here: a step is refused everywhere for the same reason, in the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.application import Application, Status, Step, is_allowed
from yuyue_desktop.domain.deadline import feedback_due, to_minute
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.rules import Problem, has_control_character


def step_problem(status: Status, step: Step, application: Application, now: datetime) -> Problem | None:
    """Why a step may not be taken from a status at the moment `now`, None where it may (S27-S31)."""
    start = application.window_moment()
    if step is Step.FEED_BACK and start is not None and _is_lapsed(status, start, now):
        return Problem("S27", "feedback", Code.FEEDBACK_LAPSED, params={"due": _words(feedback_due(start))})
    if not is_allowed(status, step):
        return Problem("S28", "", Code.STEP_NOT_ALLOWED, params=_step_params(status, step))
    if step is Step.CANCEL and start is not None and start <= now:
        return Problem("S29", "window_start", Code.CANCEL_TOO_LATE, params={"start": _words(start)})
    return None


def require_step(status: Status, step: Step) -> None:
    """Raises YuyueError(STEP_NOT_ALLOWED) where the status does not allow the step, whatever the clock says."""
    if not is_allowed(status, step):
        raise user_error(Code.STEP_NOT_ALLOWED, **_step_params(status, step))


def explanation_problems(text: str, files: int, *, is_explained: bool) -> Iterator[Problem]:
    """What stands against an explanation with so many files (S31)."""
    if is_explained:
        yield Problem("S31", "explanation", Code.EXPLANATION_SENT)
    count = len(text) if text.strip() else 0
    if not 1 <= count <= limits.EXPLANATION_CHARACTERS:
        params: dict[str, str | int] = {"count": count, "limit": limits.EXPLANATION_CHARACTERS}
        yield Problem("S31", "explanation", Code.EXPLANATION_LENGTH, params=params)
    if has_control_character(text):
        yield Problem("S10", "explanation", Code.CONTROL_CHARACTER)
    if files > limits.EXPLANATION_ATTACHMENTS:
        params = {"count": files, "limit": limits.EXPLANATION_ATTACHMENTS}
        yield Problem("S31", "explanation", Code.ATTACHMENTS_TOO_MANY, params=params)


def _is_lapsed(status: Status, start: datetime, now: datetime) -> bool:
    """Whether feedback came too late; an application may be overdue here before customs has said so, and stays so."""
    is_over = status is Status.APPROVED and to_minute(now) > feedback_due(start)
    return is_over or status is Status.FEEDBACK_OVERDUE


def _step_params(status: Status, step: Step) -> dict[str, str | int]:
    return {"status": status.word, "step": step.value}


def _words(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"

"""`yuyue save`: application files become drafts here and at the gateway, which gives them their numbers (S21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.application_files import Way, send_files
from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import AtWork, take_desk
from yuyue_desktop.cli.outcomes import End, Outcome, Patience, take_wait
from yuyue_desktop.cli.records import as_state
from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.errors import YuyueError, attempted
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.drafting import Editing


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    way = Way(lambda work: work.workplace.filing.judge_draft, 1, save)
    parser = add_command(
        commands, "save", partial(send_files, way), "暂存：每个申请文件存成一份新的暂存，取得预录入编号"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="申请文件（JSON）")
    take_wait(parser)
    take_desk(parser)


def save(work: AtWork, editings: Sequence[Editing], patience: Patience) -> Iterator[Outcome | YuyueError]:
    """Keep drafts, ask for each to be saved at the gateway, and wait for its number."""
    for editing in editings:
        yield attempted(partial(_save, work, editing, patience))


def _save(work: AtWork, editing: Editing, patience: Patience) -> Outcome:
    editing.touch()
    saving = editing.flush()
    if saving is not None:
        saving.result()
    work.workplace.drafting.keep_at_gateway(editing.id).result()

    def is_known() -> bool:
        return bool(_record(work, editing).pre_entry_number) or work.desk.waiting.refusal(editing.id) is not None

    is_reached = patience.until(work, is_known)
    answer = as_state(_record(work, editing))
    error = work.desk.waiting.refusal(editing.id)
    if error is not None:
        return Outcome(End.FOUND, {**answer, "error": str(error.code)}, str(error_words(error)))
    if not is_reached:
        return Outcome(End.QUEUED, {**answer, "queued": True}, "网关还没有答复，联网后自动送达")
    return Outcome(End.FINE, answer)


def _record(work: AtWork, editing: Editing) -> ApplicationRecord:
    return work.desk.reader.record(editing.id) or editing.state().record

"""`yuyue declare`: application files are judged, signed by the card and sent, each exactly once (S22, B2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from yuyue_desktop.cli.application_files import Way, send_files
from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import AtWork, take_desk
from yuyue_desktop.cli.outcomes import End, Outcome, Patience, refusal, settled, take_wait
from yuyue_desktop.cli.records import as_state
from yuyue_desktop.domain.errors import YuyueError, attempted
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.services.drafting import Editing

AT_ONCE = 32
"""How many files are judged before the first of them is signed, all of them in one go."""


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    way = Way(lambda work: work.workplace.filing.judge, AT_ONCE, declare)
    parser = add_command(commands, "declare", partial(send_files, way), "申报：每个申请文件检查、签名、发送，各一次")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件", help="申请文件（JSON）")
    take_wait(parser)
    take_desk(parser)


def declare(work: AtWork, editings: Sequence[Editing], patience: Patience) -> Iterator[Outcome | YuyueError]:
    """Sign and enqueue drafts, and wait for the gateway's answers."""
    rest = list(editings)
    while rest:
        for item in _declared(work, rest):
            yield item if isinstance(item, YuyueError) else attempted(partial(_outcome, work, rest[0], item, patience))
            del rest[0]


def _declared(work: AtWork, editings: Sequence[Editing]) -> Sequence[OutboxItem | YuyueError]:
    """What became of the first of them: those behind a signature that failed come with the next login."""
    try:
        work.ready_card()
    except YuyueError as error:
        return [error]
    return work.workplace.declaring.declare_all(editings).result()


def _outcome(work: AtWork, editing: Editing, item: OutboxItem, patience: Patience) -> Outcome:
    item = settled(work, item, patience)
    record = work.desk.reader.record(editing.id) or editing.state().record
    answer = as_state(record)
    refused = refusal(work, item, frozenset())
    if refused is not None:
        code, text = refused
        return Outcome(End.FOUND, {**answer, "error": str(code), "message": text}, text)
    if item.state.is_open:
        return Outcome(End.QUEUED, {**answer, "queued": True}, "网关还没有答复，联网后自动送达，不要再申报一次")
    return Outcome(End.FINE, answer)

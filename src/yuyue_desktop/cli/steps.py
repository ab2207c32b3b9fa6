"""Steps of one application by its number, signed and sent: what `cancel`, `feedback` and `explain` do alike (B11)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from concurrent.futures import Future

from yuyue_desktop.cli.desk import AtWork, at_work, take_desk
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.outcomes import Patience, known_receipts, receipt_of, refusal, settled, take_wait
from yuyue_desktop.cli.records import as_receipt, as_state
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.application import ApplicationRecord
from yuyue_desktop.domain.outbox import OutboxItem

NUMBER = "预录入编号、申请编号或 UUID"
Sign = Callable[[AtWork, ApplicationRecord], Future[OutboxItem]]


def take_step(parser: argparse.ArgumentParser) -> None:
    """Let a command take an application's number, and what signing and waiting need."""
    parser.add_argument("number", metavar="编号", help=NUMBER)
    take_wait(parser)
    take_desk(parser)


def send_step(sign: Sign, options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Sign a step, wait for the gateway's answer, and give its receipt. Raises YuyueError as the services do."""
    with at_work(options, supplies.open_desk, streams) as work:
        record = work.workplace.tracking.find(options.number).result().record
        known = known_receipts(work, record)
        work.ready_card()
        item = settled(work, sign(work, record).result(), Patience(options.wait))
        refused = refusal(work, item, known)
        receipt = receipt_of(work, item, known)
        if item.state.is_open and refused is None:
            streams.answer({**as_state(work.desk.reader.record(record.id) or record), "queued": True})
            streams.say("网关还没有答复，联网后自动送达，不要再发一次")
            return Exit.UNREACHABLE
        streams.answer(as_receipt(receipt) if receipt else as_state(work.desk.reader.record(record.id) or record))
        if refused is None:
            return Exit.FINE
        streams.say(refused[1])
        return Exit.FOUND

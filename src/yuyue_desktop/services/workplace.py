"""What a signed-in person works with, built anew at each sign-in; only puts services together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from yuyue_desktop.domain.ports import Clock, Codec, GatewayPort, PdfPort, PdfViewer, StoreReader, StoreWriter
from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.application_intake import ApplicationIntake
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.services.calendars import Calendars
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.services.drafting import CodeTables, Drafting
from yuyue_desktop.services.filing import Filing
from yuyue_desktop.services.knowing import Knowledge
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.services.unread import UnreadReceipts


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkplaceParts:
    """What of an open profile the services of every session share."""

    reader: StoreReader
    writer: StoreWriter
    gateway: GatewayPort
    knowledge: Knowledge
    tables: CodeTables
    card: CardSession
    codec: Codec
    pdf: PdfPort
    pdf_viewer: PdfViewer
    clock: Clock
    workers: Executor
    wake_sync: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Workplace:
    """The services of one session."""

    session: Session
    drafting: Drafting
    declaring: Declaring
    tracking: Tracking
    attaching: Attaching
    previewing: Previewing
    calendars: Calendars
    unread: UnreadReceipts
    filing: Filing
    intake: ApplicationIntake


def open_workplace(session: Session, parts: WorkplaceParts) -> Workplace:
    """The services of a person who signed in."""
    reader, writer, clock = parts.reader, parts.writer, parts.clock
    drafting = _drafting(session, parts)
    attaching = Attaching(pdf=parts.pdf, writer=writer, clock=clock)
    filing = Filing(session=session, drafting=drafting, writer=writer)
    return Workplace(
        session,
        drafting,
        _declaring(session, parts),
        _tracking(session, parts),
        attaching,
        Previewing(viewer=parts.pdf_viewer, reader=reader, workers=parts.workers),
        _calendars(parts),
        UnreadReceipts(session=session, reader=reader, writer=writer, clock=clock),
        filing,
        ApplicationIntake(filing=filing, attaching=attaching),
    )


def _drafting(session: Session, parts: WorkplaceParts) -> Drafting:
    return Drafting(
        session=session,
        reader=parts.reader,
        writer=parts.writer,
        knowledge=parts.knowledge,
        clock=parts.clock,
        tables=parts.tables,
        wake_sync=parts.wake_sync,
    )


def _declaring(session: Session, parts: WorkplaceParts) -> Declaring:
    return Declaring(
        session=session,
        card=parts.card,
        codec=parts.codec,
        gateway_address=parts.gateway.address,
        writer=parts.writer,
        clock=parts.clock,
        workers=parts.workers,
        wake_sync=parts.wake_sync,
    )


def _tracking(session: Session, parts: WorkplaceParts) -> Tracking:
    return Tracking(
        session=session,
        gateway=parts.gateway,
        reader=parts.reader,
        writer=parts.writer,
        clock=parts.clock,
        workers=parts.workers,
    )


def _calendars(parts: WorkplaceParts) -> Calendars:
    return Calendars(
        gateway=parts.gateway,
        reader=parts.reader,
        writer=parts.writer,
        clock=parts.clock,
        workers=parts.workers,
    )

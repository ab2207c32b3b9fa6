"""Application files of the company's own systems (B11): judged with all that is known, and made drafts of.

Opens no file itself: content and measured attachments are brought by the caller.
"""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yuyue_desktop.domain.application import Application, ApplicationId
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.ports import StoreReader, StoreWriter
from yuyue_desktop.domain.rules import Problem, Surroundings
from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.application_file import (
    ApplicationFile,
    judge_application_file,
    judge_draft_file,
    read_application_file,
)
from yuyue_desktop.services.drafting import CodeTables, Drafting, Editing


@dataclass(frozen=True, slots=True)
class MeasuredFile:
    """An attachment as it was measured, and its bytes."""

    report: PdfReport
    content: bytes


class Filing:
    """For one signed-in person; calls block, so they belong on no window's thread."""

    def __init__(self, *, session: Session, drafting: Drafting, writer: StoreWriter) -> None:
        self._session = session
        self._drafting = drafting
        self._writer = writer

    def read(self, content: bytes) -> ApplicationFile:
        """Read a file as a new application of the own company. Raises YuyueError(INPUT_NOT_JSON, INPUT_TOO_LARGE)."""
        return read_application_file(content, ApplicationId(str(uuid.uuid4())), self._session.company.customs_code)

    def judge(self, file: ApplicationFile, reports: Sequence[PdfReport]) -> tuple[Problem, ...]:
        """Everything wrong with a file, after the gateway told what it knows around it."""
        return judge_application_file(file, self._surroundings(file), reports)

    def judge_draft(self, file: ApplicationFile, reports: Sequence[PdfReport]) -> tuple[Problem, ...]:
        """What forbids a file to become a draft (S21), after the gateway told what it knows around it."""
        return judge_draft_file(file, self._surroundings(file), reports)

    def draft(self, file: ApplicationFile, attachments: Sequence[MeasuredFile]) -> Editing:
        """The draft that a file becomes, its attachments in the store, itself not yet.

        Raises:
            YuyueError: as Drafting.take; STORE_*; DIGEST_MISMATCH.
        """
        reports = [attachment.report.attachment for attachment in attachments]
        editing = self._drafting.take(dataclasses.replace(file.application, attachments=tuple(reports)))
        for attachment in attachments:
            self._writer.put_attachment(attachment.report.attachment.sha256, attachment.content).result()
        return editing

    def _surroundings(self, file: ApplicationFile) -> Surroundings:
        self._drafting.hear(file.application)
        return self._drafting.surroundings(file.application)


def known_surroundings(
    application: Application, reader: StoreReader, now: datetime, tables: CodeTables
) -> Surroundings:
    """What this machine alone knows around an application, with nobody signed in."""
    calendar = reader.calendar(application.declaration_port)
    return Surroundings(
        now,
        reader.company(application.declarant) if application.declarant else None,
        reader.company(application.trader),
        ports=tables.ports,
        transport_modes=tables.transport_modes,
        calendar=calendar,
    )

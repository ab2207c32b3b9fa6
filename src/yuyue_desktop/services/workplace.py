"""What a signed-in person works with, built anew at each sign-in; only puts services together."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.application_intake import ApplicationIntake
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.services.calendars import Calendars
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.services.drafting import Drafting
from yuyue_desktop.services.filing import Filing
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.services.unread import UnreadReceipts


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

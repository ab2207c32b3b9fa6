"""Every limit of the form, dated where law dates it (S17-S20, S30, S31, S33); knows no rule that uses them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """What a PDF may weigh (S19); bytes, and the file name's bytes in GB18030."""

    count: int = 5
    file_bytes: int = 4 * 1024 * 1024
    page_bytes: int = 200 * 1024
    name_bytes: int = 64
    least_version: tuple[int, int] = (1, 4)


ATTACHMENT_LIMITS: tuple[tuple[date, AttachmentLimits], ...] = ((date(2013, 1, 1), AttachmentLimits()),)
"""S19: the limits are dated data; each row holds from its date until the next row's."""

TEXT_ENCODING = "gb18030"
"""The encoding in which customs counts bytes of text (S17, S19)."""

REASON_BYTES = 255
CONTACT_NAME_CHARACTERS = 30
GOODS_NAMES_CHARACTERS = 4000
GOODS_LOOKUP_DIGITS = 4
DECLARATION_NUMBERS = 50
EXPLANATION_CHARACTERS = 1000
EXPLANATION_ATTACHMENTS = 1
FIELD_CHARACTERS = 5_000
"""No field takes more, however wrong: many times over every limit, so that a megabyte pasted is soon answered."""
APPLICATION_FILE_BYTES = 1024 * 1024
"""A JSON file is no application file if it is larger (B11)."""
QUERY_SPAN_DAYS = 15
CALENDAR_SPAN_DAYS = 800
"""So far apart may first and last day be of one port's calendar that the gateway is asked for at once."""
STORE_PASSWORD_CHARACTERS = 10
SIGNED_TIME_AHEAD = timedelta(minutes=5)
SIGNED_TIME_BEHIND = timedelta(days=30)
OFFLINE_SIGN_IN_SPAN = timedelta(days=30)
CERTIFICATE_WARNING_DAYS = (90, 30, 7)
"""So many days before a card's certificate ends it is said, each time louder."""
CARD_IDLE_MINUTES = (5, 15, 30, 60)
"""What a clerk may choose as the time without an act after which the card's login ends (B15)."""
DELETED_DRAFT_KEPT = timedelta(days=30)


def attachment_limits(on: date) -> AttachmentLimits:
    """The attachment limits in force on a day (S19); before the first row the first row's."""
    in_force = [limits for since, limits in ATTACHMENT_LIMITS if since <= on]
    return (in_force or [ATTACHMENT_LIMITS[0][1]])[-1]


def text_bytes(text: str) -> int:
    """How many bytes customs counts for a text (S17); a lone surrogate counts as a question mark would."""
    return len(text.encode(TEXT_ENCODING, errors="replace"))

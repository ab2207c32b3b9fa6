"""The error every part of the program raises, and the codes of all that can go wrong; its words are in texts.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import TypeVar

_T = TypeVar("_T")


class Code(StrEnum):
    """Stable name of each message a clerk can meet; `texts.py` gives every one a title and an advice."""

    # fields of the application form (S12-S20)
    REQUIRED = auto()
    TOO_LONG = auto()
    CONTROL_CHARACTER = auto()
    UNCERTAIN_CHARACTER = auto()
    TRADER_CODE_MALFORMED = auto()
    TRADER_NOT_CHECKED = auto()
    COMPANY_UNKNOWN = auto()
    COMPANY_DISHONEST = auto()
    COMPANY_NOT_REGISTERED = auto()
    COMPANY_OWES_FEEDBACK = auto()
    CREDIT_CODE_CHECK = auto()
    MOBILE_MALFORMED = auto()
    MOBILE_TOO_SHORT = auto()
    MOBILE_TOO_LONG = auto()
    PORT_MALFORMED = auto()
    PORT_NOT_A_PORT = auto()
    PORT_OF_DISTRICT = auto()
    PORT_UNKNOWN = auto()
    TRANSPORT_MALFORMED = auto()
    TRANSPORT_UNKNOWN = auto()
    WINDOW_MALFORMED = auto()
    WINDOW_PAST = auto()
    WINDOW_IN_WORKING_TIME = auto()
    WINDOW_TOO_LATE = auto()
    CALENDAR_UNKNOWN = auto()
    CALENDAR_NOT_HEARD = auto()
    REASON_TOO_LONG = auto()
    FLAG_MISSING = auto()
    GOODS_MISSING = auto()
    GOODS_CODE_MALFORMED = auto()
    GOODS_NAME_MISSING = auto()
    GOODS_NAMES_TOO_LONG = auto()
    # attachments (S19)
    ATTACHMENTS_TOO_MANY = auto()
    ATTACHMENT_TOO_LARGE = auto()
    ATTACHMENT_PAGE_TOO_LARGE = auto()
    ATTACHMENT_MEAN_TOO_LARGE = auto()
    ATTACHMENT_NAME_TOO_LONG = auto()
    ATTACHMENT_NAME_CHARACTERS = auto()
    ATTACHMENT_REPEATED = auto()
    PDF_NOT_A_PDF = auto()
    PDF_DAMAGED = auto()
    PDF_ENCRYPTED = auto()
    PDF_TOO_OLD = auto()
    PDF_READERS_DISAGREE = auto()
    PDF_NO_PAGES = auto()
    PDF_TOO_MANY_PAGES = auto()
    PDF_TOO_COMPLEX = auto()
    PDF_PROCESS_MISSING = auto()
    PDF_NOT_SHOWN = auto()
    PDF_PAGE_NOT_SHOWN = auto()
    ATTACHMENT_NOT_HERE = auto()
    ATTACHMENT_ON_OTHER_SERVER = auto()
    FILE_MISSING = auto()
    FILE_LINK_BROKEN = auto()
    FILE_IS_FOLDER = auto()
    FILE_NOT_REGULAR = auto()
    FILE_EMPTY = auto()
    FILE_CHANGING = auto()
    FILE_UNREADABLE = auto()
    FILE_UNWRITABLE = auto()
    # feedback and explanation (S30, S31)
    DECLARATION_NUMBER_LENGTH = auto()
    DECLARATION_NUMBER_DIGITS = auto()
    DECLARATION_NUMBER_FLAG = auto()
    DECLARATION_NUMBER_PORT = auto()
    DECLARATION_NUMBER_REPEATED = auto()
    DECLARATION_NUMBERS_TOO_MANY = auto()
    DECLARATION_NUMBERS_MISSING = auto()
    DECLARATION_MISMATCH = auto()
    EXPLANATION_LENGTH = auto()
    EXPLANATION_SENT = auto()
    FEEDBACK_LAPSED = auto()
    # life of an application (S28-S32)
    STEP_NOT_ALLOWED = auto()
    CANCEL_TOO_LATE = auto()
    APPLICATION_UNKNOWN = auto()
    REVISION_STALE = auto()
    LOCKED_BY_OUTBOX = auto()
    # queries (S33, S34)
    QUERY_EMPTY = auto()
    QUERY_SPAN_TOO_LONG = auto()
    QUERY_SPAN_REVERSED = auto()
    QUERY_TRADER_MISSING = auto()
    QUERY_NUMBER_MALFORMED = auto()
    CALENDAR_NOT_FOUND = auto()
    # signing in and authority (S1-S6)
    CARD_NOT_BOUND = auto()
    CARD_MISMATCH = auto()
    CARD_UNKNOWN = auto()
    PASSWORD_WRONG = auto()
    SIGN_IN_NEEDED = auto()
    SIGN_IN_TOO_OFTEN = auto()
    # card (B15)
    CARD_ABSENT = auto()
    CARD_CHANGED = auto()
    CARD_UNREADABLE = auto()
    CARD_CERTIFICATE_UNKNOWN = auto()
    CARD_UNKNOWN_TO_DRIVER = auto()
    READER_SERVICE_AWAY = auto()
    READER_SERVICE_SILENT = auto()
    READER_MISSING = auto()
    CARD_DRIVER_MISSING = auto()
    CARD_DRIVER_UNFIT = auto()
    CARD_DRIVER_INCOMPLETE = auto()
    CARD_DRIVER_FAILED = auto()
    CARD_SIGNATURE_WRONG = auto()
    CARD_NOT_SIGNED = auto()
    CARD_NOT_LOGGED_IN = auto()
    CARD_CONTROL_MISSING = auto()
    CARD_CONTROL_SILENT = auto()
    CARD_CONTROL_GARBLED = auto()
    CARD_RESET_FAILED = auto()
    CARD_READER_FAILED = auto()
    CARD_NOT_ACCEPTED = auto()
    CARD_REFUSED = auto()
    PIN_WRONG = auto()
    PIN_LOCKED = auto()
    PIN_LENGTH = auto()
    PIN_FAILED_BEFORE = auto()
    PIN_FIXED = auto()
    # envelope, as the gateway judges it
    SIGNATURE_INVALID = auto()
    CERTIFICATE_INVALID = auto()
    DIGEST_MISMATCH = auto()
    COMPANY_MISMATCH = auto()
    SUBMISSION_STALE = auto()
    SUBMISSION_MALFORMED = auto()
    SUBMISSION_ID_REUSED = auto()
    WRONG_GATEWAY = auto()
    ATTACHMENTS_MISSING = auto()
    SEAL_BROKEN = auto()
    # input of the command line (B11)
    INPUT_NOT_JSON = auto()
    INPUT_TOO_LARGE = auto()
    INPUT_FIELD_MISSING = auto()
    INPUT_FIELD_UNKNOWN = auto()
    INPUT_FIELD_WRONG = auto()
    # environment
    GATEWAY_UNREACHABLE = auto()
    GATEWAY_BUSY = auto()
    GATEWAY_UNTRUSTED = auto()
    GATEWAY_ANSWER_INVALID = auto()
    GATEWAY_FORGOT = auto()
    PROXY_SIGN_IN = auto()
    STORE_DAMAGED = auto()
    STORE_LOCKED = auto()
    STORE_FULL = auto()
    STORE_NEWER = auto()
    STORE_UNWRITABLE = auto()
    STORE_KEY_WRONG = auto()
    STORE_KEY_MISSING = auto()
    STORE_KEY_LOST = auto()
    STORE_PASSWORD_WRONG = auto()
    STORE_PASSWORD_SHORT = auto()
    KEY_STORE_UNAVAILABLE = auto()
    KEY_STORE_SILENT = auto()
    IMPORT_WOULD_LOSE = auto()
    IMPORT_GIVEN_UP = auto()
    IMPORT_WAITS = auto()
    IMPORT_UNREADABLE = auto()
    RECOVERY_CODE_MALFORMED = auto()
    RECOVERY_CODE_WRONG = auto()
    PROGRAM_ALREADY_OPEN = auto()
    FILES_NOT_HANDED_OVER = auto()
    PROFILE_MISSING = auto()
    PRACTICE_MISSING = auto()
    PRACTICE_FAILED = auto()
    NEW_VERSION_UNKNOWN = auto()
    CALL_UNUSABLE = auto()
    BUG = auto()


LINK_CODES = frozenset(
    {
        Code.GATEWAY_UNREACHABLE,
        Code.GATEWAY_UNTRUSTED,
        Code.GATEWAY_BUSY,
        Code.GATEWAY_ANSWER_INVALID,
        Code.PROXY_SIGN_IN,
    }
)
"""Errors that say nothing of what was asked, only of the way to the gateway."""

OFFLINE_CODES = LINK_CODES | {Code.SIGN_IN_NEEDED}
"""After these what the store knows answers (B1)."""

NO_CARD_CODES = frozenset({Code.CARD_ABSENT, Code.CARD_RESET_FAILED})
"""Nothing was read in the reader; the second is what the client control says of an empty one and of a silent card."""


class Blame(Enum):
    """Who can mend it, which decides where it is shown (architecture.md, Errors)."""

    USER = "user"
    ENVIRONMENT = "environment"
    BUG = "bug"


@dataclass(eq=False)  # not frozen: contextlib and others set __traceback__ and notes on a raised exception
class YuyueError(Exception):
    """What went wrong, told once at the border where it happened.

    `params` fill the placeholders of the text; `is_retried` says whether the program tries again by itself.
    """

    code: Code
    params: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))
    blame: Blame = Blame.ENVIRONMENT
    is_retried: bool = False

    def __str__(self) -> str:
        return str(self.code)


def user_error(code: Code, /, **params: str | int) -> YuyueError:
    """An error that the clerk can mend at the field or dialog where it shows."""
    return YuyueError(code, params, Blame.USER)


def attempted(work: Callable[[], _T]) -> _T | YuyueError:
    """What work answers, or the error that it raises: of several, one stops none of the others."""
    try:
        return work()
    except YuyueError as error:
        return error

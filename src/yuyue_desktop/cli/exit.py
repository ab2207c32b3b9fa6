"""Exit codes of every command (B11)."""

from __future__ import annotations

from enum import IntEnum

from yuyue_desktop.domain.errors import LINK_CODES, NO_CARD_CODES, Code, YuyueError

CARD_AWAY = frozenset(
    {
        *NO_CARD_CODES,
        Code.CARD_CHANGED,
        Code.CARD_UNREADABLE,
        Code.CARD_CERTIFICATE_UNKNOWN,
        Code.CARD_DRIVER_MISSING,
        Code.CARD_DRIVER_UNFIT,
        Code.CARD_DRIVER_INCOMPLETE,
        Code.CARD_DRIVER_FAILED,
        Code.CARD_CONTROL_MISSING,
        Code.CARD_CONTROL_SILENT,
        Code.CARD_CONTROL_GARBLED,
        Code.CARD_READER_FAILED,
        Code.CARD_REFUSED,
    }
)
"""Errors that say that no usable card can be reached now."""


class Exit(IntEnum):
    """What the exit code tells the calling system."""

    FINE = 0
    """Every item answered and nothing found wrong; a verdict is an answer."""
    FOUND = 1
    """Some item is bad, or a finding was made."""
    UNUSABLE = 2
    """The call or all of its input can't be used."""
    UNREACHABLE = 3
    """The gateway or the card can't be reached now."""


def exit_of(items: int, bad: int, findings: int = 0) -> Exit:
    """The exit code for so many items, of which so many could not be used, with so many findings."""
    if bad and bad == items:
        return Exit.UNUSABLE
    return Exit.FOUND if bad or findings else Exit.FINE


def exit_of_error(error: YuyueError) -> Exit:
    """The exit code for an error that concerns the whole call."""
    return Exit.UNREACHABLE if error.code in LINK_CODES | CARD_AWAY else Exit.UNUSABLE

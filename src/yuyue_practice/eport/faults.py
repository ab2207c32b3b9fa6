"""What may go wrong between a program and the control, on command; knows no websocket."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import StrEnum


class Fault(StrEnum):
    """One way in which a call is answered badly."""

    NO_ANSWER = "no-answer"
    LATE = "late"
    OTHER_ID = "other-id"
    OTHER_METHOD = "other-method"
    NOT_JSON = "not-json"
    HALF_JSON = "half-json"
    NO_RESULT = "no-result"
    DEEP = "deep"
    HUGE = "huge"
    CLOSED = "closed"
    CUT = "cut"
    GBK = "gbk"
    BAD_BLOCK = "bad-block"
    READER_TAKEN = "reader-taken"
    CARD_REFUSED = "card-refused"


class Faults:
    """Faults that were ordered, each for the next calls of a method; safe in any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._ordered: list[tuple[Fault | None, str, Callable[[], None]]] = []

    def order(
        self, fault: Fault | None, method: str = "", times: int = 1, before: Callable[[], None] = lambda: None
    ) -> None:
        """Let the next calls go wrong; an empty method means any.

        `before` is called first, such as a hand at the reader; with None that is all that happens.
        """
        with self._guard:
            self._ordered += [(fault, method, before)] * times

    def take(self, method: str) -> Fault | None:
        """The fault of a call that comes in, which is over with it."""
        with self._guard:
            found = next((order for order in self._ordered if order[1] in ("", method)), None)
            if found is not None:
                self._ordered.remove(found)
        if found is None:
            return None
        found[2]()
        return found[0]

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        with self._guard:
            self._ordered.clear()

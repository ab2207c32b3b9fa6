"""One slow call in a thread of its own, so that the window thread never waits; knows neither call nor window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def in_worker(call: Callable[[], Result]) -> Future[Result]:
    """Begin the call; the program's end does not wait for it, as a key store may hang."""
    answer: Future[Result] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except BaseException as error:  # noqa: BLE001 - handed on whole to whoever asks for the result
            answer.set_exception(error)

    threading.Thread(target=run, name="slow-call", daemon=True).start()
    return answer

"""One run of the PDF process as the window's side sees it: asks it, kills it when it hangs; opens no PDF itself."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import IO, TypeVar, cast

Answer = TypeVar("Answer")


class ProcessGone(Exception):
    """The process hung and was killed, crashed, or answered nonsense; it is gone."""

    def __init__(self, *, is_hung: bool) -> None:
        super().__init__()
        self.is_hung = is_hung


class PdfChild:
    """Used by one thread; `kill` may come from any."""

    def __init__(self, command: Sequence[str]) -> None:
        """Raises OSError where it can't be started."""
        # Windows would flash a console window; elsewhere there is no such flag.
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
        )
        self.kill = self._process.kill
        self.pid = self._process.pid

    def ask(self, line: bytes, read: Callable[[IO[bytes]], Answer], time_limit_s: float) -> Answer:
        """The answer. Raises ProcessGone."""
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            self.kill()

        watchdog = threading.Timer(time_limit_s, give_up)
        watchdog.daemon = True
        watchdog.start()
        try:
            self._pipe(self._process.stdin).write(line)
            self._pipe(self._process.stdin).flush()
            return read(self._pipe(self._process.stdout))
        except (OSError, ValueError, KeyError, TypeError) as error:
            self.end()
            raise ProcessGone(is_hung=is_late.is_set()) from error
        finally:
            watchdog.cancel()

    def end(self) -> None:
        """Kill it and let go of its pipes; returns once it is gone."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what is still in the buffer has nobody to go to
                self._pipe(pipe).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        return cast("IO[bytes]", pipe)

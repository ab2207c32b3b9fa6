"""The program's log for whoever looks after it (B12): times, codes and states, nothing of a person; it rotates.

It must never disturb the work: what can't be written is dropped.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from yuyue_desktop.domain.events import (
    CardChanged,
    ClockChanged,
    Event,
    LinkChanged,
    OutboxChanged,
    ReceiptArrived,
    SaveFailed,
    SessionChanged,
)

FOLDER = "logs"
LARGEST_BYTES = 256 * 1024
EARLIER_FILES = 3
"""Together a megabyte at most: some weeks of an office."""
TAIL_LINES = 200
"""What a report takes of it."""
PACKAGE = "yuyue_desktop"

log = logging.getLogger(__name__)


class ProgramLog:
    """One program's file in a profile's folder; what the whole package logs goes there from `begin` to `close`."""

    def __init__(self, folder: Path, name: str) -> None:
        """`name`: whose file it is; two programs that run side by side have files of their own."""
        self._file = folder / FOLDER / f"{name}.log"
        self._handler = _Handler(self._file)
        self._handler.setFormatter(_Lines("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._hooks = (sys.excepthook, threading.excepthook)

    def begin(self) -> None:
        """Log from now on, what nobody catches too."""
        package = logging.getLogger(PACKAGE)
        package.setLevel(logging.INFO)
        package.addHandler(self._handler)
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook, threading.excepthook = self._note_uncaught, self._note_uncaught_in_thread

    def close(self) -> None:
        """Log no more."""
        sys.excepthook, threading.excepthook = self._hooks
        logging.getLogger(PACKAGE).removeHandler(self._handler)
        self._handler.close()

    def tail(self) -> Sequence[str]:
        """The newest lines, oldest first; none where there is no file."""
        try:
            text = self._file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()
        return tuple(text.splitlines()[-TAIL_LINES:])

    def _note_uncaught(self, kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
        log.critical("uncaught", exc_info=(kind, error, traceback))
        self._hooks[0](kind, error, traceback)

    def _note_uncaught_in_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            log.critical("uncaught in a thread", exc_info=(told.exc_type, told.exc_value, told.exc_traceback))
        self._hooks[1](told)


def note_event(event: Event) -> None:
    """Log what happened, where that helps to understand what follows; never about whom or what."""
    match event:
        case LinkChanged(is_up=True):
            log.info("link up")
        case LinkChanged(error=error):
            log.info("link down %s", error.code if error else "")
        case SaveFailed(error=error):
            log.warning("save failed %s", error.code)
        case CardChanged(state=state):
            log.info("card %s", state.name.lower())
        case ClockChanged(offset_s=offset_s):
            log.info("gateway's clock is %.0f s ahead", offset_s)
        case OutboxChanged() | ReceiptArrived() | SessionChanged():
            log.info("%s", type(event).__name__)


class _Handler(RotatingFileHandler):
    """Opened at the first line, for this account alone."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=LARGEST_BYTES, backupCount=EARLIER_FILES, encoding="utf-8", delay=True)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A full disk or a file that is held is told where it matters."""


class _Lines(logging.Formatter):
    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Kinds and places alone: an error's own words may hold anything that was typed."""
        error = ei[1] if isinstance(ei, tuple) else None
        lines: list[str] = []
        while isinstance(error, BaseException):
            lines += [type(error).__name__, *_places(error.__traceback__)]
            error = error.__cause__ or error.__context__
        return "\n".join(f"  {line}" for line in lines)


def _places(traceback: TracebackType | None) -> list[str]:
    places: list[str] = []
    while traceback is not None:
        module = traceback.tb_frame.f_globals.get("__name__", "?")
        places.append(f"{module}:{traceback.tb_lineno}")
        traceback = traceback.tb_next
    return places

"""The test's hand at the rig: starts its process, tells it what to do, knows where clients find the readers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self, cast

from tests.card.rig.cards import CardName
from tests.card.rig.reader_service import SOCKET
from tests.namespaces import unshared

OPENSC = Path("/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so")
_ROOT = Path(__file__).parents[3]
_END_S = 10.0


class CardRig:
    """A context; one serves any number of tests, each of which calls `begin_anew` first."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        # Not below pytest's folder: a socket's path may have 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="yuyue-rig-"))
        sockets = self._folder / "run"
        sockets.mkdir()
        self.environment = {"PCSCLITE_CSOCK_NAME": str(sockets / SOCKET)}
        self._process = subprocess.Popen(
            [*unshared("mount", "net"), sys.executable, "-m", "tests.card.rig.program", sockets, self._folder],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate(timeout=_END_S)
        shutil.rmtree(self._folder)

    def insert(self, card: str, slot: int = 0) -> None:
        """Put a card in; one that is there is swapped at once, before any service can notice."""
        self._tell("insert", card=card, slot=slot)

    def remove(self, slot: int = 0) -> None:
        """Pull the card."""
        self._tell("remove", slot=slot)

    def pull_at(self, step: str, *, swap_for: CardName | None = None, countdown: int = 1) -> None:
        """The card in the first reader is pulled inside a step, before it answers; another one may follow at once."""
        self._tell("meet", step=step, swap_for=swap_for or "", countdown=countdown)

    def pause_at(self, step: str, pause_s: float) -> None:
        """The card in the first reader stands still inside a step."""
        self._tell("meet", step=step, pause_s=pause_s)

    def pins_seen(self) -> int:
        """How many PINs reached any card."""
        return int(self._tell("pins_seen"))

    def signatures(self, card: CardName) -> int:
        """How many signatures a card made."""
        return int(self._tell("signatures", card=card))

    def kill_service(self) -> None:
        """The reader service dies."""
        self._tell("kill_service")

    def start_service(self, *, has_readers: bool = True) -> None:
        """The reader service begins anew, with empty readers or none."""
        self._tell("start_service", has_readers=has_readers)

    def begin_anew(self) -> None:
        """Empty readers, cards as they were made."""
        self._tell("begin_anew")

    def _tell(self, do: str, **order: object) -> Any:
        stdin, stdout = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        with self._guard:
            stdin.write(json.dumps({"do": do, **order}) + "\n")
            stdin.flush()
            line = stdout.readline()
        assert line, f"the rig ended at {do}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]

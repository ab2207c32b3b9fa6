"""A running card process as the window's side holds it: started, asked, stopped, killed; knows no card."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import cast

from yuyue_desktop.card.protocol import Notice, Reply, Request, decode_answer, encode_request

STOP_GRACE_S = 3.0
"""How long the process may take to log out and end before it is killed; it ends by itself after 2 s."""

if sys.platform == "win32":
    NO_CONSOLE = subprocess.CREATE_NO_WINDOW
else:
    NO_CONSOLE = 0


class ProcessEnded(Exception):
    """The process is gone, and with it the login and whatever was asked."""


class CardProcess:
    """One card process from its start to its end. One thread sends at a time; the rest may come from any.

    Args:
        command: the whole command line; no secret is ever on it.
        environment: added to this process's own.
        on_notice, on_end: called on the thread that reads answers; `on_end` once, before those hear of it who wait.

    Raises:
        OSError: the program could not be started.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        on_notice: Callable[[Notice], None],
        on_end: Callable[[], None],
    ) -> None:
        self._on_notice = on_notice
        self._on_end = on_end
        self._guard = threading.Lock()
        self._waiting: dict[int, Future[Reply]] = {}
        self._has_ended = False
        self._has_spoken = False
        self._process = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a driver prints may hold a PIN: it goes nowhere.
            stderr=subprocess.DEVNULL,
            env={**os.environ, **environment},
            creationflags=NO_CONSOLE,
        )
        self._requests = cast(io.RawIOBase, self._process.stdin)
        self._answers = io.BufferedReader(cast(io.RawIOBase, self._process.stdout))
        self._reader = threading.Thread(target=self._take_answers, name="card-answers", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def has_spoken(self) -> bool:
        """Whether anything came from it, so that it is no longer starting."""
        return self._has_spoken

    def send(self, request: Request) -> Future[Reply]:
        """Ask; answers come in the order of the questions. Who waits too long calls `kill` from another thread.

        The future fails with ProcessEnded; what is called when it is done belongs to the thread that reads answers,
        and may not wait for another one.
        """
        reply: Future[Reply] = Future()
        with self._guard:
            if self._has_ended:
                reply.set_exception(ProcessEnded())
                return reply
            self._waiting[request.id] = reply
        try:
            self._write(encode_request(request))
        except (OSError, ValueError):
            self.kill()  # it reads no more; the reading thread tells the end, in its order
        return reply

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def stop(self) -> None:
        """Let it log out and end; returns once it is gone."""
        self._requests.close()
        try:
            self._process.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        if self._reader is not threading.current_thread():
            self._reader.join()

    def _write(self, line: bytes) -> None:
        """Unbuffered, so that closing the pipe from another thread never waits for a process that reads no more."""
        rest = memoryview(line)
        while rest:
            rest = rest[self._requests.write(rest) :]

    def _take_answers(self) -> None:
        with self._answers:
            for line in self._answers:
                self._has_spoken = True
                try:
                    answer = decode_answer(line)
                except ValueError:
                    self.kill()
                    break
                if isinstance(answer, Notice):
                    self._on_notice(answer)
                else:
                    self._hand_over(answer)
        self._process.wait()
        self._requests.close()
        self._on_end()
        with self._guard:
            self._has_ended = True
            unanswered = list(self._waiting.values())
        for reply in unanswered:
            reply.set_exception(ProcessEnded())

    def _hand_over(self, reply: Reply) -> None:
        with self._guard:
            waiting = self._waiting.pop(reply.id, None)
        if waiting is not None:
            waiting.set_result(reply)

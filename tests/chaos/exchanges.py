"""Requests and answers as the fault proxy sees them, and what it remembers of each submission's; spoils nothing."""

from __future__ import annotations

import contextlib
import re
import ssl
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

from tests.chaos.faults import Aim, Kind
from tests.raw_http import read_message

_NOT_HANDED_ON = frozenset({"connection", "content-length", "transfer-encoding", "host"})
_SUBMISSION = re.compile(r"/submissions/([0-9a-f-]{36})$")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, whole."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def submission(self) -> str:
        """The id of the submission that it is about, empty where it is about none."""
        found = _SUBMISSION.search(self.target)
        return found[1] if found else ""

    def fits(self, aim: Aim) -> bool:
        """Whether a fault with this aim waits for it."""
        match aim:
            case Aim.SUBMISSION:
                return self.method == "PUT" and bool(self.submission)
            case Aim.ASKING:
                return self.method == "GET" and bool(self.submission)
            case Aim.RECEIPTS:
                return self.target.startswith("/receipts")
            case Aim.ATTACHMENT:
                return self.target.startswith("/attachments")
        return True


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def encoded(self) -> bytes:
        """As it goes over the wire."""
        kept = [(name, value) for name, value in self.headers if name.lower() not in _NOT_HANDED_ON]
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in (*kept, ("Content-Length", str(len(self.body))))]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


def read_request(client: ssl.SSLSocket) -> Request | None:
    """The next request of a connection, None where it ends before one is whole. Raises OSError."""
    message = read_message(client)
    if message is None:
        return None
    head, body = message
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    pairs = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    headers = tuple((name, value) for name, value in pairs if name.lower() not in _NOT_HANDED_ON)
    return Request(method, target, headers, body)


Note = Callable[[Kind | None, Answer | None], None]


class Log:
    """What came of spoilt exchanges, and what a client did that it must not do (B2); safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sent: set[str] = set()
        self._spoilt: dict[str, Kind] = {}
        self.outcomes: defaultdict[Kind, Counter[str]] = defaultdict(Counter)
        """What a client did next about a submission whose exchange was spoilt by a fault of a kind."""
        self.sins: list[str] = []
        """In words."""

    @contextlib.contextmanager
    def noting(self, request: Request) -> Iterator[Note]:
        """Look at a request; the block says what became of it."""
        if request.target.startswith("/welcome"):
            self.sins.append(f"a redirect was followed: {request.method} {request.target}")
        about = request.submission
        if about:
            self._look(request, about)

        def note(kind: Kind | None, answer: Answer | None) -> None:
            if about and (kind is not None or answer is None):
                self._spoilt[about] = kind or Kind.GATEWAY_KILLED

        yield note

    def _look(self, request: Request, about: str) -> None:
        with self._lock:
            earlier = self._spoilt.pop(about, None)
            if request.method == "GET":
                self._sent.discard(about)
            elif about in self._sent:
                self.sins.append(f"{about} was sent again without asking first")
            else:
                self._sent.add(about)
            if earlier is not None:
                self.outcomes[earlier]["asked" if request.method == "GET" else "sent again"] += 1

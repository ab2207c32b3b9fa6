"""One exchange with the gateway over HTTPS: bytes out, a judged reply in; knows no message and no token's origin."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import NoReturn

import requests

from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.connections import OpenSockets, WatchedAdapter
from yuyue_desktop.gateway.errors import TRANSPORT_FAULTS, answer_invalid, refusal_error, translate_fault, unreachable
from yuyue_desktop.wire.messages import TIME_HEADER

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 30.0
LONGEST_ANSWER_BYTES = 32 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
JSON = "application/json"
SEALED = "application/jose"


ProxiesTo = Callable[[str], Mapping[str, str]]
"""Answers the proxies to an address by scheme, as requests has them."""


def direct(_address: str) -> Mapping[str, str]:
    """No proxy."""
    return {}


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked: `path` ready for a URL, `content` None for no body, `read_timeout_s` between two bytes."""

    method: str
    path: str
    query: Mapping[str, str] | None = None
    content: bytes | None = None
    content_type: str = JSON
    token: str | None = None
    read_timeout_s: float = READ_TIMEOUT_S


class Transport:
    """Exchanges with one gateway; safe in any thread, several at once."""

    def __init__(self, address: str, trust: ssl.SSLContext, clock: GatewayClock, proxies: ProxiesTo = direct) -> None:
        """`address` is `https://host:port`; `proxies` are asked before each request."""
        if not address.startswith("https://"):
            raise ValueError("a gateway is spoken to over https only")
        self._address = address.rstrip("/")
        self._clock = clock
        self._sockets = OpenSockets()
        self._session = requests.Session()
        self._session.trust_env = False
        self._proxies = proxies
        self._session.adapters.clear()
        self._session.mount("https://", WatchedAdapter(trust, self._sockets))

    def exchange(self, call: Call) -> bytes:
        """The content of a 2xx answer.

        Raises:
            YuyueError: GATEWAY_UNREACHABLE, GATEWAY_UNTRUSTED, GATEWAY_BUSY, GATEWAY_ANSWER_INVALID, or the code that
                the gateway names.
        """
        asked_s = self._clock.steady()
        try:
            with self._send(call) as answer:
                answered_s = self._clock.steady()
                content = _read(answer)
        except TRANSPORT_FAULTS as fault:
            raise translate_fault(fault) from fault
        is_gateway = self._hear(answer, asked_s, answered_s)
        if answer.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            _refuse(answer, content)
        if not is_gateway or (content and not answer.headers.get("Content-Type", "").startswith(JSON)):
            raise answer_invalid("not the gateway's")
        return content

    def interrupt(self) -> None:
        """Break off the exchanges under way; later ones are not concerned."""
        self._sockets.shut()

    def close(self) -> None:
        """Break off the exchanges under way and close idle connections."""
        self.interrupt()
        self._session.close()

    def _send(self, call: Call) -> requests.Response:
        headers = {"Accept": JSON, "Accept-Encoding": "identity", "User-Agent": "yuyue-desktop"}
        if call.content is not None:
            headers["Content-Type"] = call.content_type
        if call.token:
            headers["Authorization"] = f"Bearer {call.token}"
        self._session.cookies.clear()
        return self._session.request(
            call.method,
            self._address + call.path,
            params=dict(call.query or {}),
            data=call.content,
            headers=headers,
            timeout=(CONNECT_TIMEOUT_S, call.read_timeout_s),
            allow_redirects=False,
            proxies=dict(self._proxies(self._address)),
            stream=True,
        )

    def _hear(self, answer: requests.Response, asked_s: float, answered_s: float) -> bool:
        """Take the time an answer carries; False for one without it, which the gateway did not write."""
        told = answer.headers.get(TIME_HEADER)
        if told is None:
            return False
        try:
            moment = datetime.fromisoformat(told)
        except ValueError as wrong:
            raise answer_invalid(TIME_HEADER) from wrong
        if moment.tzinfo is not None:
            raise answer_invalid(TIME_HEADER)
        self._clock.hear(moment, asked_s, answered_s)
        return True


def _read(answer: requests.Response) -> bytes:
    """The whole content; urllib3 raises where it is shorter than announced.

    Raises:
        YuyueError: GATEWAY_UNREACHABLE where no length was announced: a head that was cut off looks like that.
    """
    has_length = any(name in answer.headers for name in ("Content-Length", "Transfer-Encoding"))
    if not has_length and answer.status_code != HTTPStatus.NO_CONTENT:
        raise unreachable("answer cut off", is_sent=True)
    content = bytearray()
    while chunk := answer.raw.read1(CHUNK_BYTES):
        content += chunk
        if len(content) > LONGEST_ANSWER_BYTES:
            raise answer_invalid("too long")
    return bytes(content)


def _refuse(answer: requests.Response, content: bytes) -> NoReturn:
    """Raise what an answer other than 2xx means; a redirect is never the gateway's."""
    if answer.status_code < HTTPStatus.BAD_REQUEST:
        raise answer_invalid(f"status {answer.status_code}")
    raise refusal_error(answer.status_code, content, answer.headers.get("Retry-After"))

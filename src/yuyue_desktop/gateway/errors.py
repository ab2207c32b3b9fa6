"""Turns what the libraries raise and what the gateway refuses into YuyueError; knows no call's meaning."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from http import HTTPStatus

import msgspec
import requests
import urllib3

from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.wire.messages import Refusal, decode

TRANSPORT_FAULTS = (requests.RequestException, urllib3.exceptions.HTTPError, OSError)
"""All that an exchange can raise; OSError covers ssl.SSLError and bare socket errors."""

RETRIED_REFUSALS = frozenset({Code.GATEWAY_BUSY, Code.ATTACHMENTS_MISSING, Code.SEAL_BROKEN})
"""Refusals that the program mends by trying again."""

_USER_REFUSALS = frozenset({Code.PASSWORD_WRONG, Code.COMPANY_UNKNOWN, Code.REVISION_STALE, Code.STEP_NOT_ALLOWED})
_BUSY_STATUSES = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
LONGEST_RETRY_AFTER_S = 3600
_PROXY_SAYS_NO = "Tunnel connection failed: 407"
"""http.client has no error of its own for it."""


def unreachable(detail: str, *, is_sent: bool) -> YuyueError:
    """GATEWAY_UNREACHABLE; `is_sent` 0 in its params says for certain that no byte of the request left this machine."""
    return YuyueError(Code.GATEWAY_UNREACHABLE, {"detail": detail, "is_sent": int(is_sent)}, is_retried=True)


def answer_invalid(detail: str) -> YuyueError:
    """GATEWAY_ANSWER_INVALID: somebody answered, but not as the contract says (a proxy's page, a captive portal)."""
    return YuyueError(Code.GATEWAY_ANSWER_INVALID, {"detail": detail}, is_retried=True)


def translate_fault(fault: Exception) -> YuyueError:
    """What a fault of the transport means: GATEWAY_UNTRUSTED, PROXY_SIGN_IN or GATEWAY_UNREACHABLE."""
    causes = tuple(_causes(fault))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return YuyueError(Code.GATEWAY_UNTRUSTED, {"detail": cause.verify_message}, is_retried=True)
        if str(cause).startswith(_PROXY_SAYS_NO):
            return YuyueError(Code.PROXY_SIGN_IN, {"is_sent": 0}, is_retried=True)
    kind = type(causes[-1]).__name__
    return unreachable(kind, is_sent=not any(_is_before_sending(cause) for cause in causes))


def _is_before_sending(cause: BaseException) -> bool:
    """Whether the fault can only arise before the connection stands."""
    return isinstance(
        cause,
        requests.ConnectTimeout
        | requests.exceptions.ProxyError
        | urllib3.exceptions.NewConnectionError
        | urllib3.exceptions.SSLError,
    )


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """The fault and all that it was raised from, outermost first; the libraries nest them in three ways."""
    seen: set[int] = set()
    waiting: list[object] = [fault]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [getattr(cause, "reason", None), *cause.args, cause.__cause__ or cause.__context__]


def refusal_error(status: int, content: bytes, retry_after: str | None) -> YuyueError:
    """What an answer other than 2xx means: the code the gateway names, else GATEWAY_BUSY or GATEWAY_ANSWER_INVALID."""
    try:
        refusal = decode(content, Refusal)
        code = Code(refusal.code)
    except (msgspec.DecodeError, ValueError):
        if status in _BUSY_STATUSES:
            return _busy({"http_status": status}, retry_after)
        return answer_invalid(f"status {status}")
    if code is Code.GATEWAY_BUSY or status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return _busy({**refusal.params, "http_status": status}, retry_after, code)
    blame = Blame.USER if code in _USER_REFUSALS else Blame.ENVIRONMENT
    params = {**refusal.params, "text": refusal.text, "http_status": status}
    is_retried = code in RETRIED_REFUSALS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return YuyueError(code, params, blame, is_retried)


def _busy(params: dict[str, str | int], retry_after: str | None, code: Code = Code.GATEWAY_BUSY) -> YuyueError:
    """A refusal that says when to come again; a named code other than GATEWAY_BUSY stays (SIGN_IN_TOO_OFTEN)."""
    seconds = _seconds(retry_after)
    if seconds is not None:
        params["retry_after_s"] = seconds
    return YuyueError(code, params, is_retried=code is Code.GATEWAY_BUSY)


def _seconds(retry_after: str | None) -> int | None:
    """Retry-After in whole seconds, capped; None where it is absent or a date, which the contract does not use."""
    text = (retry_after or "").strip()
    return min(int(text[:9]), LONGEST_RETRY_AFTER_S) if text.isascii() and text.isdigit() else None

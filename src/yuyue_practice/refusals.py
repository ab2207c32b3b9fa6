"""Turns all that fails into a Refusal in Chinese with its HTTP status; a traceback never leaves the office."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap
from sqlalchemy.exc import DataError

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.texts import words
from yuyue_desktop.wire.messages import Refusal

_log = logging.getLogger(__name__)

STATUSES: dict[Code, HTTPStatus] = {
    Code.CALL_UNUSABLE: HTTPStatus.BAD_REQUEST,
    Code.SEAL_BROKEN: HTTPStatus.BAD_REQUEST,
    Code.SUBMISSION_MALFORMED: HTTPStatus.BAD_REQUEST,
    Code.SIGN_IN_NEEDED: HTTPStatus.UNAUTHORIZED,
    Code.PASSWORD_WRONG: HTTPStatus.UNAUTHORIZED,
    Code.CARD_UNKNOWN: HTTPStatus.FORBIDDEN,
    Code.CARD_NOT_BOUND: HTTPStatus.FORBIDDEN,
    Code.COMPANY_DISHONEST: HTTPStatus.FORBIDDEN,
    Code.COMPANY_MISMATCH: HTTPStatus.FORBIDDEN,
    Code.CERTIFICATE_INVALID: HTTPStatus.FORBIDDEN,
    Code.SIGNATURE_INVALID: HTTPStatus.FORBIDDEN,
    Code.APPLICATION_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.COMPANY_UNKNOWN: HTTPStatus.NOT_FOUND,
    Code.STEP_NOT_ALLOWED: HTTPStatus.CONFLICT,
    Code.REVISION_STALE: HTTPStatus.CONFLICT,
    Code.ATTACHMENTS_MISSING: HTTPStatus.CONFLICT,
    Code.SIGN_IN_TOO_OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
    Code.BUG: HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""Every other code is UNPROCESSABLE_ENTITY."""

_REASONS = {
    HTTPStatus.NOT_FOUND: "网关没有这个地址",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不能这样用",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太大",
}


def refusal(error: YuyueError) -> Response[Refusal]:
    """The answer that says what failed."""
    text = str(words(error.code, error.params))
    status = STATUSES.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    retry_after = error.params.get("retry_after_s")
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Response(Refusal(error.code.value, text, dict(error.params)), status_code=status, headers=headers)


def _on_known(_: Request[Any, Any, Any], error: YuyueError) -> Response[Refusal]:
    return refusal(error)


def _on_http(_: Request[Any, Any, Any], error: HTTPException) -> Response[Refusal]:
    """What the framework refuses: no such path, wrong method, parameters that are none."""
    reason = _REASONS.get(HTTPStatus(error.status_code), "内容或参数不合格式")
    answer = refusal(YuyueError(Code.CALL_UNUSABLE, {"reason": reason}))
    answer.status_code = error.status_code
    answer.headers.update(error.headers or {})
    return answer


def _on_unreadable(_: Request[Any, Any, Any], _error: Exception) -> Response[Refusal]:
    """A body that is no message, or a value that the database can't hold."""
    return refusal(YuyueError(Code.CALL_UNUSABLE, {"reason": "内容或参数不合格式"}))


def _on_bug(_: Request[Any, Any, Any], error: Exception) -> Response[Refusal]:
    _log.error("a call failed", exc_info=error)
    return refusal(YuyueError(Code.BUG))


HANDLERS: ExceptionHandlersMap = {
    YuyueError: _on_known,
    HTTPException: _on_http,
    msgspec.DecodeError: _on_unreadable,
    DataError: _on_unreadable,
    Exception: _on_bug,
}

"""Lets in who has the office's control token, by header or by the officer page's cookie; knows no resource."""

from __future__ import annotations

import secrets
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.office import Office

COOKIE = "yuyue_practice_control"


def has_control(office: Office, token: str) -> bool:
    """Whether a text is the office's control token."""
    return secrets.compare_digest(token.encode(), office.control_token.encode())


def by_token(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Guard: the token in the header. Raises YuyueError(SIGN_IN_NEEDED)."""
    kind, _, token = connection.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not has_control(connection.app.state.office, token):
        raise user_error(Code.SIGN_IN_NEEDED)


def by_cookie(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Guard: the token in the cookie that no other site's page can send. Raises YuyueError(SIGN_IN_NEEDED)."""
    if not has_control(connection.app.state.office, connection.cookies.get(COOKIE, "")):
        raise user_error(Code.SIGN_IN_NEEDED)

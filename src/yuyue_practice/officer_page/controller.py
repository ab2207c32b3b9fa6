"""Serves the officer's desk and takes its answers; the key in the address becomes a cookie of this site only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Request, Response, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from yuyue_desktop.domain.application import Step
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.wire.certificates import CHINA_STANDARD_TIME
from yuyue_practice import refusals
from yuyue_practice.clock import OfficeClock
from yuyue_practice.control.access import COOKIE, by_cookie, has_control
from yuyue_practice.office import Office
from yuyue_practice.officer import OfficerMode, find_by_number
from yuyue_practice.officer_page.card_choice import put_in
from yuyue_practice.officer_page.case_view import Kept
from yuyue_practice.officer_page.page import Told, desk_page, door_page
from yuyue_practice.officer_page.practice_view import REAL_TIME
from yuyue_practice.officer_page.reading import read_desk
from yuyue_practice.records import applications
from yuyue_practice.registry.declarations import fitting_declaration

PATH = "/officer"
# Nothing from elsewhere, in no frame of another page. The referrer policy lets the browser name its origin.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
NO_KEY = "请用练习网关给出的完整地址打开关员台。练习网关重新启动之后，旧的地址不能再用"
FOREIGN = "这个请求不是从关员台发出的，没有办理。请在关员台上操作"

DONE = {
    Step.ACCEPT.value: "已受理，回执已发给申请人",
    Step.APPROVE.value: "已审批通过，回执已发给申请人",
    Step.RETURN.value: "已退单，回执已发给申请人",
    Step.CLOSE_CASE.value: "已结案，回执已发给申请人",
    "clock": "练习时间已拨好",
    "mode": "已换关员",
    "card": "读卡器已换好",
    "declaration": "报关单已登记，申请人现在可以反馈它的号码",
}
"""What is said after something was done; the address carries the key alone."""

Form = dict[str, str]
Act = Callable[[], object]


def from_here(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Guard: for cookies another port of this machine is the same site, so the origin must be the office's own."""
    origin = connection.headers.get("Origin")
    if origin is not None and origin != f"https://{connection.headers.get('Host', '')}":
        raise PermissionDeniedException


def _on_refused(request: Request[Any, Any, Any], error: YuyueError) -> Response[Any]:
    """A person is shown a page, a program is told as everywhere."""
    if "text/html" not in request.headers.get("Accept", ""):
        return refusals.refusal(error)
    return _html(door_page(NO_KEY if error.code is Code.SIGN_IN_NEEDED else _words(error)), _status(error))


def _on_foreign(_: Request[Any, Any, Any], error: PermissionDeniedException) -> Response[str]:
    return _html(door_page(FOREIGN), error.status_code)


class OfficerPageController(Controller):
    """The officer's desk."""

    path = PATH
    include_in_schema = False
    exception_handlers = {YuyueError: _on_refused, PermissionDeniedException: _on_foreign}  # noqa: RUF012

    @get("/", sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        office: NamedDependency[Office],
        key: FromQuery[str] = "",
        number: FromQuery[str] = "",
        done: FromQuery[str] = "",
    ) -> Response[str]:
        """The desk; an address with the key is answered with a cookie and the address without it."""
        if key and has_control(office, key):
            cookie = Cookie(key=COOKIE, value=key, path=PATH, httponly=True, secure=True, samesite="strict")
            return Redirect(PATH, cookies=[cookie], headers=HEADERS)
        if key or not has_control(office, request.cookies.get(COOKIE, "")):
            return _html(door_page(NO_KEY), HTTPStatus.UNAUTHORIZED)
        return _html(desk_page(read_desk(office, number), Told(DONE.get(done, ""))))

    @get("/style.css", sync_to_thread=False)
    def style(self) -> Response[str]:
        """How the page looks."""
        return _file("style.css", "text/css")

    @get("/desk.js", sync_to_thread=False)
    def script(self) -> Response[str]:
        """The page's keys, and its keeping fresh."""
        return _file("desk.js", "text/javascript")

    @post("/answers", guards=[by_cookie, from_here], sync_to_thread=True)
    def answer(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Response[str]:
        """The officer answers an application."""
        return _answered(office, data, lambda: _answer(office, data), data.get("step", ""))

    @post("/clock", guards=[by_cookie, from_here], sync_to_thread=True)
    def move_clock(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Response[str]:
        """The clock is set, or moved forwards."""
        return _answered(office, data, lambda: office.clock.move_to(_moment(data, office.clock)), "clock")

    @post("/mode", guards=[by_cookie, from_here], sync_to_thread=True)
    def change_mode(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Response[str]:
        """The officer works by itself, or by hand."""
        return _answered(office, data, lambda: office.set_officer(_mode(data)), "mode")

    @post("/card", guards=[by_cookie, from_here], sync_to_thread=True)
    def change_card(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Response[str]:
        """A card goes into the reader, or with an empty number out of it."""
        return _answered(office, data, lambda: put_in(office, data.get("card", "")), "card")

    @post("/declarations", guards=[by_cookie, from_here], sync_to_thread=True)
    def add_declaration(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Response[str]:
        """A declaration that fits the open application is put on customs' register."""
        return _answered(office, data, lambda: _add_fitting(office, data.get("number", "")), "declaration")


def _html(page: str, status: int = HTTPStatus.OK) -> Response[str]:
    return Response(page, status_code=status, media_type=MediaType.HTML, headers=HEADERS)


def _file(name: str, media_type: str) -> Response[str]:
    content = (files("yuyue_practice") / "officer_page" / name).read_text(encoding="utf-8")
    return Response(content, media_type=media_type, headers=HEADERS)


def _answered(office: Office, form: Form, act: Act, done: str) -> Response[str]:
    """Do it, then show the desk again; what was refused is said there, with all that was typed."""
    number = form.get("number", "")
    try:
        act()
    except YuyueError as error:
        told = Told(_words(error), is_refusal=True, kept=_kept(form))
        return _html(desk_page(read_desk(office, number), told), _status(error))
    query = urlencode({"number": number, "done": done})
    return Redirect(f"{PATH}?{query}", status_code=303, headers=HEADERS)


def _status(error: YuyueError) -> int:
    return refusals.STATUSES.get(error.code, HTTPStatus.UNPROCESSABLE_ENTITY)


def _words(error: YuyueError) -> str:
    """What the error says to a person at the desk, who used no command."""
    return str(error.params["reason"] if error.code is Code.CALL_UNUSABLE else error_words(error))


def _kept(form: Form) -> Kept | None:
    """What was typed into an answer; the other forms hold nothing that the desk does not know."""
    return Kept(form["step"], form.get("text", ""), form.get("reason", "")) if "step" in form else None


def _answer(office: Office, form: Form) -> None:
    step = _step(form)
    office.officer.answer(form.get("number", ""), step, form.get("reason" if step is Step.RETURN else "text", ""))


def _step(form: Form) -> Step:
    try:
        return Step(form.get("step", ""))
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason="没有这个按钮") from error


def _moment(form: Form, clock: OfficeClock) -> datetime:
    try:
        if "forward_s" in form:
            return clock.now() + timedelta(seconds=int(form["forward_s"]))
        if form.get("now") == REAL_TIME:
            return datetime.now(CHINA_STANDARD_TIME).replace(tzinfo=None)
        return datetime.fromisoformat(form.get("now", "")).replace(tzinfo=None)
    except (OverflowError, ValueError) as error:
        raise user_error(Code.CALL_UNUSABLE, reason="看不懂这个时间，请重新选日期和时刻") from error


def _mode(form: Form) -> OfficerMode:
    try:
        return OfficerMode(form.get("mode", ""))
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason="关员只能自动或人工") from error


def _add_fitting(office: Office, number: str) -> None:
    with office.database.writing() as session:
        row = find_by_number(session, number)
        fitting_declaration(session, applications.content(row), row.declared_at or row.saved_at)

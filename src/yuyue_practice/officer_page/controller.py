"""Serves the officer's desk and takes its answers; the key in the address becomes a cookie of this site only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Step
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.texts import error_words
from yuyue_practice.control.access import COOKIE, by_cookie, has_control
from yuyue_practice.models import ApplicationRow
from yuyue_practice.office import Office
from yuyue_practice.officer import OfficerMode, desk
from yuyue_practice.officer_page.page import Case, desk_page, door_page
from yuyue_practice.records import applications
from yuyue_practice.records.receipts import receipts_of
from yuyue_practice.registry.ports import port_name

PATH = "/officer"
# No script, nothing from elsewhere, in no frame of another page.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}

Form = dict[str, str]


class OfficerPageController(Controller):
    """The officer's desk."""

    path = PATH
    include_in_schema = False

    @get("/", sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        office: NamedDependency[Office],
        key: FromQuery[str] = "",
        message: FromQuery[str] = "",
    ) -> Response[str]:
        """The desk; an address with the key is answered with a cookie and the address without it."""
        if key and has_control(office, key):
            cookie = Cookie(key=COOKIE, value=key, path=PATH, httponly=True, secure=True, samesite="strict")
            return Redirect(PATH, cookies=[cookie], headers=HEADERS)
        if not has_control(office, request.cookies.get(COOKIE, "")):
            text = "请用练习网关给出的完整地址打开关员台"
            return Response(door_page(text), status_code=401, media_type=MediaType.HTML, headers=HEADERS)
        return Response(_desk(office, message), media_type=MediaType.HTML, headers=HEADERS)

    @post("/answers", guards=[by_cookie], sync_to_thread=True)
    def answer(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Redirect:
        """The officer answers an application."""
        return _back(lambda: office.officer.answer(data.get("number", ""), _step(data), data.get("text", "")))

    @post("/clock", guards=[by_cookie], sync_to_thread=True)
    def move_clock(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Redirect:
        """The clock is set."""
        return _back(lambda: office.clock.move_to(_moment(data)))

    @post("/mode", guards=[by_cookie], sync_to_thread=True)
    def change_mode(self, office: NamedDependency[Office], data: URLEncodedBody[Form]) -> Redirect:
        """The officer works by itself, or by hand."""
        return _back(lambda: office.set_officer(_mode(data)))


def _back(act: Any) -> Redirect:
    """Do it, then show the desk again; what was refused is said there."""
    try:
        act()
    except YuyueError as error:
        return Redirect(f"{PATH}?message={quote(str(error_words(error)))}", status_code=303, headers=HEADERS)
    return Redirect(PATH, status_code=303, headers=HEADERS)


def _desk(office: Office, message: str) -> str:
    office.settle()
    with office.database.reading() as session:
        cases = [_case(session, row) for row in desk(session)]
    return desk_page(cases, office.clock.now(), office.officer.mode, message)


def _case(session: Session, row: ApplicationRow) -> Case:
    record = applications.record(session, row)
    codes = (record.application.declaration_port, record.application.entry_exit_port)
    declaration_port, entry_exit_port = (f"{code} {port_name(session, code)}" for code in codes)
    return Case(record, declaration_port, entry_exit_port, row.explanation or "", receipts_of(session, row.id))


def _step(form: Form) -> Step:
    try:
        return Step(form.get("step", ""))
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason="没有这个按钮") from error


def _moment(form: Form) -> datetime:
    try:
        return datetime.fromisoformat(form.get("now", "")).replace(tzinfo=None)
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason="看不懂这个时间") from error


def _mode(form: Form) -> OfficerMode:
    try:
        return OfficerMode(form.get("mode", ""))
    except ValueError as error:
        raise user_error(Code.CALL_UNUSABLE, reason="关员只能自动或人工") from error

"""/practice: status, clock, officer and the end of practice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from litestar import Controller, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.wire.messages import Now, ReceiptBody, receipt_body
from yuyue_practice.control.access import by_token
from yuyue_practice.control.messages import ClockChange, OfficerAnswer, OfficerChange, OfficeStatus
from yuyue_practice.document import REFUSALS
from yuyue_practice.office import Office
from yuyue_practice.officer import desk

Stop = Callable[[], None]


class DeskController(Controller):
    """The practice world as a whole."""

    path = "/practice"
    tags = ("practice",)
    guards = (by_token,)

    @get("/status", sync_to_thread=True, responses=REFUSALS)
    def status(self, office: NamedDependency[Office]) -> OfficeStatus:
        """The practice world now."""
        office.settle()
        with office.database.reading() as session:
            waiting = len(desk(session))
        cards = [card.number for card in office.cards.cards()]
        return OfficeStatus(
            office.address, office.clock.now(), office.officer.mode, waiting, cards, office.reader.card_number()
        )

    @put("/clock", sync_to_thread=True, responses=REFUSALS)
    def move_clock(self, office: NamedDependency[Office], data: JSONBody[ClockChange]) -> Now:
        """Set or move the office's clock."""
        if (data.now is None) == (data.forward_s is None):
            raise user_error(Code.CALL_UNUSABLE, reason="now 和 forward_s 填一个")
        try:
            moment = data.now or office.clock.now() + timedelta(seconds=data.forward_s or 0.0)
        except (OverflowError, ValueError) as error:
            raise user_error(Code.CALL_UNUSABLE, reason="forward_s 太大") from error
        return Now(office.clock.move_to(moment))

    @put("/officer", sync_to_thread=True, responses=REFUSALS)
    def change_officer(self, office: NamedDependency[Office], data: JSONBody[OfficerChange]) -> OfficerChange:
        """Let the officer work by itself or by hand."""
        office.set_officer(data.mode)
        return OfficerChange(office.officer.mode)

    @post("/answers", status_code=200, sync_to_thread=True, responses=REFUSALS)
    def answer(self, office: NamedDependency[Office], data: JSONBody[OfficerAnswer]) -> ReceiptBody:
        """Answer an application as its officer."""
        return receipt_body(office.officer.answer(data.number, data.step, data.text))

    @post("/stop", status_code=202, sync_to_thread=False, responses=REFUSALS)
    def stop(self, stop: NamedDependency[SkipValidation[Stop | None]]) -> None:
        """End practice."""
        if stop is None:
            raise user_error(Code.CALL_UNUSABLE, reason="这个练习网关由打开它的窗口关闭")
        stop()

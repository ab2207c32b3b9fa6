"""What the way to the card is found to be like, part by part, each with what to do (B12); knows no screen.

Window and command line show these findings as they are. A part whose failure explains all that follows is the one that
is told to fail: what lies behind it is not known.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PureWindowsPath

from yuyue_desktop.domain.card import CardHolder, PinState, ReaderSurvey, ServiceState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.ports import Clock, ReaderService
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.services.card_way import WayInUse
from yuyue_desktop.services.certificate_days import LAST, certificate_advice, certificate_warning, days_left


class CardPart(StrEnum):
    """What is tested, in the order in which one stands on the other."""

    SERVICE = "reader_service"
    READER = "reader"
    MODULE = "module"
    CONTROL = "control"
    CARD = "card"
    CERTIFICATE = "certificate"


class Standing(StrEnum):
    """How a part stands; UNKNOWN where something before it must be mended first."""

    FINE = "fine"
    WARNING = "warning"
    FAILED = "failed"
    UNKNOWN = "unknown"


PART_TITLES = {
    CardPart.SERVICE: "读卡器服务",
    CardPart.READER: "读卡器",
    CardPart.MODULE: "卡的驱动",
    CardPart.CONTROL: "客户端控件",
    CardPart.CARD: "卡",
    CardPart.CERTIFICATE: "证书",
}

_OF_MODULE = frozenset(
    {Code.CARD_DRIVER_MISSING, Code.CARD_DRIVER_UNFIT, Code.CARD_DRIVER_INCOMPLETE, Code.CARD_DRIVER_FAILED}
)
_OF_CONTROL = frozenset({Code.CARD_CONTROL_MISSING, Code.CARD_CONTROL_SILENT, Code.CARD_CONTROL_GARBLED})
_OF_READER = frozenset({Code.CARD_RESET_FAILED, Code.CARD_READER_FAILED})
_OF_SERVICE = {
    ServiceState.AWAY: Code.READER_SERVICE_AWAY,
    ServiceState.SILENT: Code.READER_SERVICE_SILENT,
}
_PRACTICE_READER = "练习读卡器，不用系统的读卡器服务"
_NEXT = "先处理上面的问题，再重新检查"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: how it stands, what was found and what to do, and the code of what is wrong with it."""

    part: CardPart
    standing: Standing
    said: str
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """All that was seen; `card` is what reading it came to."""

    way: WayInUse
    survey: ReaderSurvey
    card: CardOnShow | YuyueError
    today: date
    is_practice_reader: bool = False

    @property
    def error(self) -> YuyueError | None:
        """Why no card was read, None where one was, whatever is in its certificate."""
        if isinstance(self.card, CardOnShow) or self.card.code is Code.CARD_CERTIFICATE_UNKNOWN:
            return None
        return self.card


class CardCheck:
    """Looks at everything between this program and the card.

    Args:
        way: how the card is reached now.
        is_practice_reader: the reader is one to practise with and needs no service.
    """

    def __init__(
        self,
        *,
        card: CardSession,
        readers: ReaderService,
        way: Callable[[], WayInUse],
        clock: Clock,
        workers: Executor,
        is_practice_reader: bool = False,
    ) -> None:
        self._card = card
        self._readers = readers
        self._way = way
        self._clock = clock
        self._workers = workers
        self._is_practice_reader = is_practice_reader

    def findings(self) -> Future[tuple[Finding, ...]]:
        """Each part's finding; presence and dates only, no PIN is shown to any card."""
        looked = self._card.look()  # before the worker that waits for it
        return self._workers.submit(self._look, looked)

    def _look(self, looked: Future[CardOnShow]) -> tuple[Finding, ...]:
        survey = self._readers.survey()
        try:
            card: CardOnShow | YuyueError = looked.result()
        except YuyueError as error:
            card = error
        today = self._clock.now().date()
        return findings(Sight(self._way(), survey, card, today, self._is_practice_reader))


def findings(sight: Sight) -> tuple[Finding, ...]:
    """What each part of the way in use is found to be like."""
    by = _control(sight) if sight.way.is_by_control else _module(sight)
    before = (_service(sight), _reader(sight), by)
    is_blocked = any(found.standing is Standing.FAILED for found in before)
    return (*before, _card(sight, is_blocked=is_blocked), _certificate(sight))


def way_words(way: WayInUse) -> str:
    """The way to the card in a few words."""
    if way.is_by_control:
        return "客户端控件"
    return f"驱动 {PureWindowsPath(way.driver).name}" if way.driver else "没有装驱动"


def certificate_finding(holder: CardHolder, today: date) -> Finding:
    """How long the card's certificate holds."""
    if date.fromisoformat(holder.valid_from) > today:
        return _failed(CardPart.CERTIFICATE, YuyueError(Code.CERTIFICATE_INVALID, {"reason": "not_yet_valid"}))
    days = days_left(holder.valid_to, today)
    warning = certificate_warning(holder, today)
    if not warning:
        return _fine(CardPart.CERTIFICATE, f"证书有效，还有 {days} 天到期")
    standing = Standing.FAILED if days <= LAST else Standing.WARNING
    said = f"{warning}（{holder.valid_to}）。{certificate_advice(days)}"
    return Finding(CardPart.CERTIFICATE, standing, said, Code.CERTIFICATE_INVALID if days < 0 else None)


def _service(sight: Sight) -> Finding:
    part, service = CardPart.SERVICE, sight.survey.service
    if sight.is_practice_reader:
        return _fine(part, _PRACTICE_READER)
    if service is ServiceState.RUNNING:
        return _fine(part, "正在运行")
    if sight.error is None:
        return _fine(part, "没有用到：这张卡不经过它")
    if service is ServiceState.NOT_ASKED or sight.way.is_by_control:
        return _unknown(part, "没有检查：读卡器由卡的驱动或控件来管")
    return _failed(part, YuyueError(_OF_SERVICE[service]))


def _reader(sight: Sight) -> Finding:
    part, error = CardPart.READER, sight.error
    names = sight.survey.readers
    if error is not None and error.code in _OF_READER:
        return _failed(part, error)
    if sight.is_practice_reader:
        return _fine(part, _PRACTICE_READER)
    if names:
        return _fine(part, f"接着 {len(names)} 个：{'、'.join(names)}")
    if error is None:
        return _fine(part, "卡自己带读卡器")
    if sight.survey.service is ServiceState.RUNNING and not sight.way.is_by_control:
        return _failed(part, YuyueError(Code.READER_MISSING))
    return _unknown(part, "读卡器服务运行后才能检查")


def _module(sight: Sight) -> Finding:
    part, error = CardPart.MODULE, sight.error
    if error is not None and error.code in _OF_MODULE:
        is_service_away = sight.survey.service in _OF_SERVICE and not sight.is_practice_reader
        if is_service_away and error.code is Code.CARD_DRIVER_FAILED:
            return _unknown(part, _NEXT)  # a driver without the service it stands on tells nothing of itself
        return _failed(part, error)
    return _fine(part, way_words(sight.way))


def _control(sight: Sight) -> Finding:
    if sight.error is not None and sight.error.code in _OF_CONTROL:
        return _failed(CardPart.CONTROL, sight.error)
    return _fine(CardPart.CONTROL, "正在运行，有应答")


def _card(sight: Sight, *, is_blocked: bool) -> Finding:
    part, error = CardPart.CARD, sight.error
    if error is not None and is_blocked:
        return _unknown(part, _NEXT)
    if error is not None:
        is_unknown = error.code is Code.CARD_ABSENT and sight.survey.with_card and not sight.is_practice_reader
        return _failed(part, YuyueError(Code.CARD_UNKNOWN_TO_DRIVER) if is_unknown else error)
    state = sight.card.facts.pin_state if isinstance(sight.card, CardOnShow) else PinState.FINE
    if state is PinState.LOCKED:
        return _failed(part, YuyueError(Code.PIN_LOCKED))
    if state is PinState.LAST_TRY:
        return Finding(part, Standing.WARNING, "插着 1 张卡，密码只剩最后 1 次。不确定密码就先不要输入")
    return _fine(part, "插着 1 张卡，读得出")


def _certificate(sight: Sight) -> Finding:
    if isinstance(sight.card, CardOnShow):
        return certificate_finding(sight.card.holder, sight.today)
    if sight.error is None:
        return _failed(CardPart.CERTIFICATE, sight.card)
    return _unknown(CardPart.CERTIFICATE, "读到卡后才能检查")


def _fine(part: CardPart, said: str) -> Finding:
    return Finding(part, Standing.FINE, said)


def _unknown(part: CardPart, said: str) -> Finding:
    return Finding(part, Standing.UNKNOWN, said)


def _failed(part: CardPart, error: YuyueError) -> Finding:
    return Finding(part, Standing.FAILED, str(error_words(error)), error.code)

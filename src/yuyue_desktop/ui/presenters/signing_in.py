"""The sign-in page at work: shows the card and what the machine is ready for, and signs in (S0-S3, B1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.texts import error_words, words
from yuyue_desktop.services.card_findings import CardPart, Finding, Standing
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.services.card_way import CardWay
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import GatewayReadiness, Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.pages.contents import CardInReader, PinTries, ReadinessLine
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.presenters import readiness_lines as lines
from yuyue_desktop.ui.presenters.readiness_lines import Part
from yuyue_desktop.ui.presenters.settings import Appearance, open_settings
from yuyue_desktop.ui.presenters.signing import PIN_ERRORS, tries_left
from yuyue_desktop.ui.presenters.surface import Surface

OFFLINE_ADVICE = "离线可录入、暂存、查码；提交先进发件箱，联网后自动发出。"


class SignInPresenter(QObject):
    """`signed_in` carries the Session."""

    signed_in = Signal(object)

    def __init__(
        self,
        surface: Surface,
        page: SignInPage,
        *,
        signing_in: SigningIn,
        card: CardSession,
        readiness: Readiness,
        diagnostics: Diagnostics,
        appearance: Appearance,
        version: str,
        card_way: CardWay | None = None,
        connecting: Connecting | None = None,
        practice_pin: str = "",
    ) -> None:
        super().__init__(page)
        self._surface = surface
        self._page = page
        self._signing_in = signing_in
        self._card = card
        self._readiness = readiness
        self._diagnostics = diagnostics
        self._card_way = card_way
        self._practice_pin = practice_pin
        self._on_show: CardOnShow | None = None
        self._lines: dict[str, ReadinessLine] = {}
        page.card_sign_in.connect(self._sign_in_with_card)
        page.account_sign_in.connect(self._sign_in_with_password)
        page.recheck_asked.connect(self.check)
        page.help_asked.connect(self._help)
        page.practice.hide()
        page.settings_asked.connect(lambda: open_settings(surface, appearance, card_way, connecting=connecting))
        page.show_version(f"版本 {version}")
        self.check()

    def check(self) -> None:
        """Look at the card and ask the gateway."""
        self._say(lines.checking(Part.READER))
        self._say(lines.checking(Part.GATEWAY))
        self._look()
        self._surface.bridge.when_done(self._readiness.gateway(), self._show_gateway, self._show_no_gateway)

    def take(self, event: Event) -> None:
        """A card was put in or pulled."""
        if isinstance(event, CardChanged) and event.state in (CardState.PRESENT, CardState.ABSENT):
            self._look()

    # the card

    def _look(self) -> None:
        self._surface.bridge.when_done(self._card.look(), self._show_card, self._show_no_card)

    def _show_card(self, on_show: CardOnShow) -> None:
        self._on_show = on_show
        holder, facts = on_show.holder, on_show.facts
        shown = CardInReader(holder.company_name, holder.card_number, holder.valid_to, holder=holder.holder)
        self._page.show_card(
            shown, PinTries(tries_left(on_show)), self._pin_note(),
            least=facts.least_pin_length, most=facts.most_pin_length,
        )  # fmt: skip
        way = self._card_way.in_use if self._card_way else None
        today = self._surface.clock.now().date()
        self._say_of_card(lines.reader_line(way), lines.certificate_line(holder, today))
        self._say_offline(holder.card_number)

    def _pin_note(self) -> str:
        if self._practice_pin:
            return f"练习卡的密码是 {self._practice_pin}。真卡的密码只有您知道，程序不保存。"
        return "密码只交给卡核对，程序不保存。"

    def _show_no_card(self, error: YuyueError) -> None:
        self._on_show = None
        said = error_words(error)
        self._page.show_no_card(said.title, said.advice)
        self._say_of_card(lines.failed(Part.READER, error))
        self._page.show_offline_note("", "")
        self._surface.bridge.when_done(self._diagnostics.card(), self._show_why, lambda _error: None, whose=self)

    def _show_why(self, found: Sequence[Finding]) -> None:
        """What it is that no card could be read for, unless one was read meanwhile."""
        failed = [finding for finding in found if finding.standing is Standing.FAILED]
        if self._on_show is None and failed:
            self._say_of_card(*(lines.finding_line(finding) for finding in failed))
            said = words(failed[0].code) if failed[0].code else None
            if said is not None and failed[0].part is not CardPart.CARD:
                self._page.show_no_card(said.title, said.advice)

    def _say_of_card(self, *found: ReadinessLine) -> None:
        self._lines = {key: line for key, line in self._lines.items() if key not in lines.PARTS_OF_CARD}
        self._say(*found)

    def _say_offline(self, card_number: str) -> None:
        since = self._signing_in.known_offline_since(card_number)
        if since is None:
            self._page.show_offline_note("", "")
            return
        known = f"这张卡 {_day(since)} 在本机联网登录过，30 天内可离线登录。"
        self._page.show_offline_note("没有网络，也能用卡登录", known + OFFLINE_ADVICE)

    # the gateway

    def _show_gateway(self, found: GatewayReadiness) -> None:
        self._say(lines.gateway_line(found))
        now, is_practice = self._surface.clock.now(), self._surface.is_practice
        self._say(lines.clock_line(found, now, is_practice=is_practice))

    def _show_no_gateway(self, error: YuyueError) -> None:
        self._say(lines.no_gateway_line(error))

    def _say(self, *found: ReadinessLine) -> None:
        self._lines |= {line.key: line for line in found}
        self._page.show_readiness([self._lines[part] for part in Part if part in self._lines])

    # signing in

    def _sign_in_with_card(self, pin: str) -> None:
        self._page.show_busy("正在登录…")
        self._surface.bridge.when_done(self._signing_in.with_card(pin, self._on_show), self._done, self._refused)

    def _sign_in_with_password(self, user: str, password: str) -> None:
        self._page.show_busy("正在登录…")
        self._surface.bridge.when_done(self._signing_in.with_password(user, password), self._done, self._refused)

    def _done(self, session: Session) -> None:
        self.signed_in.emit(session)

    def _refused(self, error: YuyueError) -> None:
        is_locked = error.code is Code.PIN_LOCKED
        left = 0 if is_locked else int(error.params.get("tries_left", -1))
        is_about_pin = error.code in PIN_ERRORS or is_locked
        tries = PinTries(left if left >= 0 else None) if is_about_pin else None
        self._page.say_wrong(str(error_words(error)), tries)

    def _help(self) -> None:
        KeyHelp(self._surface.look, self._surface.window).open()


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"

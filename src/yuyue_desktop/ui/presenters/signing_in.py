"""The sign-in page at work: shows the card and what the machine is ready for, and signs in (S0-S3, B1)."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.session import Session
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.services.readiness import GatewayReadiness, Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.pages.contents import CardInReader, PinTries, ReadinessLine
from yuyue_desktop.ui.pages.contents import Readiness as Standing
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.presenters.signing import PIN_ERRORS, tries_left
from yuyue_desktop.ui.presenters.surface import Surface

EXPIRY_WARNING_DAYS = 90
CLOCK_TOLERANCE_S = 60.0
OFFLINE_ADVICE = "离线可录入、暂存、查码；提交先进发件箱，联网后自动发出。"
CARD, CERTIFICATE, GATEWAY, CLOCK = "reader", "certificate", "gateway", "clock"


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
        version: str,
        practice_pin: str = "",
    ) -> None:
        super().__init__(page)
        self._surface = surface
        self._page = page
        self._signing_in = signing_in
        self._card = card
        self._readiness = readiness
        self._practice_pin = practice_pin
        self._on_show: CardOnShow | None = None
        self._lines: dict[str, ReadinessLine] = {}
        page.card_sign_in.connect(self._sign_in_with_card)
        page.account_sign_in.connect(self._sign_in_with_password)
        page.recheck_asked.connect(self.check)
        page.help_asked.connect(self._help)
        page.practice.hide()
        page.settings.hide()
        page.show_version(f"版本 {version}")
        self.check()

    def check(self) -> None:
        """Look at the card and ask the gateway."""
        self._say(CARD, "读卡器", "正在检查…", Standing.CHECKING)
        self._say(GATEWAY, "海关网关", "正在连接…", Standing.CHECKING)
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
        shown = CardInReader(holder.company_name, holder.card_number, holder.valid_to)
        self._page.show_card(
            shown, PinTries(tries_left(on_show)), self._pin_note(),
            least=facts.least_pin_length, most=facts.most_pin_length,
        )  # fmt: skip
        self._say(CARD, "读卡器", "已连接 · 插着 1 张卡", Standing.FINE)
        self._say_certificate(date.fromisoformat(holder.valid_to))
        self._say_offline(holder.card_number)

    def _pin_note(self) -> str:
        if self._practice_pin:
            return f"练习卡的密码是 {self._practice_pin}。真卡的密码只有您知道，程序不保存。"
        return "密码只交给卡核对，程序不保存。"

    def _show_no_card(self, error: YuyueError) -> None:
        self._on_show = None
        said = error_words(error)
        self._page.show_no_card(said.title, said.advice)
        self._say(CARD, "读卡器", str(said), Standing.FAILED)
        self._lines.pop(CERTIFICATE, None)
        self._page.show_offline_note("", "")

    def _say_certificate(self, valid_to: date) -> None:
        days = (valid_to - self._surface.clock.now().date()).days
        if days < 0:
            self._say(CERTIFICATE, "卡与证书", f"证书 {valid_to} 已到期，请到电子口岸更新", Standing.FAILED)
        elif days <= EXPIRY_WARNING_DAYS:
            self._say(CERTIFICATE, "卡与证书", f"证书还有 {days} 天到期，请及时更新", Standing.WARNING)
        else:
            self._say(CERTIFICATE, "卡与证书", f"证书有效，还有 {days} 天到期", Standing.FINE)

    def _say_offline(self, card_number: str) -> None:
        since = self._signing_in.known_offline_since(card_number)
        if since is None:
            self._page.show_offline_note("", "")
            return
        known = f"这张卡 {_day(since)} 在本机联网登录过，30 天内可离线登录。"
        self._page.show_offline_note("没有网络，也能用卡登录", known + OFFLINE_ADVICE)

    # the gateway

    def _show_gateway(self, found: GatewayReadiness) -> None:
        self._say(GATEWAY, "海关网关", f"已连接 · 往返 {found.round_trip_ms} 毫秒", Standing.FINE)
        if self._surface.is_practice:
            now = self._surface.clock.now()
            self._say(CLOCK, "时间", f"练习时间 {now:%Y-%m-%d %H:%M}，与本机时间无关", Standing.FINE)
        elif abs(found.offset_s) > CLOCK_TOLERANCE_S:
            self._say(CLOCK, "时间", f"本机时间差 {abs(found.offset_s):.0f} 秒，按网关时间计", Standing.WARNING)
        else:
            self._say(CLOCK, "时间", "与网关一致，按网关时间计", Standing.FINE)

    def _show_no_gateway(self, error: YuyueError) -> None:
        self._say(GATEWAY, "海关网关", str(error_words(error)), Standing.WARNING)

    def _say(self, key: str, title: str, detail: str, standing: Standing) -> None:
        self._lines[key] = ReadinessLine(key, title, detail, standing)
        ordered = [self._lines[name] for name in (CARD, CERTIFICATE, GATEWAY, CLOCK) if name in self._lines]
        self._page.show_readiness(ordered)

    # signing in

    def _sign_in_with_card(self, pin: str) -> None:
        self._page.show_busy("正在登录…")
        self._surface.bridge.when_done(self._signing_in.with_card(pin), self._done, self._refused)

    def _sign_in_with_password(self, user: str, password: str) -> None:
        self._page.show_busy("正在登录…")
        self._surface.bridge.when_done(self._signing_in.with_password(user, password), self._done, self._refused)

    def _done(self, session: Session) -> None:
        self.signed_in.emit(session)

    def _refused(self, error: YuyueError) -> None:
        left = int(error.params.get("tries_left", -1))
        is_about_pin = error.code in PIN_ERRORS or error.code is Code.PIN_LOCKED
        tries = PinTries(left if left >= 0 else None) if is_about_pin else None
        self._page.say_wrong(str(error_words(error)), tries)

    def _help(self) -> None:
        KeyHelp(self._surface.look, self._surface.window).open()


def _day(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日"

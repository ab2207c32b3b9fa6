"""Takes an act through the card: asks for the PIN when the card wants it, tries the act again, tells what failed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from yuyue_desktop.domain.card import PinState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.ui.dialogs.facts_box import Facts
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog, PinRequest
from yuyue_desktop.ui.presenters.surface import Surface

Act = Callable[[], Future[OutboxItem]]

PIN_ERRORS = frozenset({Code.PIN_WRONG, Code.PIN_LENGTH, Code.PIN_FAILED_BEFORE})
"""What the PIN dialog says itself, staying open for another try."""


def tries_left(on_show: CardOnShow) -> int | None:
    """Tries left of a card's PIN as far as it tells: the last one and none are always known (B15)."""
    by_state = {PinState.LAST_TRY: 1, PinState.LOCKED: 0}
    return by_state.get(on_show.facts.pin_state, on_show.facts.tries_left)


class SigningFlow(QObject):
    """One act at a time: `run` is refused while another one is with the card, which `busy_changed` tells.

    Where another card is in than the one that is to sign, no PIN is asked for.
    """

    busy_changed = Signal(bool)

    def __init__(self, surface: Surface, declaring: Declaring, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._declaring = declaring
        self._dialog: PinDialog | None = None
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether an act is with the card."""
        return self._is_busy

    def run(self, act: Act, facts: Facts, ended: Callable[[], object], whose: QObject) -> None:
        """Try an act; `ended` is called once nothing is under way, unless `whose` is gone by then."""
        if self._is_busy:
            return
        self._set_busy(is_busy=True)

        def finish() -> None:
            self._set_busy(is_busy=False)
            self._close_dialog()
            if isValid(whose):
                ended()

        def failed(error: YuyueError) -> None:
            if error.code is Code.CARD_NOT_LOGGED_IN:
                self._ask_pin(facts, attempt, finish)
                return
            finish()
            self._surface.tell(error)

        def attempt() -> None:
            try:
                future = act()
            except YuyueError as error:
                failed(error)
                return
            self._surface.bridge.when_done(future, lambda _item: finish(), failed, whose=self)

        attempt()

    def card_gone(self) -> None:
        """The card was pulled: a PIN that is being asked for is for nothing (S4).

        It is said in a dialog: signs of a PIN that are typed on go nowhere, least of all into the form behind.
        """
        dialog = self._dialog
        if dialog is None:
            return
        is_asking = dialog.entry.is_open
        dialog.escape()
        if is_asking:
            self._surface.tell(YuyueError(Code.CARD_CHANGED))

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def _ask_pin(self, facts: Facts, attempt: Callable[[], None], cancelled: Callable[[], None]) -> None:
        def look_failed(error: YuyueError) -> None:
            cancelled()
            self._surface.tell(error)

        def looked(on_show: CardOnShow) -> None:
            dialog = self._new_dialog(facts, on_show)
            dialog.cancelled.connect(cancelled)
            dialog.pin_entered.connect(lambda pin: self._unlock(dialog, pin, on_show, attempt, look_failed))
            dialog.open()
            self._dialog = dialog

        self._surface.bridge.when_done(self._declaring.look_at_card(), looked, look_failed, whose=self)

    def _new_dialog(self, facts: Facts, on_show: CardOnShow) -> PinDialog:
        request = PinRequest(
            (*facts, ("用哪张卡", f"卡号 {on_show.holder.card_number}")),
            least_length=on_show.facts.least_pin_length,
            most_length=on_show.facts.most_pin_length,
        )
        surface = self._surface
        dialog = PinDialog(surface.look, surface.window, request, is_practice=surface.is_practice)
        dialog.show_tries(tries_left(on_show))
        return dialog

    def _unlock(
        self,
        dialog: PinDialog,
        pin: str,
        shown: CardOnShow,
        attempt: Callable[[], None],
        failed: Callable[[YuyueError], None],
    ) -> None:
        def refused(error: YuyueError) -> None:
            if error.code not in PIN_ERRORS:
                failed(error)
                return
            left = int(error.params.get("tries_left", -1))
            dialog.say_wrong(str(error_words(error)), left if left >= 0 else None)

        unlocking = self._declaring.unlock(pin, shown)
        self._surface.bridge.when_done(unlocking, lambda _card: attempt(), refused, whose=self)

    def _close_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.dismiss()

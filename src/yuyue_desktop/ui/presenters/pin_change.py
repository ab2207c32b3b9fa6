"""更改卡密码 at work: reads the card, asks for both PINs, has the card take the new one (B15); keeps no PIN.

Pulling the card ends it.
"""

from __future__ import annotations

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_session import CardOnShow, CardSession
from yuyue_desktop.ui.dialogs.pin_change_dialog import PinChangeDialog
from yuyue_desktop.ui.presenters.signing import PIN_ERRORS, tries_left
from yuyue_desktop.ui.presenters.surface import Surface


def change_pin(surface: Surface, card: CardSession) -> None:
    """Begin; what stands in the way is told in a dialog."""
    surface.bridge.when_done(
        card.look(), lambda on_show: _ask(surface, card, on_show), surface.tell, whose=surface.window
    )


def _ask(surface: Surface, card: CardSession, on_show: CardOnShow) -> PinChangeDialog:
    facts = on_show.facts
    dialog = PinChangeDialog(
        surface.look,
        surface.window,
        (("哪张卡", f"卡号 {on_show.holder.card_number}"), ("持卡人", on_show.holder.holder)),
        least=facts.least_pin_length,
        most=facts.most_pin_length,
        is_practice=surface.is_practice,
    )

    def refused(error: YuyueError) -> None:
        if error.code not in PIN_ERRORS:
            dialog.dismiss()
            surface.tell(error)
            return
        left = int(error.params.get("tries_left", -1))
        dialog.say_wrong(str(error_words(error)), left if left >= 0 else None)

    def changed(_none: None) -> None:
        dialog.dismiss()
        surface.notice("卡密码已更改", "从现在起用新密码；这张卡要重新登录才能签名。")

    def enter(pin: str, new_pin: str) -> None:
        surface.bridge.when_done(card.change_pin(pin, new_pin, on_show), changed, refused, whose=dialog)

    def heard(event: Event) -> None:
        if isinstance(event, CardChanged) and event.state is CardState.ABSENT and dialog.isVisible():
            dialog.dismiss()
            surface.tell(YuyueError(Code.CARD_CHANGED))

    surface.bridge.arrived.connect(heard)
    dialog.closed.connect(lambda: surface.bridge.arrived.disconnect(heard))
    dialog.entry.show_tries(tries_left(on_show))
    dialog.entered.connect(enter)
    dialog.open()
    return dialog

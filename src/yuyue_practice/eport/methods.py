"""What the control does for each of its methods with the card in the reader; knows no websocket.

Of the control's many methods those that a program needs to read a card and to sign with it (eport-card, Methods).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from yuyue_desktop.wire import certificates
from yuyue_practice.eport.cards import EportCards, PinRefused
from yuyue_practice.reader import Inserted

PREFIX = "cus-sec_"
NUMBER_PREFIX = "03-"
"""Some controls put this before a card's number."""


class EportReader(Protocol):
    """The reader that the control asks."""

    def inserted(self) -> Inserted | None:
        """What is in it now."""
        ...


class Refusal(Exception):
    """A method failed: a sentence and its code, as the control says them."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.answer = [text, code]


class CardDesk:
    """The card as one connection uses it: opened, asked, closed. A card that was pulled meanwhile is gone."""

    def __init__(self, reader: EportReader, cards: EportCards) -> None:
        self._reader = reader
        self._cards = cards
        self._opened: Inserted | None = None
        self._methods: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
            "SpcInitEnvEx": self._open,
            "SpcClearEnv": self._close,
            "SpcGetCardID": lambda _: [NUMBER_PREFIX + self._card()],
            "SpcGetCertNo": lambda _: [self._certificate_number()],
            "SpcGetUName": lambda _: [certificates.holder(self._cards.certificate(self._card())).holder],
            "SpcGetEntName": lambda _: [certificates.holder(self._cards.certificate(self._card())).company_name],
            "SpcGetSignCertAsPEM": lambda _: [_text(self._cards.certificate(self._card()))],
            "SpcVerifyPIN": self._verify,
            "SpcChangePIN": self._change,
            "SpcSignDataAsPEM": self._sign,
        }

    def answer(self, method: str, args: Mapping[str, Any]) -> dict[str, Any]:
        """The `_args` of the reply to a call."""
        try:
            do = self._methods.get(method.removeprefix(PREFIX), _unknown)
            return {"Result": True, "Data": do(args), "Error": []}
        except Refusal as refusal:
            return {"Result": False, "Data": [], "Error": refusal.answer}

    def _open(self, _: Mapping[str, Any]) -> list[str]:
        self._opened = self._reader.inserted()
        if self._opened is None:
            raise Refusal("[读卡器底层库]复位读卡器失败:错误码：50070", "Err:Custom50070")
        return []

    def _close(self, _: Mapping[str, Any]) -> list[str]:
        self._opened = None
        return []

    def _card(self) -> str:
        """The number of the card that was opened, as long as it is the one in the reader."""
        if self._opened is None:
            raise Refusal("没有初始化环境", "Err:Base50000")
        if self._reader.inserted() != self._opened:
            raise Refusal("[读卡器底层库]复位读卡器失败:错误码：50070", "Err:Custom50070")
        return self._opened.number

    def _certificate_number(self) -> str:
        return certificates.fingerprint(self._cards.certificate(self._card()))[:16]

    def _verify(self, args: Mapping[str, Any]) -> list[str]:
        number = self._card()
        return self._with_pin(lambda: self._cards.verify_pin(number, _argument(args, "passwd")))

    def _change(self, args: Mapping[str, Any]) -> list[str]:
        number = self._card()
        pins = _argument(args, "oldPin"), _argument(args, "newPin")
        return self._with_pin(lambda: self._cards.change_pin(number, *pins))

    def _sign(self, args: Mapping[str, Any]) -> list[str]:
        number, content = self._card(), _argument(args, "inData").encode("utf-8")
        signed: list[str] = []
        self._with_pin(lambda: signed.append(_text(self._cards.sign(number, _argument(args, "passwd"), content))))
        return [*signed, self._certificate_number()]

    def _with_pin(self, act: Callable[[], None]) -> list[str]:
        try:
            act()
        except PinRefused as refused:
            left = refused.tries_left
            raise Refusal(f"[智能卡应用模块]输入口令错误，您还可以试 {left} 次，错误码：51571", "Err:51571") from None
        return []


def _unknown(_: Mapping[str, Any]) -> list[str]:
    raise Refusal("没有这个方法", "Err:Base50000")


def _argument(args: Mapping[str, Any], name: str) -> str:
    value = args.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(f"缺少参数 {name}", "Err:Base50000")
    return value


def _text(content: bytes) -> str:
    """What the control calls PEM: base64 without the lines around it."""
    return b64encode(content).decode("ascii")

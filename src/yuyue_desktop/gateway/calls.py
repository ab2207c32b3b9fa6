"""Calls with what they need around them: token and its renewal, seal and its renewal, message out of bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import msgspec

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.gateway.errors import answer_invalid
from yuyue_desktop.gateway.keys import SealingKeys
from yuyue_desktop.gateway.tokens import TokenPair, Tokens, sign_in_needed
from yuyue_desktop.gateway.transport import SEALED, Call, Transport
from yuyue_desktop.wire import messages

Message = TypeVar("Message", bound=msgspec.Struct)


class Calls:
    """Safe in any thread; every method raises YuyueError as `Transport.exchange` does."""

    def __init__(self, transport: Transport, tokens: Tokens, keys: SealingKeys) -> None:
        self._transport = transport
        self._tokens = tokens
        self._keys = keys

    def ask_openly(self, call: Call, kind: type[Message]) -> Message:
        """The answer to a call that needs no session."""
        return _decode(self._transport.exchange(call), kind)

    def ask(self, call: Call, kind: type[Message]) -> Message:
        """The answer to a call made with the session's token."""
        return _decode(self.exchange(call), kind)

    def put_sealed(self, call: Call, content: bytes, kind: type[Message]) -> Message:
        """The answer to a call with sealed content; asked once more where the gateway changed its key meanwhile."""
        try:
            return self.ask(self._sealed(call, content), kind)
        except YuyueError as error:
            if error.code is not Code.SEAL_BROKEN:
                raise
        self._keys.forget()
        return self.ask(self._sealed(call, content), kind)

    def exchange(self, call: Call, tokens: Tokens | None = None) -> bytes:
        """The bytes of an answer to a call with the session's token, if there is one; renewed once where it is spent.

        `tokens`: others than those in force.

        Raises:
            YuyueError: SIGN_IN_NEEDED where no token helps.
        """
        tokens = tokens or self._tokens
        pair = tokens.pair
        try:
            return self._transport.exchange(replace(call, token=pair.token if pair else None))
        except YuyueError as error:
            if error.code is not Code.SIGN_IN_NEEDED:
                raise
        if pair is None:
            raise sign_in_needed()
        renewed = tokens.renew(pair, self._refresh)
        return self._transport.exchange(replace(call, token=renewed.token))

    def renew(self, spent: TokenPair) -> None:
        """Get the next pair for a spent one. Raises SIGN_IN_NEEDED."""
        self._tokens.renew(spent, self._refresh)

    def _refresh(self, refresh_token: str) -> TokenPair:
        content = messages.encode(messages.Refresh(refresh_token))
        grant = self.ask_openly(Call("POST", "/sessions/refresh", content=content), messages.Grant)
        return TokenPair(grant.token, grant.refresh_token)

    def _sealed(self, call: Call, content: bytes) -> Call:
        sealed = self._keys.seal(content, self._fetch_keys)
        return replace(call, content=sealed.encode("ascii"), content_type=SEALED)

    def _fetch_keys(self) -> messages.Keys:
        return self.ask_openly(Call("GET", "/keys"), messages.Keys)


def _decode(content: bytes, kind: type[Message]) -> Message:
    try:
        return messages.decode(content, kind)
    except msgspec.DecodeError as wrong:
        raise answer_invalid(kind.__name__) from wrong

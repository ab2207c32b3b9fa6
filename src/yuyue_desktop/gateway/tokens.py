"""The session's tokens, shared by the gateways of one profile and never told to anyone else; knows no HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from yuyue_desktop.domain.errors import Code, YuyueError


@dataclass(frozen=True, slots=True, repr=False)
class TokenPair:
    """`token` authorises calls; `refresh_token` gets the next pair, once."""

    token: str
    refresh_token: str


class Tokens:
    """Holds the pair in force; safe in any thread.

    `keep_refresh` is told each new refresh token, and "" when there is none any more, so that it can be kept between
    runs.
    """

    def __init__(self, keep_refresh: Callable[[str], None] | None = None) -> None:
        self._keep_refresh = keep_refresh
        self._lock = threading.Lock()
        self._renewing = threading.Lock()
        self._pair: TokenPair | None = None

    @property
    def pair(self) -> TokenPair | None:
        """The pair in force, None while nobody is signed in."""
        return self._pair

    def put(self, pair: TokenPair) -> None:
        """A sign-in succeeded."""
        self._replace(pair)

    def take(self) -> TokenPair | None:
        """Forget the pair (S6) and hand it over to be revoked."""
        return self._replace(None)

    def renew(self, spent: TokenPair, refresh: Callable[[str], TokenPair]) -> TokenPair:
        """The pair after `spent`: by one refresh, however many threads ask at once.

        Raises:
            YuyueError: SIGN_IN_NEEDED where there is none, or what `refresh` raises.
        """
        with self._renewing:
            known = self._pair
            if known is None:
                raise sign_in_needed()
            if known != spent:
                return known
            try:
                renewed = refresh(known.refresh_token)
            except YuyueError as error:
                if error.code is Code.SIGN_IN_NEEDED:
                    self._replace(None, only_if=known)
                raise
            self._replace(renewed, only_if=known)
            return renewed

    def _replace(self, pair: TokenPair | None, only_if: TokenPair | None = None) -> TokenPair | None:
        """Put another pair in force; with `only_if` not where a sign-in or safe exit came between."""
        with self._lock:
            former = self._pair
            if only_if is not None and former != only_if:
                return former
            self._pair = pair
            if self._keep_refresh is not None:
                self._keep_refresh("" if pair is None else pair.refresh_token)
            return former


def sign_in_needed() -> YuyueError:
    """The call needs a session and there is none that the gateway takes."""
    return YuyueError(Code.SIGN_IN_NEEDED)

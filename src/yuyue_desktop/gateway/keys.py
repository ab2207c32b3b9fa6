"""The gateway's sealing keys: checked against the pinned authority, kept while usable; knows no transport."""

from __future__ import annotations

import binascii
import threading
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.ports import Clock
from yuyue_desktop.gateway.errors import answer_invalid
from yuyue_desktop.wire.certificates import public_key, verify_gateway_certificate
from yuyue_desktop.wire.messages import KeyBody, Keys
from yuyue_desktop.wire.sealing import seal


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that was checked."""

    certificate: bytes
    usable_from: datetime
    usable_to: datetime

    def is_usable(self, at: datetime) -> bool:
        return self.usable_from <= at <= self.usable_to


class SealingKeys:
    """Seals for the gateway's current key; safe in any thread.

    `address` must be the one the gateway states beside its keys; `authorities` are DER certificates.
    """

    def __init__(self, address: str, authorities: Sequence[bytes], clock: Clock) -> None:
        self._address = address
        self._authorities = tuple(authorities)
        self._clock = clock
        self._lock = threading.Lock()
        self._key: _Key | None = None

    def seal(self, content: bytes, fetch: Callable[[], Keys]) -> str:
        """The content as one compact JWE for the gateway; `fetch` asks it for its keys where they are not known.

        Raises:
            YuyueError: GATEWAY_UNTRUSTED where address or key do not stand the check, or what fetching raises.
        """
        return seal(content, self._current(fetch).certificate)

    def forget(self) -> None:
        """The gateway could not open a seal: fetch its keys anew before the next."""
        with self._lock:
            self._key = None

    def _current(self, fetch: Callable[[], Keys]) -> _Key:
        with self._lock:
            key = self._key
        if key is None or not key.is_usable(self._clock.now()):
            key = self._check(fetch())
            with self._lock:
                self._key = key
        return key

    def _check(self, keys: Keys) -> _Key:
        """The first usable key; the gateway lists the one to use now first."""
        if keys.address != self._address:
            raise YuyueError(Code.GATEWAY_UNTRUSTED, {"address": keys.address}, is_retried=True)
        now = self._clock.now()
        for body in keys.keys:
            if body.usable_from <= now <= body.usable_to:
                certificate = _leaf(body)
                self._verify(certificate, now)
                return _Key(certificate, body.usable_from, body.usable_to)
        raise answer_invalid("no usable key")

    def _verify(self, certificate: bytes, now: datetime) -> None:
        """Issued by the pinned authority, and of a kind that can be sealed for: no submission is to blame for it."""
        try:
            verify_gateway_certificate(certificate, self._authorities, now)
            public_key(certificate)
        except YuyueError as error:
            raise YuyueError(Code.GATEWAY_UNTRUSTED, error.params, is_retried=True) from error


def _leaf(body: KeyBody) -> bytes:
    """The certificate of the key itself, DER."""
    try:
        return b64decode(body.certificates[0], validate=True)
    except (IndexError, binascii.Error) as wrong:
        raise answer_invalid("key without certificate") from wrong

"""GET /time and GET /keys: what anybody may know of the gateway."""

from __future__ import annotations

from base64 import b64encode

from litestar import Controller, get
from litestar.di import NamedDependency

from yuyue_desktop.wire.certificates import fingerprint
from yuyue_desktop.wire.messages import KeyBody, Keys, Now
from yuyue_practice.clock import EARLIEST, LATEST
from yuyue_practice.office import Office


class KeyController(Controller):
    """The gateway's clock and the keys to seal for."""

    tags = ("gateway",)

    @get("/time", sync_to_thread=False)
    def time(self, office: NamedDependency[Office]) -> Now:
        """The gateway's time now (China Standard Time)."""
        return Now(office.clock.now())

    @get("/keys", sync_to_thread=False)
    def keys(self, office: NamedDependency[Office]) -> Keys:
        """The keys to seal for, the one to use now first."""
        authority = office.authorities.gateway.identity.certificate
        return Keys(office.address, [_key(identity.certificate, authority) for identity in office.seal_keys])


def _key(certificate: bytes, authority: bytes) -> KeyBody:
    chain = [b64encode(part).decode("ascii") for part in (certificate, authority)]
    return KeyBody(fingerprint(certificate), chain, EARLIEST, LATEST)

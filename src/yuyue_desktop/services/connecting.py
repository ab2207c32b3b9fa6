"""The clerk's choice of a proxy: in force at once, kept in the encrypted store with its password; knows no socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from yuyue_desktop.domain.ports import StoreReader, StoreWriter
from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay

PROXY = "proxy"


class Connecting:
    """`apply` is told each choice, the kept one first."""

    def __init__(
        self,
        reader: StoreReader,
        writer: StoreWriter,
        *,
        apply: Callable[[ProxySettings], None],
        wake_sync: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._apply = apply
        self._wake_sync = wake_sync
        self._proxy = _read(reader.setting(PROXY))
        apply(self._proxy)

    @property
    def proxy(self) -> ProxySettings:
        """What is in force."""
        return self._proxy

    def choose(self, proxy: ProxySettings) -> None:
        """Use a proxy from now on."""
        self._proxy = proxy
        self._writer.remember_setting(PROXY, json.dumps(asdict(proxy)))
        self._apply(proxy)
        self._wake_sync()


def _read(text: str | None) -> ProxySettings:
    """The kept choice; one that this program does not know follows the system."""
    found: dict[str, Any] = json.loads(text or "{}")
    if found.get("way") not in {way.value for way in ProxyWay}:
        return ProxySettings()
    return ProxySettings(
        ProxyWay(found["way"]),
        str(found.get("server", "")),
        str(found.get("user", "")),
        str(found.get("password", "")),
    )

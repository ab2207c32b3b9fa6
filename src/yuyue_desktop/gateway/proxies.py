"""Which proxy leads to an address: none, the system's, or the one the clerk named; opens no connection."""

from __future__ import annotations

import ipaddress
import urllib.request
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay


class Proxies:
    """Asked before each request, so that a change is in force at once; safe in any thread."""

    def __init__(self, settings: ProxySettings) -> None:
        self._settings = settings

    def choose(self, settings: ProxySettings) -> None:
        """Use these from now on."""
        self._settings = settings

    def __call__(self, address: str) -> Mapping[str, str]:
        """The proxies to an https address by scheme, as requests has them; empty for the direct way."""
        settings = self._settings
        if settings.way is ProxyWay.SYSTEM:
            return _of_system(urlsplit(address).hostname or "")
        if settings.way is ProxyWay.MANUAL and settings.server:
            return {"https": _url(settings)}
        return {}


def _url(settings: ProxySettings) -> str:
    named = f"{quote(settings.user, safe='')}:{quote(settings.password, safe='')}@" if settings.user else ""
    return f"http://{named}{settings.server}"


def _of_system(host: str) -> Mapping[str, str]:
    """What Windows' settings or the environment say; a proxy script (PAC) is not run."""
    if _is_this_machine(host) or urllib.request.proxy_bypass(host):
        return {}
    proxy = urllib.request.getproxies().get("https")
    return {"https": proxy} if proxy else {}


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

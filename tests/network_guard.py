"""Keep every test on this machine: a connection or a name look-up that would leave it fails at the call."""

from __future__ import annotations

import ipaddress
import sys

LOCAL_NAMES = {"", "localhost", "localhost.localdomain"}


class NetworkForbidden(Exception):
    """A test tried to reach another machine."""


def install() -> None:
    """Watch this process for good; an audit hook also sees what libraries written in C do through Python's sockets."""
    sys.addaudithook(watch)


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """Look at one audit event. Raises NetworkForbidden."""
    if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        refuse_foreign(arguments[1][0])
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        refuse_foreign(arguments[0])


def refuse_foreign(host: object) -> None:
    """Raise NetworkForbidden unless a host is this machine itself."""
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if name not in LOCAL_NAMES and not is_loopback(name):
        raise NetworkForbidden(f"tests stay on this machine, but this one asked for {name}")


def is_loopback(name: str) -> bool:
    """Tell whether a text is an address of this machine's own loopback."""
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False

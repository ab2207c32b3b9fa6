"""Implements domain.ports.Releases: fetches the office's notice over HTTP(S); knows no window and no store."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping

import requests
import truststore
from requests.adapters import HTTPAdapter

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.releases import Release
from yuyue_desktop.updates.signed_notice import NotBelieved, read_notice

TIMEOUT_S = 5.0
LONGEST_BYTES = 64 * 1024


class OfficeNotice:
    """Asks an address that the office set, with the office's public key; follows no redirection."""

    def __init__(self, address: str, key: str, proxies: Callable[[str], Mapping[str, str]]) -> None:
        """`proxies` are asked before each request."""
        self._address = address
        self._key = key
        self._proxies = proxies

    def newest(self) -> Release:
        """What the notice tells. Blocks. Raises YuyueError(NEW_VERSION_UNKNOWN)."""
        try:
            return read_notice(self._content(), self._key)
        except NotBelieved as error:
            raise _unknown(str(error)) from error
        except (requests.RequestException, OSError, ValueError) as error:
            raise _unknown("地址打不开") from error

    def _content(self) -> bytes:
        with requests.Session() as session, self._ask(session) as answer:
            if answer.status_code != requests.codes.ok:
                raise _unknown(f"地址回答 {answer.status_code}")
            content = answer.raw.read(LONGEST_BYTES + 1, decode_content=True)
        if len(content) > LONGEST_BYTES:
            raise _unknown("文件太大")
        return bytes(content)

    def _ask(self, session: requests.Session) -> requests.Response:
        session.trust_env = False
        session.mount("https://", _SystemTrust())
        proxies = dict(self._proxies(self._address))
        return session.get(self._address, timeout=TIMEOUT_S, allow_redirects=False, stream=True, proxies=proxies)


class _SystemTrust(HTTPAdapter):
    """Trusts as the operating system does."""

    def init_poolmanager(self, *arguments: object, **named: object) -> None:
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        super().init_poolmanager(*arguments, **named, ssl_context=context)  # type: ignore[arg-type]


def _unknown(reason: str) -> YuyueError:
    return YuyueError(Code.NEW_VERSION_UNKNOWN, {"reason": reason})

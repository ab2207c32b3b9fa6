"""Speaks to the control API of the office that runs in a folder; knows no command."""

from __future__ import annotations

import contextlib
import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

READY_FILE = "ready.json"
TIMEOUT_S = 60.0
STOP_WITHIN_S = 15.0


class Refused(Exception):
    """The office refused; the text is in Chinese."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Unreachable(Exception):
    """No office runs in the folder, or it does not answer."""


class CutOff(Unreachable):
    """The office ended in the middle of its answer."""


class ControlClient:
    """One office, by its folder's ready file, whose content is `ready`.

    Raises:
        Unreachable: there is none; a file that a power cut left damaged is told as none, and starting writes it anew.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / READY_FILE
        try:
            self.ready = _content(self._file)
        except (FileNotFoundError, ValueError) as error:
            raise Unreachable("练习网关没有运行，请先启动") from error

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON of an answer. Raises Refused, Unreachable, CutOff."""
        request = urllib.request.Request(  # noqa: S310 - the address is the ready file's own https one
            self.ready["address"] + path,
            data=None if body is None else json.dumps(body).encode(),
            method=method,
            headers={"Authorization": f"Bearer {self.ready['control_token']}", "Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=self.ready["ca_file"])),
        )
        try:
            with opener.open(request, timeout=TIMEOUT_S) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            with error:
                refusal = json.loads(error.read())
            raise Refused(refusal["code"], refusal["text"]) from error
        except OSError as error:
            raise Unreachable("练习网关没有应答") from error
        except (http.client.HTTPException, ValueError) as error:
            raise CutOff("练习网关没有答完") from error

    def stop(self) -> None:
        """Have the office stop, and wait until it has. Raises Refused, Unreachable."""
        with contextlib.suppress(CutOff):  # it may be gone before all of its answer is
            self.call("POST", "/practice/stop")
        self.wait_until_gone()

    def wait_until_gone(self) -> None:
        """Wait until the office has stopped. Raises Unreachable where it takes too long."""
        ends = time.monotonic() + STOP_WITHIN_S
        while self._file.exists():
            if time.monotonic() > ends:
                raise Unreachable("练习网关没有停下")
            time.sleep(0.05)


def _content(file: Path) -> dict[str, Any]:
    """What a ready file says. Raises OSError, and ValueError where it is not whole."""
    content = json.loads(file.read_bytes())
    if isinstance(content, dict) and {"address", "control_token", "ca_file"} <= content.keys():
        return content
    raise ValueError("not a ready file")

"""Reads the notice of a newer version and believes it only with the office's signature; opens no connection."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from yuyue_desktop.domain.releases import Release

LONGEST_NOTES = 200
PAGES = ("https://", "http://")


class NotBelieved(ValueError):
    """The notice is not what the office signed; the text says in what, in Chinese."""


def read_notice(content: bytes, key: str) -> Release:
    """The release that a notice tells of.

    Args:
        content: a JSON object: `signed` is a text that is JSON itself, `signature` the base64 of its Ed25519 signature.
        key: base64 of the 32 bytes of the office's public key.

    Raises:
        NotBelieved: no notice, another's signature, or nonsense in it.
    """
    signed, signature = _outer(content)
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True)).verify(signature, signed.encode())
    except (binascii.Error, ValueError) as error:
        raise NotBelieved("公钥不是 32 字节的 base64") from error
    except InvalidSignature as error:
        raise NotBelieved("签名不对") from error
    return _release(signed)


def _outer(content: bytes) -> tuple[str, bytes]:
    try:
        notice: dict[str, Any] = json.loads(content)
        return str(notice["signed"]), base64.b64decode(notice["signature"], validate=True)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotBelieved("不是版本通知") from error


def _release(signed: str) -> Release:
    try:
        told: dict[str, Any] = json.loads(signed)
        page = str(told.get("page", ""))
        release = Release(str(told["version"]), page, str(told.get("notes", ""))[:LONGEST_NOTES])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NotBelieved("版本通知的内容不对") from error
    if page and not page.startswith(PAGES):
        raise NotBelieved("下载页不是网址")
    return release

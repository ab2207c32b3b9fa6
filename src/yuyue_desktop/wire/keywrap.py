"""Wraps a key with another key (AES-256-GCM); knows neither where keys come from nor where they are kept."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def wrap(wrapping_key: bytes, key: bytes, context: bytes) -> bytes:
    """The wrapped key: nonce, ciphertext, tag. `wrapping_key` has 32 bytes; `context` must be the same to unwrap."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, key, context)


def unwrap(wrapping_key: bytes, wrapped: bytes, context: bytes) -> bytes | None:
    """The key, None where wrapping key or context is another one, or the bytes were changed."""
    nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
    try:
        return AESGCM(wrapping_key).decrypt(nonce, sealed, context)
    except (InvalidTag, ValueError):  # ValueError: too short for a nonce
        return None

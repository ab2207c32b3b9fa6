"""An emulated PIV card (what OpenSC uses of NIST SP 800-73): keys, certificate, PIN counter; knows no reader."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import Enum, IntEnum

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from tests.card.rig import tlv
from tests.fakes.card import TRIES, SoftCard

ATR = bytes.fromhex("3b880159555955454b45599b")
_AID = bytes.fromhex("a000000308000010000100")
_PIN_REFERENCE = 0x80
_PIN_BYTES = 8
_FORGET = 0xFF
_CHAINING = 0x10
_MOST_AT_ONCE = 256
_DISCOVERY, _ANSWER = 0x7E, 0x53
_CARD_HOLDER, _CAPABILITIES = 0x5FC102, 0x5FC107
_DIGEST_BYTES = 32


class Step(Enum):
    """What a card is asked for, by the instruction byte."""

    SELECT = 0xA4
    GET_DATA = 0xCB
    VERIFY = 0x20
    CHANGE_PIN = 0x24
    SIGN = 0x87
    GET_RESPONSE = 0xC0


class Word(IntEnum):
    """Status words."""

    FINE = 0x9000
    MORE = 0x6100
    TRIES_LEFT = 0x63C0
    NOT_ALLOWED = 0x6982
    BLOCKED = 0x6983
    WRONG_DATA = 0x6A80
    NOT_FOUND = 0x6A82
    WRONG_REFERENCE = 0x6A88
    UNKNOWN_INSTRUCTION = 0x6D00


class Slot(IntEnum):
    """The key's place, which says when the PIN is wanted: once after insertion, or before every signature."""

    ONCE = 0x9A
    EVERY_TIME = 0x9C

    @property
    def certificate(self) -> int:
        """The object that holds the key's certificate."""
        return {Slot.ONCE: 0x5FC105, Slot.EVERY_TIME: 0x5FC10A}[self]


@dataclass(frozen=True)
class Command:
    """One command APDU."""

    step: Step | None
    is_chained: bool
    first: int
    second: int
    data: bytes
    expected: int

    @classmethod
    def parse(cls, apdu: bytes) -> Command:
        """Read a short APDU, which is all that OpenSC sends here."""
        body = apdu[4:]
        data = body[1 : 1 + body[0]] if len(body) > 1 else b""
        rest = body[1 + len(data) :] if data else body
        expected = (rest[0] if rest else 0) or _MOST_AT_ONCE
        step = next((step for step in Step if step.value == apdu[1]), None)
        return cls(step, bool(apdu[0] & _CHAINING), apdu[2], apdu[3], data, expected)


class PivCard:
    """One card; its PIN counter outlives resets, its selection and its verified PIN do not."""

    def __init__(self, card: SoftCard, slot: Slot = Slot.ONCE) -> None:
        self.card = card
        self.signatures = 0
        self._slot = slot
        self._objects = _objects(card.certificate, slot)
        self._is_selected = False
        self._is_verified = False
        self._chain = b""
        self._pending = b""

    def reset(self) -> None:
        """Power off and on."""
        self._is_selected = self._is_verified = False
        self._chain = self._pending = b""

    def answer(self, command: Command) -> bytes:
        """The response APDU."""
        self._chain += command.data
        if command.is_chained:
            return _word(Word.FINE)
        data, self._chain = self._chain, b""
        if command.step is not Step.GET_RESPONSE:
            self._pending, word = self._do(command, data)
            if word != Word.FINE:
                return _word(word)
        part, self._pending = self._pending[: command.expected], self._pending[command.expected :]
        left = len(self._pending)
        return part + _word(Word.FINE if not left else Word.MORE | (left if left < _MOST_AT_ONCE else 0))

    def _do(self, command: Command, data: bytes) -> tuple[bytes, int]:
        if command.step is Step.SELECT:
            return self._select(data)
        if not self._is_selected:
            return b"", Word.NOT_FOUND
        if command.step is Step.GET_DATA:
            return self._read(data)
        if command.step is Step.SIGN:
            return self._sign(command.second, data)
        return b"", self._meet_pin(command, data)

    def _meet_pin(self, command: Command, data: bytes) -> int:
        if command.step not in (Step.VERIFY, Step.CHANGE_PIN):
            return Word.UNKNOWN_INSTRUCTION
        if command.second != _PIN_REFERENCE:
            return Word.WRONG_REFERENCE
        if command.step is Step.CHANGE_PIN:
            return self._change_pin(data)
        return self._verify(data, is_forgotten=command.first == _FORGET)

    def _select(self, data: bytes) -> tuple[bytes, int]:
        if not data or not _AID.startswith(data):
            return b"", Word.NOT_FOUND
        self._is_selected = True
        return tlv.encode(0x61, tlv.encode(0x4F, _AID[5:]), tlv.encode(0x79, tlv.encode(0x4F, _AID[:5]))), Word.FINE

    def _read(self, data: bytes) -> tuple[bytes, int]:
        tag = int.from_bytes(dict(tlv.decode(data)).get(0x5C, b""), "big")
        if tag == _DISCOVERY:
            return tlv.encode(_DISCOVERY, tlv.encode(0x4F, _AID), tlv.encode(0x5F2F, b"\x40\x00")), Word.FINE
        if tag not in self._objects:
            return b"", Word.NOT_FOUND
        return tlv.encode(_ANSWER, self._objects[tag]), Word.FINE

    def _verify(self, padded: bytes, *, is_forgotten: bool) -> int:
        if is_forgotten:
            self._is_verified = False
            return Word.FINE
        if not padded:  # asked how many tries are left, which costs none
            return Word.FINE if self._is_verified else self._tries_word()
        pin = padded.rstrip(b"\xff").decode("latin-1")
        self.card.pins_seen.append(pin)
        if self.card.tries_left == 0:
            return Word.BLOCKED
        self._is_verified = pin == self.card.pin
        self.card.tries_left = TRIES if self._is_verified else self.card.tries_left - 1
        return Word.FINE if self._is_verified else self._tries_word()

    def _tries_word(self) -> int:
        left = self.card.tries_left
        return Word.TRIES_LEFT | left if left else Word.BLOCKED

    def _change_pin(self, both: bytes) -> int:
        word = self._verify(both[:_PIN_BYTES], is_forgotten=False)
        if word == Word.FINE:
            self.card.pin = both[_PIN_BYTES:].rstrip(b"\xff").decode("latin-1")
        return word

    def _sign(self, slot: int, template: bytes) -> tuple[bytes, int]:
        if slot != self._slot:
            return b"", Word.WRONG_REFERENCE
        if not self._is_verified:
            return b"", Word.NOT_ALLOWED
        self._is_verified = self._slot is Slot.ONCE
        challenge = dict(tlv.decode(dict(tlv.decode(template))[0x7C]))[0x81]
        key = self.card.key
        signature = _sign_rsa(key, challenge) if isinstance(key, rsa.RSAPrivateKey) else _sign_ec(key, challenge)
        if not signature:
            return b"", Word.WRONG_DATA
        self.signatures += 1
        return tlv.encode(0x7C, tlv.encode(0x82, signature)), Word.FINE


def _objects(certificate: bytes, slot: Slot) -> dict[int, bytes]:
    return {
        _CARD_HOLDER: tlv.encode(0x30, secrets.token_bytes(25))
        + tlv.encode(0x34, secrets.token_bytes(16))
        + tlv.encode(0x35, b"20501231")
        + tlv.encode(0x3E)
        + tlv.encode(0xFE),
        _CAPABILITIES: tlv.encode(0xF0, bytes.fromhex("a000000116ff02"), secrets.token_bytes(14))
        + tlv.encode(0xF1, b"\x21")
        + tlv.encode(0xF2, b"\x21")
        + tlv.encode(0xF4, b"\x00")
        + tlv.encode(0xF5, b"\x10")
        + b"".join(tlv.encode(tag) for tag in (0xF3, 0xF6, 0xF7, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE)),
        slot.certificate: tlv.encode(0x70, certificate) + tlv.encode(0x71, b"\x00") + tlv.encode(0xFE),
    }


def _sign_rsa(key: rsa.RSAPrivateKey, block: bytes) -> bytes:
    """The bare power, as a card computes it: who asks has padded. By the remainder theorem, since Python is slow."""
    if len(block) * 8 != key.key_size:
        return b""
    numbers, base = key.private_numbers(), int.from_bytes(block, "big")
    p, q = numbers.p, numbers.q
    by_p, by_q = pow(base % p, numbers.dmp1, p), pow(base % q, numbers.dmq1, q)
    return (by_q + q * ((by_p - by_q) * numbers.iqmp % p)).to_bytes(len(block), "big")


def _sign_ec(key: ec.EllipticCurvePrivateKey, digest: bytes) -> bytes:
    if len(digest) != _DIGEST_BYTES:
        return b""
    return key.sign(digest, ec.ECDSA(Prehashed(hashes.SHA256())))


def _word(word: int) -> bytes:
    return word.to_bytes(2, "big")

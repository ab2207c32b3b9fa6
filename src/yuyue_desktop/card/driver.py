"""PKCS#11: the card in the reader through its maker's driver, on one thread; knows no process and no generations.

python-pkcs11 initialises drivers for one thread only, a template with None in it crashes, and a session that failed is
never used again (a quick swap of cards may hide behind the failure): after any failure the caller calls `reset`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import MGF, Attribute, KeyType, Mechanism, ObjectClass, PKCS11Error, TokenFlag
from pkcs11.util.x509 import decode_x509_public_key

from yuyue_desktop.card.card_driver import SingleUse, TokenFacts
from yuyue_desktop.card.loading import is_part_lacking, load_with_companions
from yuyue_desktop.domain.card import LoginSpan, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError, user_error

_P256 = bytes.fromhex("06082a8648ce3d030107")
_SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_SHA1_INFO = bytes.fromhex("3021300906052b0e03021a05000414")
_PSS = (Mechanism.SHA256, MGF.SHA256, 32)
# KeyUsage in a certificate's DER: OID 2.5.29.15, critical or not, then the first byte of the bit string.
_KEY_USAGE = re.compile(rb"\x06\x03\x55\x1d\x0f(?:\x01\x01.)?\x04.\x03..(.)", re.DOTALL)
_MAY_SIGN = 0xC0

_USER_CODES: dict[tuple[type[Exception], ...], Code] = {
    (pkcs11.PinLocked,): Code.PIN_LOCKED,
    (pkcs11.PinLenRange, pkcs11.PinInvalid): Code.PIN_LENGTH,
    (pkcs11.UserNotLoggedIn,): Code.CARD_NOT_LOGGED_IN,
}
_CHANGED = (
    pkcs11.DeviceRemoved,
    pkcs11.TokenNotPresent,
    pkcs11.SessionHandleInvalid,
    pkcs11.SessionClosed,
    pkcs11.ObjectHandleInvalid,
    pkcs11.KeyHandleInvalid,
    pkcs11.SlotIDInvalid,
)


class Driver:
    """One PKCS#11 module. All methods raise YuyueError and belong on one and the same thread.

    Args:
        module: absolute path of the driver; loaded at the first call.
    """

    def __init__(self, module: Path) -> None:
        self._module = module
        self._library: Any = None
        self._slot: Any = None
        self._token: TokenFacts | None = None
        self._session: Any = None
        self._key: Any = None
        self._span = LoginSpan.UNTIL_REMOVAL
        self._single_use = SingleUse()

    @property
    def is_logged_in(self) -> bool:
        """Whether a key is at hand for signing."""
        return self._key is not None

    def tokens(self) -> tuple[tuple[int, str], ...]:
        """Slot and serial of every token in a reader: what changes when a card is put in or pulled."""
        with _told():
            return tuple((slot.slot_id, _serial(token)) for slot, token in self._initialised())

    def read(self) -> TokenFacts:
        """Read a token that has a certificate for signing: the one read last where it is there, else the first.

        Raises:
            YuyueError: CARD_ABSENT, CARD_UNREADABLE, CARD_DRIVER_INCOMPLETE …
        """
        last = self._token.serial if self._token else ""
        with _told():
            tokens = sorted(self._initialised(), key=lambda found: _serial(found[1]) != last)
            for slot, token in tokens:
                facts = _read_token(slot, token)
                if facts is not None:
                    self._slot, self._token = slot, facts
                    return facts
        raise YuyueError(Code.CARD_UNREADABLE if tokens else Code.CARD_ABSENT)

    def pin_state(self) -> PinState:
        """What the token read last tells of its PIN now; a token's flags are a snapshot, so it is asked anew."""
        with _told():
            flags = self._slot.get_token().flags
        if flags & TokenFlag.USER_PIN_LOCKED:
            return PinState.LOCKED
        if flags & TokenFlag.USER_PIN_FINAL_TRY:
            return PinState.LAST_TRY
        return PinState.LOW if flags & TokenFlag.USER_PIN_COUNT_LOW else PinState.FINE

    def log_in(self, pin: str) -> LoginSpan:
        """Log in to the token read last and find its key. Raises PIN_WRONG, PIN_LOCKED, PIN_LENGTH, CARD_CHANGED …"""
        self.log_out()
        with _told():
            self._session = self._slot.get_token().open(user_pin=pin)
            self._key = _signing_key(self._session, self._token.key_id if self._token else b"")
        if self._key is None:
            raise YuyueError(Code.CARD_UNREADABLE)
        is_single = _is_asked_each_time(self._key)
        self._span = LoginSpan.ONE_SIGNATURE if is_single else LoginSpan.UNTIL_REMOVAL
        if is_single:
            self._single_use.keep(pin)
        return self._span

    def sign(self, algorithm: SignatureAlgorithm, content: bytes) -> bytes:
        """Sign with the key found at log-in; the signature as JWS wants it (ECDSA: r and s side by side).

        Where the card wants its PIN for each signature it is shown one, so it is looked at first: raises CARD_CHANGED.
        """
        if self._key is None:
            raise user_error(Code.CARD_NOT_LOGGED_IN)
        signer = _SIGNERS.get(algorithm)
        if signer is None:
            raise YuyueError(Code.CARD_DRIVER_FAILED, {"reason": f"no {algorithm}"})
        if self._span is LoginSpan.UNTIL_REMOVAL:
            with _told():
                return signer(self._key, content, None)
        pin = self._single_use.take()
        try:
            self._log_in_anew(pin)
            with _told():
                return signer(self._key, content, pin)
        finally:
            self.log_out()

    def _log_in_anew(self, pin: str) -> None:
        """The driver's own session may have gone over to another card that was put in too quickly to be noticed."""
        known = self._token
        self.reset()
        if self.read() != known:
            raise YuyueError(Code.CARD_CHANGED)
        self.log_in(pin)

    def change_pin(self, pin: str, new_pin: str) -> None:
        """Give the token read last another PIN and log out. Raises PIN_FIXED where it can't be changed …"""
        self.log_out()
        with _told():
            token = self._slot.get_token()
            try:
                session = token.open(rw=True, user_pin=pin)
            except (pkcs11.TokenWriteProtected, pkcs11.SessionReadOnly):
                raise user_error(Code.PIN_FIXED) from None
            with session:
                try:
                    session.set_pin(pin, new_pin)
                except pkcs11.FunctionNotSupported:
                    raise user_error(Code.PIN_FIXED) from None

    def log_out(self) -> None:
        """End the login. A session whose card is gone can't be closed: `reset` ends that one."""
        session, self._session, self._key = self._session, None, None
        self._single_use.forget()
        if session is not None:
            with suppress(PKCS11Error):
                session.close()

    def reset(self) -> None:
        """Forget every session and everything the driver remembers of a card. Raises CARD_DRIVER_FAILED."""
        self.log_out()
        self._slot = None
        if self._library is None:
            return
        with suppress(PKCS11Error):
            self._library.finalize()
        with _told():
            self._library.initialize()

    def _initialised(self) -> Iterator[tuple[Any, Any]]:
        """Slots with their tokens; a blank token counts as none."""
        for slot in self._loaded().get_slots(token_present=True):
            token = slot.get_token()
            if token.flags & TokenFlag.TOKEN_INITIALIZED:
                yield slot, token

    def _loaded(self) -> Any:
        if self._library is None:
            if not self._module.is_file():
                raise YuyueError(Code.CARD_DRIVER_MISSING, {"path": str(self._module)})
            try:
                load_with_companions(self._module)
                self._library = pkcs11.lib(str(self._module))
            except (PKCS11Error, OSError) as error:
                if is_part_lacking(error):
                    raise YuyueError(Code.CARD_DRIVER_INCOMPLETE, {"name": self._module.name}) from None
                raise
        return self._library


@contextmanager
def _told() -> Iterator[None]:
    """Turn what python-pkcs11 raises into YuyueError; never chained, since a cause may hold a PIN."""
    try:
        yield
    except (PKCS11Error, ValueError, TypeError, KeyError, OSError) as error:
        raise _translated(error) from None


def _translated(error: Exception) -> YuyueError:
    if isinstance(error, pkcs11.PinIncorrect):
        return user_error(Code.PIN_WRONG, tries_left=-1)
    for kinds, code in _USER_CODES.items():
        if isinstance(error, kinds):
            return user_error(code)
    if isinstance(error, pkcs11.TokenNotRecognised):
        return YuyueError(Code.CARD_UNREADABLE)
    if isinstance(error, _CHANGED):
        return YuyueError(Code.CARD_CHANGED)
    return YuyueError(Code.CARD_DRIVER_FAILED, {"reason": type(error).__name__})


def _serial(token: Any) -> str:
    serial: bytes = token.serial
    return serial.decode("utf-8", "replace").strip("\0 ")


def _read_token(slot: Any, token: Any) -> TokenFacts | None:
    session = token.open()
    try:
        found = [
            (bytes(item[Attribute.VALUE]), _optional(item, Attribute.ID))
            for item in list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
        ]
    finally:
        with suppress(PKCS11Error):
            session.close()
    for certificate, key_id in found:
        algorithms = _algorithms(certificate, slot.get_mechanisms())
        if algorithms and _may_sign(certificate):
            return TokenFacts(_serial(token), certificate, key_id, algorithms, slot.slot_description.strip())
    return None


def _optional(item: Any, attribute: Attribute) -> bytes:
    try:
        return bytes(item[attribute])
    except pkcs11.AttributeTypeInvalid:
        return b""


def _is_asked_each_time(key: Any) -> bool:
    try:
        return bool(key[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.AttributeTypeInvalid:
        return False


def _may_sign(certificate: bytes) -> bool:
    """Cards have a second certificate for encryption: only the one whose key usage allows signing is meant."""
    usage = _KEY_USAGE.search(certificate)
    return usage is None or bool(usage[1][0] & _MAY_SIGN)


def _algorithms(certificate: bytes, mechanisms: set[Any]) -> tuple[SignatureAlgorithm, ...]:
    """What key and driver can do together, the best first."""
    try:
        key = decode_x509_public_key(certificate)
    except (ValueError, KeyError, TypeError):
        return ()
    if key[Attribute.KEY_TYPE] is KeyType.RSA:
        wanted = {
            SignatureAlgorithm.RS256: Mechanism.RSA_PKCS,
            SignatureAlgorithm.PS256: Mechanism.RSA_PKCS_PSS,
            SignatureAlgorithm.RS1: Mechanism.RSA_PKCS,
        }
    elif key.get(Attribute.EC_PARAMS) == _P256:
        wanted = {SignatureAlgorithm.ES256: Mechanism.ECDSA}
    else:
        wanted = {}
    return tuple(algorithm for algorithm, mechanism in wanted.items() if mechanism in mechanisms)


def _signing_key(session: Any, key_id: bytes) -> Any:
    template: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    if key_id:
        template[Attribute.ID] = key_id
    return next(iter(list(session.get_objects(template))), None)


def _sign_rs256(key: Any, content: bytes, pin: str | None) -> bytes:
    return bytes(key.sign(_SHA256_INFO + hashlib.sha256(content).digest(), mechanism=Mechanism.RSA_PKCS, pin=pin))


def _sign_rs1(key: Any, content: bytes, pin: str | None) -> bytes:
    digest = hashlib.sha1(content, usedforsecurity=False).digest()
    return bytes(key.sign(_SHA1_INFO + digest, mechanism=Mechanism.RSA_PKCS, pin=pin))


def _sign_ps256(key: Any, content: bytes, pin: str | None) -> bytes:
    digest = hashlib.sha256(content).digest()
    return bytes(key.sign(digest, mechanism=Mechanism.RSA_PKCS_PSS, mechanism_param=_PSS, pin=pin))


def _sign_es256(key: Any, content: bytes, pin: str | None) -> bytes:
    return bytes(key.sign(hashlib.sha256(content).digest(), mechanism=Mechanism.ECDSA, pin=pin))


# RSA over a ready DigestInfo or digest, ECDSA over a digest: what every driver tried here can do.
_SIGNERS: dict[SignatureAlgorithm, Callable[[Any, bytes, str | None], bytes]] = {
    SignatureAlgorithm.RS256: _sign_rs256,
    SignatureAlgorithm.RS1: _sign_rs1,
    SignatureAlgorithm.PS256: _sign_ps256,
    SignatureAlgorithm.ES256: _sign_es256,
}

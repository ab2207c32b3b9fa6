"""The ways to a profile's store key at program start: key store, password, recovery code (decisions 011, 012).

Knows no dialog. Every method may block for seconds (a key store that asks, argon2id): it belongs on a worker.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.ports import KeyVault
from yuyue_desktop.domain.store_key import OpenedKey, password_problem
from yuyue_desktop.profiles import Profile
from yuyue_desktop.store import key_check
from yuyue_desktop.store.connection import translated
from yuyue_desktop.vault.password_vault import PasswordVault
from yuyue_desktop.vault.recovery import Recovery

KEY_BYTES = 32
PASSWORD_FILE = "store.password"  # noqa: S105 - a file's name
RECOVERY_FILE = "store.recovery"


def system_key_store() -> KeyVault:
    """This system's key store; keyring loads only where it is asked, and then on the worker."""
    from yuyue_desktop.vault.keyring_vault import KeyringVault  # noqa: PLC0415

    return KeyringVault()


class StoreKeys:
    """Opens the store's key; a new one is made only where there never was a store.

    The profile's lock is held by the caller, so that two starts never make two keys.
    """

    def __init__(self, profile: Profile, system: Callable[[], KeyVault] = system_key_store) -> None:
        self._profile = profile
        self._system = system
        self._password_file = profile.folder / PASSWORD_FILE
        self._recovery = Recovery(profile.folder / RECOVERY_FILE)

    @property
    def is_under_password(self) -> bool:
        """Whether the key is kept under the clerk's own password here; answers at once."""
        return self._password_file.exists()

    def open_from_system(self) -> OpenedKey:
        """The key from the system's key store, where a new profile's key is made and kept.

        Raises:
            YuyueError: KEY_STORE_UNAVAILABLE (a new profile: take a password), KEY_STORE_SILENT (the key is in there),
                STORE_KEY_MISSING (the recovery code opens), STORE_KEY_LOST (nothing does), STORE_UNWRITABLE.
        """
        try:
            key = self._from_system()
        except YuyueError as error:
            if error.code is Code.KEY_STORE_UNAVAILABLE and not self._is_new:
                raise YuyueError(Code.KEY_STORE_SILENT, error.params) from error
            raise
        if key is None or not self._fits(key):
            raise self._missing()
        return self._opened(key)

    def open_with_password(self, password: str) -> OpenedKey:
        """The key under the clerk's own password; the first time the password is set.

        Raises:
            YuyueError: STORE_PASSWORD_WRONG, STORE_PASSWORD_SHORT (when it is set); CALL_UNUSABLE where this store's
                key is not under a password; STORE_KEY_MISSING, STORE_KEY_LOST, STORE_* for the files.
        """
        key = _said_as(
            Code.STORE_PASSWORD_WRONG, lambda: self._password_vault(password.strip()).load(self._profile.name)
        )
        if key is not None:
            if not self._fits(key):
                raise self._missing()
            return self._opened(key)
        if not self._is_new:
            raise user_error(Code.CALL_UNUSABLE, reason="本机数据不是用密码打开的")
        return self.keep_under_password(secrets.token_bytes(KEY_BYTES), password)

    def open_with_recovery_code(self, code: str) -> OpenedKey:
        """The key by the recovery code, kept again where the system's key store can.

        Raises:
            YuyueError: RECOVERY_CODE_MALFORMED, RECOVERY_CODE_WRONG, STORE_KEY_LOST; STORE_* for the files.
        """
        key = _said_as(Code.RECOVERY_CODE_WRONG, lambda: self._recovery.unwrap(self._profile.name, code))
        if key is None:
            raise self._missing()
        if not self._fits(key):
            raise user_error(Code.RECOVERY_CODE_WRONG)
        return OpenedKey(key, is_kept=self._is_kept_again(key))

    def keep_under_password(self, key: bytes, password: str) -> OpenedKey:
        """Keep a key under a new password. Raises YuyueError: STORE_PASSWORD_SHORT, STORE_UNWRITABLE."""
        settled = password.strip()
        problem = password_problem(settled)
        if problem is not None:
            raise problem
        self._password_vault(settled).keep(self._profile.name, key)
        return self._opened(key)

    @property
    def _is_new(self) -> bool:
        """Whether there never was a store: neither the file nor what it leaves beside itself."""
        store = self._profile.store_file
        return next(store.parent.glob(f"{store.name}*"), None) is None

    def _password_vault(self, password: str) -> PasswordVault:
        return PasswordVault(self._password_file, lambda: password)

    def _from_system(self) -> bytes | None:
        system = self._system()
        key = system.load(self._profile.name)
        if key is None and self._is_new:
            key = secrets.token_bytes(KEY_BYTES)
            system.keep(self._profile.name, key)
        return key

    def _fits(self, key: bytes) -> bool:
        """Whether it is this store's key; a store that was never completed takes any."""
        store = self._profile.store_file
        with translated():
            return not key_check.is_kept(store) or key_check.is_right(store, key)

    def _missing(self) -> YuyueError:
        if self._recovery.is_kept:
            return YuyueError(Code.STORE_KEY_MISSING)
        return YuyueError(Code.STORE_KEY_LOST, {"folder": str(self._profile.folder)})

    def _opened(self, key: bytes) -> OpenedKey:
        """The first time with a recovery code; one whose showing was interrupted is given out anew."""
        if self._is_new and not self._profile.is_practice:
            return OpenedKey(key, self._recovery.give_out(self._profile.name, key))
        return OpenedKey(key)

    def _is_kept_again(self, key: bytes) -> bool:
        if self.is_under_password:
            return False
        try:
            self._system().keep(self._profile.name, key)
        except YuyueError as error:
            if error.code is Code.KEY_STORE_UNAVAILABLE:
                return False
            raise
        return True


def _said_as(code: Code, load: Callable[[], bytes | None]) -> bytes | None:
    """What `load` answers; that it opens nothing is said in the words of what was typed."""
    try:
        return load()
    except YuyueError as error:
        if error.code is Code.STORE_KEY_WRONG:
            raise user_error(code) from error
        raise

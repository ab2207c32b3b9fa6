"""Moves a profile's data to another computer: one file under a password, and back (B17); asks nobody.

The file is a plain zip of two members: the store under a key of its own, and that key under the password (argon2id).
What comes in is put in place by the next start, as the store is open meanwhile.
"""

from __future__ import annotations

import secrets
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.store_key import password_problem
from yuyue_desktop.placing import place
from yuyue_desktop.store import transfer
from yuyue_desktop.store.connection import KEY_BYTES, translated
from yuyue_desktop.vault.password_vault import PasswordVault

_KEY_MEMBER, _STORE_MEMBER = "key.json", "store.db"
_BOUND_TO = "yuyue-desktop export 1"
_MOST_BYTES = 16 * 1024**3


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves a profile, for the journal (B17): the person here, the time, and how to enter an export of a person."""

    person: Callable[[], str]
    now: Callable[[], datetime]
    note_export: Callable[[str], None]


class Moving:
    """Of one open profile; every method blocks for as long as a copy of the store takes."""

    def __init__(self, store: Path, key: bytes, mover: Mover) -> None:
        self._mover = mover
        self._store = store
        self._key = key

    def export(self, target: Path, password: str) -> None:
        """Write everything into a file, verified by opening it again.

        Raises:
            YuyueError: STORE_PASSWORD_SHORT, FILE_UNWRITABLE, STORE_*.
        """
        settled = password.strip()
        problem = password_problem(settled)
        if problem is not None:
            raise problem
        with self._workshop() as folder:
            key = secrets.token_bytes(KEY_BYTES)
            transfer.copy_out(self._store, self._key, folder / _STORE_MEMBER, key)
            PasswordVault(folder / _KEY_MEMBER, lambda: settled).keep(_BOUND_TO, key)
            part = target.with_name(f"{target.name}.part")
            try:
                with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
                    for member in (_KEY_MEMBER, _STORE_MEMBER):
                        archive.write(folder / member, member)
                self._unpacked(part, settled, folder)
                place(part, target)
            except OSError as error:
                raise YuyueError(Code.FILE_UNWRITABLE, {"name": target.name}) from error
            finally:
                part.unlink(missing_ok=True)
        self._mover.note_export(self._mover.person())

    def bring_in(self, source: Path, password: str) -> None:
        """Take over an exported file at the next start; what is here now is kept beside it then.

        Raises:
            YuyueError: IMPORT_WOULD_LOSE while anything here was not sent, IMPORT_UNREADABLE, STORE_PASSWORD_WRONG,
                STORE_NEWER, STORE_*.
        """
        transfer.require_nothing_unsent(self._store, self._key)
        with self._workshop() as folder:
            key = self._unpacked(source, password.strip(), folder)
            transfer.note_import(folder / _STORE_MEMBER, key, self._mover.person(), self._mover.now())
            transfer.stage(folder / _STORE_MEMBER, key, self._store, self._key)

    def _unpacked(self, source: Path, password: str, folder: Path) -> bytes:
        """Unpack and verify; answers the key of the store in it."""
        try:
            with zipfile.ZipFile(source) as archive:
                for member in (_KEY_MEMBER, _STORE_MEMBER):
                    if archive.getinfo(member).file_size > _MOST_BYTES:
                        raise user_error(Code.IMPORT_UNREADABLE, name=source.name)
                    archive.extract(member, folder)
            key = PasswordVault(folder / _KEY_MEMBER, lambda: password).load(_BOUND_TO)
        except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError) as error:
            raise user_error(Code.IMPORT_UNREADABLE, name=source.name) from error
        except YuyueError as error:
            if error.code is Code.STORE_KEY_WRONG:
                raise user_error(Code.STORE_PASSWORD_WRONG) from error
            raise
        if key is None:
            raise user_error(Code.IMPORT_UNREADABLE, name=source.name)
        transfer.require_usable(folder / _STORE_MEMBER, key)
        return key

    @contextmanager
    def _workshop(self) -> Iterator[Path]:
        """A folder for copies, all of them encrypted; gone afterwards."""
        folder = self._store.with_name("moving")
        with translated():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

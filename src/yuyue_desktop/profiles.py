"""A profile: one gateway and one company in one folder (architecture, Keys and people); builds nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from yuyue_desktop.domain.card import CONTROL_ADDRESS, CardRoute, is_on_this_machine
from yuyue_desktop.domain.errors import Code, YuyueError, user_error

DEFAULT = "default"
PRACTICE = "practice"
"""Names of the profile that is meant where none is named, and of the one that practice makes."""
PROFILE_FILE = "profile.json"

_NAME = re.compile(r"[\w-][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Profile:
    """Where the gateway is, how its certificate is trusted, and where the card's driver lies.

    `gateway_ca_file` (PEM) is the authority that issued the gateway's sealing keys, and its TLS certificate too unless
    `is_system_trusted`. `card_route` says how the card is reached: `card_module` is the absolute path of a driver, None
    looks among the known ones, `card_control` the client control's address on this machine. `card_environment` is added
    to the card process's environment. `is_practice` marks everything as practice. `officer_address` is the practice
    officer's page, `practice_pin` the practice card's PIN for the sign-in page to show; both are empty elsewhere.
    `update_address` is where the office tells of new versions, `update_key` its public key (base64 of an Ed25519 key's
    32 bytes); without an address nobody is asked.
    """

    name: str
    folder: Path
    gateway_address: str
    gateway_ca_file: Path
    is_system_trusted: bool = False
    is_practice: bool = False
    card_route: CardRoute = CardRoute.FITTING
    card_module: Path | None = None
    card_control: str = CONTROL_ADDRESS
    card_environment: Mapping[str, str] = field(default_factory=dict)
    officer_address: str = ""
    practice_pin: str = ""
    update_address: str = ""
    update_key: str = ""

    @property
    def store_file(self) -> Path:
        """The encrypted database."""
        return self.folder / "store.db"


def default_folder(name: str) -> Path:
    """Where a profile of this operating-system account keeps its data."""
    return user_data_path("yuyue-desktop", appauthor=False) / "profiles" / name


def folder_of(name: str) -> Path:
    """Where the profile of a name that somebody typed lies.

    Raises:
        YuyueError: CALL_UNUSABLE for a name that could lead anywhere else.
    """
    if not _NAME.fullmatch(name):
        raise user_error(Code.CALL_UNUSABLE, reason=f"配置名 {name} 只能用字母、数字、汉字和 . _ -")
    return default_folder(name)


def default_file() -> Path:
    """The file of the profile that is meant where none is named: an administrator puts it there."""
    return default_folder(DEFAULT) / PROFILE_FILE


def load_profile(file: Path) -> Profile:
    """Read a profile's file: JSON with the names of Profile's fields; a relative folder is beside the file.

    Raises:
        YuyueError: CALL_UNUSABLE where it can't be read or lacks a name or an address; PROFILE_MISSING, nobody has put
            the default profile there yet.
    """
    if file == default_file() and not file.exists():
        raise user_error(Code.PROFILE_MISSING, file=str(file))
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return Profile(
            name=str(content["name"]),
            folder=(file.parent / str(content.get("folder", "."))).resolve(),
            gateway_address=str(content["gateway_address"]),
            gateway_ca_file=Path(str(content["gateway_ca_file"])),
            is_system_trusted=bool(content.get("is_system_trusted", False)),
            is_practice=bool(content.get("is_practice", False)),
            card_route=CardRoute(content.get("card_route", CardRoute.FITTING)),
            card_module=_absolute(content.get("card_module")),
            card_control=_local(str(content.get("card_control", CONTROL_ADDRESS))),
            card_environment={str(key): str(value) for key, value in content.get("card_environment", {}).items()},
            officer_address=str(content.get("officer_address", "")),
            practice_pin=str(content.get("practice_pin", "")),
            update_address=str(content.get("update_address", "")),
            update_key=str(content.get("update_key", "")),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(file, error) from error


def _absolute(text: object) -> Path | None:
    """A driver found by a folder search could be anybody's."""
    path = Path(str(text)) if text else None
    if path is not None and not path.is_absolute():
        raise ValueError("card_module is no absolute path")
    return path


def _local(address: str) -> str:
    if not is_on_this_machine(address):
        raise ValueError("card_control is not on this machine")
    return address


def _unusable(file: Path, error: Exception) -> YuyueError:
    return user_error(Code.CALL_UNUSABLE, reason=f"配置文件 {file.name} 读不了（{type(error).__name__}）")

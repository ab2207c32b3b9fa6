"""Opens a profile for one run of the command line, beside the open window too; part of the composition root."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from yuyue_desktop.bootstrap import Program
from yuyue_desktop.cli.desk import Desk, Opening
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.events import Event, SaveFailed
from yuyue_desktop.keys import StoreKeys
from yuyue_desktop.profiles import DEFAULT, PROFILE_FILE, Profile, folder_of, load_profile
from yuyue_desktop.services.card_way import WayChoice
from yuyue_desktop.store import key_check, transfer
from yuyue_desktop.store.profile_lock import ProfileLock

Found = TypeVar("Found")

FIRST_TIME_S = 20.0
"""How long to wait for another program that makes this profile's store just now."""
LOOK_EVERY_S = 0.5
"""How often a waiting command looks by itself, events or not."""

log = logging.getLogger(__name__)


class Events:
    """Implements cli.desk.Waiting: takes events from any thread and wakes the command that waits."""

    def __init__(self) -> None:
        self._happened = threading.Condition()
        self._refusals: dict[ApplicationId, YuyueError] = {}

    def publish(self, event: Event) -> None:
        """Something happened."""
        with self._happened:
            if isinstance(event, SaveFailed):
                self._refusals[event.application_id] = event.error
            self._happened.notify_all()

    def until(self, look: Callable[[], Found], wait_s: float) -> Found:
        """What `look` answers as soon as that is anything, or when the time is over."""
        ends = time.monotonic() + wait_s
        while True:
            with self._happened:
                found = look()
                left_s = ends - time.monotonic()
                if found or left_s <= 0:
                    return found
                self._happened.wait(min(left_s, LOOK_EVERY_S))

    def refusal(self, application_id: ApplicationId) -> YuyueError | None:
        """Why the gateway did not take a draft."""
        return self._refusals.get(application_id)


@contextlib.contextmanager
def open_desk(opening: Opening) -> Iterator[Desk]:
    """Implements cli.desk.OpenDesk."""
    profile = _profile(opening)
    events = Events()
    with _making(profile):
        key = _key(profile, opening.store_password)
        program = Program(profile, key, events.publish, is_visiting=True)
    try:
        way = _card_way(opening)
        if way is not None:
            program.reach_card(way)
        program.start()
        yield Desk(
            clock=program.clock,
            reader=program.reader,
            card=program.card,
            readiness=program.readiness,
            diagnostics=program.diagnostics,
            signing_in=program.signing_in,
            begin_work=program.workplace,
            catch_up=program.catch_up,
            waiting=events,
        )
    finally:
        _sign_out(program)
        program.stop()


def _profile(opening: Opening) -> Profile:
    file = folder_of(opening.profile or DEFAULT) / PROFILE_FILE
    if not file.is_file():
        name = opening.profile or DEFAULT
        raise user_error(Code.CALL_UNUSABLE, reason=f"没有名为 {name} 的配置；练习用 --profile practice")
    return load_profile(file)


def _card_way(opening: Opening) -> WayChoice | None:
    if opening.is_control:
        return WayChoice(CardRoute.CONTROL)
    return None if opening.module is None else WayChoice(CardRoute.DRIVER, str(opening.module.resolve()))


@contextlib.contextmanager
def _making(profile: Profile) -> Iterator[None]:
    """Only one program makes a store; one that is there any program may open, unless another is to take its place.

    Raises:
        YuyueError: CALL_UNUSABLE without a store, PROGRAM_ALREADY_OPEN while another makes it, IMPORT_WAITS.
    """
    if transfer.is_staged(profile.store_file):
        raise user_error(Code.IMPORT_WAITS)
    if key_check.is_kept(profile.store_file):
        yield
        return
    if not profile.is_practice:
        # A recovery code is shown once and must be written down by a person (decision 012).
        raise user_error(Code.CALL_UNUSABLE, reason="这个配置还没有本机数据，请先打开一次窗口，抄下恢复码")
    with contextlib.closing(_first_lock(profile)):
        yield


def _first_lock(profile: Profile) -> ProfileLock:
    ends = time.monotonic() + FIRST_TIME_S
    while True:
        try:
            return ProfileLock(profile.folder)
        except YuyueError as error:
            if error.code is not Code.PROGRAM_ALREADY_OPEN or time.monotonic() > ends:
                raise
        time.sleep(LOOK_EVERY_S)


def _key(profile: Profile, password: str | None) -> bytes:
    keys = StoreKeys(profile)
    if password is not None:
        return keys.open_with_password(password).key
    if keys.is_under_password:
        raise user_error(Code.CALL_UNUSABLE, reason="本机数据是用密码保护的，请给出 --store-password-file")
    try:
        return keys.open_from_system().key
    except YuyueError as error:
        if error.code is not Code.KEY_STORE_UNAVAILABLE:
            raise
        # The window asks for a password here; a command can only be called again with one.
        reason = "系统的密钥保管不可用，本机数据要用密码保护，请给出 --store-password-file"
        raise user_error(Code.CALL_UNUSABLE, reason=reason) from error


def _sign_out(program: Program) -> None:
    """The session ends with the run (S6); one that can't be ended now ends by itself."""
    if program.signing_in.session is None:
        return
    try:
        program.signing_in.sign_out().result()
    except YuyueError as error:
        log.info("not signed out: %s", error.code)

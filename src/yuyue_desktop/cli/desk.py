"""An open profile as commands use it, the options that open it, and signing in there (S1, S2); opens none itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from yuyue_desktop.cli.arguments import take_profile
from yuyue_desktop.cli.secrets import read_secret
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.ports import Clock, StoreReader
from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.services.workplace import Workplace

Found = TypeVar("Found")


class Waiting(Protocol):
    """Waits for what other threads and other programs do."""

    def until(self, look: Callable[[], Found], wait_s: float) -> Found:
        """What `look` answers as soon as that is anything, or when the time is over; asked at each event."""
        ...

    def refusal(self, application_id: ApplicationId) -> YuyueError | None:
        """Why the gateway did not take a draft, None while it was not heard to refuse it."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The services of an open profile; `begin_work` gives a signed-in person's.

    `catch_up` takes every receipt that the gateway has, and answers whether that could be asked.
    """

    clock: Clock
    reader: StoreReader
    card: CardSession
    readiness: Readiness
    diagnostics: Diagnostics
    signing_in: SigningIn
    begin_work: Callable[[Session], Workplace]
    catch_up: Callable[[], bool]
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Opening:
    """How a call wants its profile opened; None is what the profile says."""

    profile: str | None = None
    module: Path | None = None
    is_control: bool = False
    store_password: str | None = None


@dataclass(frozen=True, slots=True)
class AtWork:
    """A person signed in at a desk; `pin` is handed over anew where the card wants it for each signature (S3)."""

    desk: Desk
    workplace: Workplace
    pin: str = field(default="", repr=False)

    def ready_card(self) -> None:
        """Log in to the person's own card where its login is over. Raises YuyueError as CardSession.unlock."""
        card, own = self.desk.card, self.workplace.session.bound_card
        if self.pin and card.unlocked is None and card.look().result().holder.card_number == own:
            card.unlock(self.pin)


class OpenDesk(Protocol):
    """Opens profiles."""

    @contextmanager
    def __call__(self, opening: Opening) -> Iterator[Desk]:
        """The profile until the end of the block.

        Raises:
            YuyueError: CALL_UNUSABLE without such a profile or secret, STORE_*, KEY_STORE_*.
        """
        ...


def take_store(parser: argparse.ArgumentParser) -> None:
    """Let a command take what opens a profile."""
    take_profile(parser)
    parser.add_argument(
        "--store-password-file", metavar="文件", help="第一行是本机数据密码的文件，系统没有密钥保管时用"
    )


def take_desk(parser: argparse.ArgumentParser) -> None:
    """Let a command take what opens a profile and signs in there."""
    take_store(parser)
    parser.add_argument("--module", type=Path, metavar="文件", help="卡的 PKCS#11 驱动，不写用配置里的")
    parser.add_argument("--control", action="store_true", help="用电子口岸客户端控件读卡，不用驱动")
    parser.add_argument("--pin-file", metavar="文件", help="第一行是卡密码的文件，- 为标准输入")
    parser.add_argument("--user", metavar="账号", help="不用卡时的用户名")
    parser.add_argument("--password-file", metavar="文件", help="第一行是账号密码的文件，- 为标准输入")


def opening_of(options: argparse.Namespace, streams: Streams) -> Opening:
    """What the options say of opening. Raises YuyueError(CALL_UNUSABLE)."""
    given = (options.pin_file, options.password_file, options.store_password_file)
    if given.count("-") > 1:
        raise user_error(Code.CALL_UNUSABLE, reason="标准输入只能给一个密码")
    password = store_password(options, streams)
    if options.control and options.module is not None:
        raise user_error(Code.CALL_UNUSABLE, reason="--module 和 --control 只能用一个")
    return Opening(options.profile, options.module, options.control, password)


def store_password(options: argparse.Namespace, streams: Streams) -> str | None:
    """The store's password, None where the call gives none. Raises YuyueError(CALL_UNUSABLE)."""
    file = options.store_password_file
    return None if file is None else read_secret(file, "--store-password-file", streams)


def has_credentials(options: argparse.Namespace) -> bool:
    """Whether a call says who works."""
    return options.pin_file is not None or options.user is not None


def sign_in(options: argparse.Namespace, desk: Desk, streams: Streams) -> AtWork:
    """Sign in by card or by account.

    Raises:
        YuyueError: CALL_UNUSABLE where the call does not say how; as SigningIn.
    """
    if options.pin_file is not None and options.user is not None:
        raise user_error(Code.CALL_UNUSABLE, reason="--pin-file 和 --user 只能用一个")
    if options.pin_file is not None:
        pin = read_secret(options.pin_file, "--pin-file", streams)
        return AtWork(desk, desk.begin_work(desk.signing_in.with_card(pin).result()), pin)
    if options.user is None:
        raise user_error(Code.CALL_UNUSABLE, reason="没有登录：请给出 --pin-file，或 --user 和 --password-file")
    if options.password_file is None:
        raise user_error(Code.CALL_UNUSABLE, reason="缺少 --password-file")
    password = read_secret(options.password_file, "--password-file", streams)
    return AtWork(desk, desk.begin_work(desk.signing_in.with_password(options.user, password).result()))


@contextmanager
def at_work(options: argparse.Namespace, open_desk: OpenDesk, streams: Streams) -> Iterator[AtWork]:
    """Open the profile and sign in. Raises YuyueError as both."""
    with open_desk(opening_of(options, streams)) as desk:
        yield sign_in(options, desk, streams)

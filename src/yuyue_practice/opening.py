"""Opens a practice office with a card in the reader, and the window on it; ends when the window does (B10).

Without the window it serves until its standard input ends, for whoever drives a window of his own.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yuyue_practice.cards import PracticeCard, PracticeCards
from yuyue_practice.gateway import gateway
from yuyue_practice.office import Office, OfficePlan
from yuyue_practice.officer import OfficerMode
from yuyue_practice.seed import ACCOUNTS, COMPANIES
from yuyue_practice.server import Server, address_of, bound_socket

PIN = "88888888"
"""Of every practice card: the one that e-port cards are handed out with."""
USER = ACCOUNTS[0][0]
"""The account whose card is in the reader."""
PROFILE_FILE = "profile.json"


@dataclass(frozen=True, slots=True)
class Opened:
    """An office at work: `profile_file` tells the window all that it must know."""

    office: Office
    server: Server
    card: PracticeCard
    profile_file: Path

    def close(self) -> None:
        """Stop serving."""
        self.office.bulletin.close()
        self.server.stop()
        self.office.stop()


def open_office(folder: Path, officer: OfficerMode = OfficerMode.AUTO) -> Opened:
    """Start gateway and officer in `folder`, make the card on the first opening, and write the window's profile."""
    listening = bound_socket(0)
    office = Office(OfficePlan(folder / "office", address_of(listening), officer))
    card = _card(office, folder / "cards")
    office.start()
    server = Server(gateway(office), listening, office.authorities.server().file)
    server.start()
    return Opened(office, server, card, _write_profile(folder, office, card))


def _card(office: Office, folder: Path) -> PracticeCard:
    """The card of the account USER, made known to the office."""
    user, holder, customs_code, number = ACCOUNTS[0]
    if number is None:
        raise LookupError(f"the account {user} has no card")
    company_name = next(company[3] for company in COMPANIES if company[0] == customs_code)
    cards = PracticeCards(folder, office.authorities.cards)
    known = {card.number: card for card in cards.cards()}
    card = known.get(number) or cards.new_card(number, company_name, holder, PIN)
    if number not in known:
        office.add_card(number, customs_code, holder, cards.certificate(number), user)
    return card


def _write_profile(folder: Path, office: Office, card: PracticeCard) -> Path:
    authority = folder / "gateway-authority.der"
    authority.write_bytes(office.authorities.gateway.identity.certificate)
    profile = {
        "name": "练习",
        "folder": "desktop",
        "gateway_address": office.address,
        "gateway_ca_file": str(authority),
        "is_practice": True,
        "card_module": str(card.module_path),
        "card_environment": dict(card.environment),
        "practice_pin": card.pin,
    }
    file = folder / PROFILE_FILE
    written = file.with_suffix(".new")
    written.write_text(json.dumps(profile, ensure_ascii=False, indent=2), encoding="utf-8")
    written.replace(file)
    return file


def show_window(profile_file: Path, arguments: Sequence[str] = ()) -> int:
    """Run the window on a profile and return its exit code; its store's password goes through a private pipe."""
    reading, writing = os.pipe()
    os.write(writing, secrets.token_urlsafe(24).encode("ascii"))
    os.close(writing)
    command = [sys.executable, "-m", "yuyue_desktop", "--profile-file", str(profile_file)]
    try:
        window = subprocess.run([*command, "--store-password-fd", str(reading), *arguments], pass_fds=(reading,))
    finally:
        os.close(reading)
    return window.returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Open a fresh office in a folder that is given, or in one that is gone afterwards."""
    parser = argparse.ArgumentParser(prog="yuyue_practice.opening", description="打开练习网关、练习卡和窗口")
    parser.add_argument("--folder", type=Path, help="练习数据的文件夹；不给则用临时文件夹，结束后删除")
    parser.add_argument("--officer", type=OfficerMode, choices=list(OfficerMode), default=OfficerMode.AUTO)
    parser.add_argument("--no-window", action="store_true", help="不打开窗口，标准输入结束时退出")
    parser.add_argument("--shot", type=Path, help="检查用：把窗口存成这个图片文件")
    parser.add_argument("--exit-after", type=float, help="检查用：这么多秒后关闭窗口")
    options = parser.parse_args(arguments)
    if options.folder is not None:
        return _run(options.folder.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="yuyue-practice-") as folder:
        return _run(Path(folder), options)


def _run(folder: Path, options: argparse.Namespace) -> int:
    opened = open_office(folder, options.officer)
    try:
        print(f"练习网关：{opened.office.address}", flush=True)
        print(f"练习卡已插好，卡号 {opened.card.number}，卡密码 {opened.card.pin}", flush=True)
        if options.no_window:
            sys.stdin.read()
            return 0
        return show_window(opened.profile_file, _window_arguments(options))
    finally:
        opened.close()


def _window_arguments(options: argparse.Namespace) -> list[str]:
    arguments = ["--shot", str(options.shot.resolve())] if options.shot else []
    return arguments + (["--exit-after", str(options.exit_after)] if options.exit_after is not None else [])


if __name__ == "__main__":
    raise SystemExit(main())

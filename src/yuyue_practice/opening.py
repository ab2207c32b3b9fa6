"""Opens a practice office with a card in the reader, and the window on it; ends when the window does (B10).

Without the window it serves until its standard input ends, for whoever drives a window of his own.
"""

from __future__ import annotations

import argparse
import contextlib
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yuyue_practice.card_kind import CardKind
from yuyue_practice.control.client import READY_FILE, ControlClient, Unreachable
from yuyue_practice.officer import OfficerMode
from yuyue_practice.profile import write_profile

PROFILE_FILE = "profile.json"
FITTING = CardKind.FITTING
OPENING_S = 60.0
LOOK_EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Opened:
    """An office at work in a process of its own; `profile_file` tells the window all that it must know."""

    process: subprocess.Popen[bytes]
    client: ControlClient
    address: str
    card: dict[str, Any]
    profile_file: Path

    def close(self) -> None:
        """Stop the office, unless somebody did already; returns once it is gone."""
        with contextlib.suppress(Unreachable):
            self.client.call("POST", "/practice/stop")
        self.process.wait(OPENING_S)


def open_office(folder: Path, officer: OfficerMode = OfficerMode.AUTO, card_kind: CardKind = FITTING) -> Opened:
    """Start gateway and officer in `folder`, hand out a card, put it in, and write the window's profile.

    Raises:
        TimeoutError: the office does not open.
    """
    office = folder / "office"
    command = [sys.executable, "-m", "yuyue_practice", "start", "--folder", str(office)]
    process = subprocess.Popen([*command, "--officer", officer.value, "--card", card_kind.value])
    _wait_until_open(process, office / READY_FILE)
    client = ControlClient(office)
    card = client.call("POST", "/practice/cards", dict.fromkeys(("user", "company", "holder", "number", "pin"), ""))
    client.call("PUT", "/practice/reader", {"number": card["number"]})
    profile_file = folder / PROFILE_FILE
    write_profile(profile_file, "练习", client.ready, card)
    return Opened(process, client, client.ready["address"], card, profile_file)


def _wait_until_open(process: subprocess.Popen[bytes], ready_file: Path) -> None:
    ends = time.monotonic() + OPENING_S
    while not ready_file.exists():
        if process.poll() is not None or time.monotonic() > ends:
            process.kill()
            raise TimeoutError("the practice office did not open")
        time.sleep(LOOK_EVERY_S)


def show_window(profile_file: Path, arguments: Sequence[str] = ()) -> int:
    """Run the window on a profile and return its exit code; its store's password goes through its standard input."""
    command = [sys.executable, "-m", "yuyue_desktop", "--profile-file", str(profile_file), "--store-password-fd", "0"]
    password = secrets.token_urlsafe(24).encode("ascii")
    return subprocess.run([*command, *arguments], input=password).returncode


def main(arguments: Sequence[str] | None = None) -> int:
    """Open a fresh office in a folder that is given, or in one that is gone afterwards."""
    parser = argparse.ArgumentParser(prog="yuyue_practice.opening", description="打开练习网关、练习卡和窗口")
    parser.add_argument("--folder", type=Path, help="练习数据的文件夹；不给则用临时文件夹，结束后删除")
    parser.add_argument("--officer", type=OfficerMode, choices=list(OfficerMode), default=OfficerMode.AUTO)
    parser.add_argument("--card", type=CardKind, choices=list(CardKind), default=FITTING, help="练习卡的种类")
    parser.add_argument("--no-window", action="store_true", help="不打开窗口，标准输入结束时退出")
    parser.add_argument("--shot", type=Path, help="检查用：把窗口存成这个图片文件")
    parser.add_argument("--exit-after", type=float, help="检查用：这么多秒后关闭窗口")
    options = parser.parse_args(arguments)
    if options.folder is not None:
        return _run(options.folder.resolve(), options)
    with tempfile.TemporaryDirectory(prefix="yuyue-practice-") as folder:
        return _run(Path(folder), options)


def _run(folder: Path, options: argparse.Namespace) -> int:
    opened = open_office(folder, options.officer, options.card)
    try:
        print(f"练习网关：{opened.address}", flush=True)
        print(f"练习卡已插好，卡号 {opened.card['number']}，卡密码 {opened.card['pin']}", flush=True)
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

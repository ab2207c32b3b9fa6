"""Starts the window on a profile, or one of its helper processes; imports Qt only for the window."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from yuyue_desktop.bootstrap import Program
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.keys import open_key
from yuyue_desktop.profiles import default_folder, load_profile
from yuyue_desktop.single_window import SingleWindow, raise_open_window

PROFILE_FILE = "profile.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return its exit code."""
    options = _options(arguments)
    # Qt is imported for the window alone, after the command line was found usable.
    from yuyue_desktop.ui.window_program import Checks, WindowProgram  # noqa: PLC0415
    from yuyue_desktop.window_services import window_services  # noqa: PLC0415

    try:
        profile = load_profile(options.profile_file or default_folder("default") / PROFILE_FILE)
    except YuyueError as error:
        return WindowProgram(sys.argv[:1], is_practice=False).refuse(error)
    window = WindowProgram(sys.argv[:1], is_practice=profile.is_practice)
    try:
        program = Program(profile, open_key(profile, options.store_password_fd), window.bridge.publish)
    except YuyueError as error:
        if error.code is Code.PROGRAM_ALREADY_OPEN and raise_open_window(profile.folder):
            return 0
        return window.refuse(error)
    raised = SingleWindow(profile.folder, window.raise_window)
    try:
        program.start()
        window.open(window_services(program, profile))
        return window.run(Checks(options.shot, options.exit_after))
    finally:
        raised.close()
        program.stop()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="yuyue-desktop", description="预约通关桌面端")
    parser.add_argument("--profile-file", type=Path, help="网关与卡的配置文件")
    parser.add_argument("--store-password-fd", type=int, help="从这个文件描述符读本机数据的密码")
    parser.add_argument("--shot", type=Path, help="检查用：把窗口存成这个图片文件")
    parser.add_argument("--exit-after", type=float, help="检查用：这么多秒后关闭窗口")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())

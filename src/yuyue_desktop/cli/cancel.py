"""`yuyue cancel`: cancels an appointment before its window begins (S29)."""

from __future__ import annotations

from functools import partial
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.steps import send_step, take_step


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    sign = partial(send_step, lambda work, record: work.workplace.declaring.cancel(record))
    take_step(add_command(commands, "cancel", sign, "取消预约：已受理或预约成功、预约时间开始之前"))

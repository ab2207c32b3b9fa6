"""The command line of yuyue-practice: JSON out, one object a line; holds no rule and speaks to the control API only."""

from __future__ import annotations

import argparse
import errno
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from yuyue_practice.card_kind import CardKind
from yuyue_practice.control.client import ControlClient, Refused, Unreachable
from yuyue_practice.officer import OfficerMode
from yuyue_practice.profile import write_profile

DONE, REFUSED, UNREACHABLE, FAILED, PORT_TAKEN = 0, 1, 3, 4, 5


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, None: as the process was called; answers the exit code.

    0 done, 1 refused, 2 the call is unusable, 3 no office is running, 4 a file can't be read or written, 5 the port is
    taken. The last line on standard error is Chinese, but for 2, which is argparse's, and where Python ends it all.
    """
    arguments = _parser().parse_args(argv)
    try:
        for line in arguments.run(arguments):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except Refused as error:
        sys.stdout.write(json.dumps({"error": error.code}) + "\n")
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except Unreachable as error:
        sys.stderr.write(f"{error}\n")
        return UNREACHABLE
    except OSError as error:
        code, words = _what_the_system_refused(error)
        sys.stderr.write(f"{error}\n{words}\n")
        return code
    return DONE


def _what_the_system_refused(error: OSError) -> tuple[int, str]:
    """The exit code, and what happened and what to do."""
    if error.filename is None and error.errno in (errno.EADDRINUSE, errno.EACCES):
        return PORT_TAKEN, "练习网关没有启动：端口已被别的程序占用，请换一个"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FAILED, "磁盘满了，请腾出空间"
    return FAILED, f"读写不了 {error.filename or '练习网关的文件夹'}，请看看是否有权限、是否被别的程序占用"


Lines = list[dict[str, Any]]


def _start(arguments: argparse.Namespace) -> Lines:
    # Only here the server is needed; the other commands answer quicker without it.
    from yuyue_practice.running import Telling, Ways, run  # noqa: PLC0415

    ways = Ways(OfficerMode(arguments.officer), arguments.officer_pause, CardKind(arguments.card))
    telling = Telling(arguments.ready_file, arguments.profile_file)
    run(arguments.folder, arguments.port, ways, telling, arguments.address)
    return []


def _control(arguments: argparse.Namespace) -> Lines:
    from yuyue_practice.eport import program  # noqa: PLC0415
    from yuyue_practice.eport.keys import EportKeyType  # noqa: PLC0415
    from yuyue_practice.server import bound_socket  # noqa: PLC0415

    def tell(line: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()

    key_type = EportKeyType(arguments.key)
    program.run(arguments.folder, bound_socket(arguments.port), key_type, sys.stdin, tell)
    return []


def _stop(arguments: argparse.Namespace) -> Lines:
    ControlClient(arguments.folder).stop()
    return [{"stopped": True}]


def _status(arguments: argparse.Namespace) -> Lines:
    return [ControlClient(arguments.folder).call("GET", "/practice/status")]


def _clock(arguments: argparse.Namespace) -> Lines:
    return [ControlClient(arguments.folder).call("PUT", "/practice/clock", {"now": arguments.moment.isoformat()})]


def _answer(arguments: argparse.Namespace) -> Lines:
    wish = {"number": arguments.number, "step": arguments.step, "text": arguments.text}
    return [ControlClient(arguments.folder).call("POST", "/practice/answers", wish)]


def _officer(arguments: argparse.Namespace) -> Lines:
    return [ControlClient(arguments.folder).call("PUT", "/practice/officer", {"mode": arguments.mode})]


def _card_new(arguments: argparse.Namespace) -> Lines:
    wish = {name: getattr(arguments, name) for name in ("user", "company", "holder", "number", "pin")}
    client = ControlClient(arguments.folder)
    card = client.call("POST", "/practice/cards", wish)
    file: Path | None = arguments.profile_file
    if file is not None:
        write_profile(file, file.parent.name, client.ready, card)
    return [card]


def _card_list(arguments: argparse.Namespace) -> Lines:
    return list(ControlClient(arguments.folder).call("GET", "/practice/cards"))


def _card_in(arguments: argparse.Namespace) -> Lines:
    client = ControlClient(arguments.folder)
    number = arguments.number or next((card["number"] for card in client.call("GET", "/practice/cards")), "")
    return [client.call("PUT", "/practice/reader", {"number": number})]


def _card_out(arguments: argparse.Namespace) -> Lines:
    return [ControlClient(arguments.folder).call("PUT", "/practice/reader", {"number": None})]


def _declaration_add(arguments: argparse.Namespace) -> Lines:
    if arguments.fit:
        return [ControlClient(arguments.folder).call("POST", "/practice/declarations/fitting", {"fit": arguments.fit})]
    wish = {
        "number": arguments.number,
        "is_import": arguments.flag == "import",
        "declarant": arguments.declarant,
        "trader": arguments.trader,
        "declaration_port": arguments.declaration_port,
        "entry_exit_port": arguments.entry_exit_port,
        "declared_at": arguments.declared_at.isoformat() if arguments.declared_at else None,
        "has_time": not arguments.date_only,
    }
    return [ControlClient(arguments.folder).call("POST", "/practice/declarations", wish)]


def _declaration_list(arguments: argparse.Namespace) -> Lines:
    return list(ControlClient(arguments.folder).call("GET", "/practice/declarations"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("yuyue-practice", description="预约通关练习网关")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_running(commands)
    _add_officer(commands)
    _add_cards(commands)
    _add_declarations(commands)
    return parser


def _command(commands: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.add_argument("--folder", type=Path, required=True, metavar="F", help="练习网关的文件夹")
    command.set_defaults(run=run)
    return command


def _take_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument("--profile-file", type=Path, metavar="J", help="写给窗口和命令行的配置文件")


def _add_running(commands: Any) -> None:
    start = _command(commands, "start", _start, "启动练习网关，一直运行到停止")
    start.add_argument("--port", type=int, default=0, help="端口；0 沿用上次的，被占用时另取一个")
    start.add_argument("--address", default="", metavar="URL", help="前面有代理时客户端所知的地址；不写就是这个端口")
    start.add_argument("--officer", choices=[mode.value for mode in OfficerMode], default=OfficerMode.AUTO.value)
    start.add_argument("--officer-pause", type=float, default=2.0, metavar="S", help="自动关员隔几秒答复")
    kinds = [kind.value for kind in CardKind]
    start.add_argument("--card", choices=kinds, default=CardKind.FITTING.value, help="练习卡：SoftHSM2 或练习控件的")
    start.add_argument("--ready-file", type=Path, metavar="J", help="开始服务后写入地址的 JSON 文件")
    _take_profile(start)
    control = _command(commands, "control", _control, "只启动练习客户端控件，按标准输入的 JSON 行插拔卡、出故障")
    control.add_argument("--port", type=int, default=0, help="端口；真控件用 61232，0 取空闲的")
    control.add_argument("--key", choices=["sm2", "rsa"], default="sm2", help="新卡的密钥")
    _command(commands, "stop", _stop, "停止练习网关")
    _command(commands, "status", _status, "看练习网关的现状")
    clock = _command(commands, "clock", _clock, "拨动练习时钟")
    clock.add_argument("moment", type=datetime.fromisoformat, metavar="SET", help="如 2026-10-03T09:00")


def _add_officer(commands: Any) -> None:
    for name, step, text in (
        ("accept", "accept", "受理"),
        ("approve", "approve", "审批通过"),
        ("return", "return", "退单"),
        ("close", "close_case", "接受情况说明，结案"),
    ):
        command = _command(commands, name, _answer, text)
        command.add_argument("number", metavar="NO", help="预录入编号、申请编号或申请标识")
        is_reason = name == "return"
        command.add_argument("--reason" if is_reason else "--text", dest="text", default="", required=is_reason)
        command.set_defaults(step=step)
    officer = _command(commands, "officer", _officer, "关员自动或人工")
    officer.add_argument("mode", choices=[mode.value for mode in OfficerMode])


def _add_cards(commands: Any) -> None:
    card = commands.add_parser("card", help="练习卡").add_subparsers(required=True, metavar="COMMAND")
    new = _command(card, "new", _card_new, "制一张练习卡；第一张自动插入读卡器")
    for name in ("user", "company", "holder", "number", "pin"):
        new.add_argument(f"--{name}", default="")
    _take_profile(new)
    _command(card, "list", _card_list, "列出练习卡")
    _command(card, "in", _card_in, "插卡").add_argument("number", nargs="?", default="", metavar="CARD")
    _command(card, "out", _card_out, "拔卡")


def _add_declarations(commands: Any) -> None:
    declaration = commands.add_parser("declaration", help="练习报关单").add_subparsers(required=True, metavar="COMMAND")
    add = _command(declaration, "add", _declaration_add, "登记一票报关单")
    add.add_argument("number", nargs="?", default="", metavar="NUMBER")
    add.add_argument("--fit", default="", metavar="NO", help="按这份申请造一票相符的")
    add.add_argument("--flag", choices=["import", "export"], default="import")
    for name in ("declarant", "trader", "declaration-port", "entry-exit-port"):
        add.add_argument(f"--{name}", default="")
    add.add_argument("--declared-at", type=datetime.fromisoformat)
    add.add_argument("--date-only", action="store_true", help="只知道申报日期")
    _command(declaration, "list", _declaration_list, "列出报关单")

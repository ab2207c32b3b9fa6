"""`yuyue practice …`: the practice office of a profile, by its own program yuyue-practice (B10); judges nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from yuyue_desktop.cli.arguments import add_command, add_group, take_profile
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Practice, Said, Supplies

Act = Callable[[Practice, Sequence[str]], Said]

OFFICER_MODES = ("auto", "hand")
OFFICE_NAMES = {
    "officer": "auto 由关员自动答复，hand 由人答复",
    "officer-pause": "自动关员隔几秒答复",
    "port": "端口；不写沿用上次的",
}
CARD_NAMES = {
    "user": "卡给哪个账号；不写给练习申报单位的第一个账号",
    "company": "卡给哪家企业：10 位海关编码",
    "holder": "持卡人姓名",
    "number": "卡号",
    "pin": "卡密码",
}
DECLARATION_NAMES = {
    "fit": "按这份申请造一票相符的报关单",
    "flag": "import 或 export",
    "declarant": "申报单位海关编码",
    "trader": "收发货人海关编码",
    "declaration-port": "申报口岸 4 位代码",
    "entry-exit-port": "进出口岸 4 位代码",
    "declared-at": "申报时间，如 2026-10-01T09:30",
}


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).isoformat()


def _officer(text: str) -> str:
    return OFFICER_MODES[OFFICER_MODES.index(text)]


def _port(text: str) -> int:
    return PORTS[PORTS.index(int(text))]


def _flag(text: str) -> str:
    return FLAGS[FLAGS.index(text)]


FLAGS = ("import", "export")
PORTS = range(65536)
KINDS: dict[str, Callable[[str], object]] = {
    "officer": _officer,
    "officer-pause": float,
    "port": _port,
    "flag": _flag,
    "declared-at": _moment,
}
"""What a value must be; any other is said before the practice program is asked."""
NUMBER = "预录入编号、申请编号或申请标识"


def add_to(commands: Any) -> None:
    """Add the commands to the program's commands."""
    group = add_group(commands, "practice", "练习网关、练习卡、练习时钟和关员")
    _add_office(group)
    _add_officer(group)
    cards = add_group(group, "card", "练习卡")
    new = _add(cards, "new", lambda office, words: office.make_card(words), "制一张练习卡；第一张自动插入读卡器")
    _take_options(new, CARD_NAMES)
    _add(cards, "in", _asks("card", "in"), "插卡").add_argument("words", nargs="?", metavar="卡号", help="不写插第一张")
    _add(cards, "out", _asks("card", "out"), "拔卡")
    declarations = add_group(group, "declaration", "练习报关单")
    add = _add(declarations, "add", _asks("declaration", "add"), "登记一票报关单")
    add.add_argument("words", nargs="?", metavar="报关单号", help="18 位；用 --fit 时不写")
    _take_options(add, DECLARATION_NAMES)
    add.add_argument("--date-only", action="append_const", const="--date-only", dest="switches", help="只知道申报日期")


def run(act: Act, options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Pass one command on and hand back what the program said."""
    words = [*([options.words] if options.words else []), *options.switches, *_options(options)]
    said = act(supplies.practice(options.profile), words)
    for line in said.lines:
        streams.answer_line(line)
    if said.words:
        streams.say(said.words)
    return Exit(said.code)


def _add_office(group: Any) -> None:
    start = _add(group, "start", lambda office, words: office.start(words), "启动练习网关，在后台运行")
    _take_options(start, OFFICE_NAMES)
    _add(group, "stop", _asks("stop"), "停止练习网关")
    _add(group, "status", _asks("status"), "看练习网关的现状")
    clock = _add(group, "clock", _asks("clock"), "拨动练习时钟")
    clock.add_argument("words", type=_moment, metavar="时间", help="如 2026-10-03T09:00")


def _add_officer(group: Any) -> None:
    for name, text in (
        ("accept", "受理"),
        ("approve", "审批通过"),
        ("return", "退单"),
        ("close", "接受情况说明，结案"),
    ):
        command = _add(group, name, _asks(name), text)
        command.add_argument("words", metavar="编号", help=NUMBER)
        if name == "return":
            command.add_argument("--reason", required=True, metavar="理由", help="退单理由")
            command.set_defaults(passed_on=("reason",))
    officer = _add(group, "officer", _asks("officer"), "关员自动或由人答复")
    officer.add_argument("words", choices=OFFICER_MODES, metavar="auto|hand", help="哪一种")


def _asks(*command: str) -> Act:
    return lambda office, words: office.ask([*command, *words])


def _add(group: Any, name: str, act: Act, text: str) -> argparse.ArgumentParser:
    parser = add_command(group, name, partial(run, act), text)
    parser.set_defaults(words="", switches=[], passed_on=())
    take_profile(parser)
    return parser


def _take_options(parser: argparse.ArgumentParser, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        parser.add_argument(f"--{name}", type=KINDS.get(name, str), metavar="…", help=text)
    parser.set_defaults(passed_on=tuple(name.replace("-", "_") for name in texts))


def _options(options: argparse.Namespace) -> list[str]:
    """What was given, joined to its name: a value may begin with a dash."""
    given = ((name, getattr(options, name)) for name in options.passed_on)
    return [f"--{name.replace('_', '-')}={value}" for name, value in given if value is not None]

"""`yuyue lookup`: searches the code tables as the window does (B6); opens neither store nor card."""

from __future__ import annotations

import argparse
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies

MOST_OFFERS = 20


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(commands, "lookup", run, "查 HS 编码或口岸：代码、名称、拼音、拼音首字母都可以，最合适的在前")
    parser.add_argument("table", choices=("hs", "port"), metavar="hs|port", help="查哪个代码表")
    parser.add_argument("text", metavar="文字", help="要查的代码或名称")
    parser.add_argument("--limit", type=int, default=MOST_OFFERS, metavar="N", help=f"最多几行，不写为 {MOST_OFFERS}")


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer the matches, best first; none is an answer too."""
    search = supplies.ports() if options.table == "port" else supplies.goods()
    matches = search.find(options.text, max(options.limit, 0))
    for match in matches:
        streams.answer(
            {
                "code": match.code,
                "name": match.name,
                "full_name": match.full_name,
                "path": match.path,
                "why": match.why,
            }
        )
    if not matches:
        streams.say("没有找到。可换代码、名称或拼音首字母再试")
    return Exit.FINE

"""`yuyue lookup`: searches goods and ports as the window does (B6), companies among those that a profile knows (B1).

Opens no card, and the store for companies alone: no code table has them.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import Opening, store_password, take_store
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.lookup import Lookup, Match

MOST_OFFERS = 20
TABLES = ("hs", "port", "company")


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    parser = add_command(
        commands, "lookup", run, "查 HS 编码、口岸或企业：代码、名称、拼音、拼音首字母都可以，最合适的在前"
    )
    parser.add_argument(
        "table", choices=TABLES, metavar="|".join(TABLES), help="查什么；企业在 --profile 的本机数据里查"
    )
    parser.add_argument("text", metavar="文字", help="要查的代码或名称")
    parser.add_argument("--limit", type=int, default=MOST_OFFERS, metavar="N", help=f"最多几行，不写为 {MOST_OFFERS}")
    take_store(parser)


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer the matches, best first; none is an answer too."""
    if options.table == "company":
        return _look_up_company(options, supplies, streams)
    matches = _find(supplies.ports() if options.table == "port" else supplies.goods(), options)
    for match in matches:
        streams.answer(_as_match(match))
    if not matches:
        streams.say("没有找到。可换代码、名称或拼音首字母再试")
    return Exit.FINE


def _look_up_company(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Raises YuyueError(CALL_UNUSABLE) where no profile is named, and as OpenDesk."""
    if options.profile is None:
        reason = "企业不在代码表里，要在本机数据里查：请用 --profile 给出配置名（窗口用的是 default）"
        raise user_error(Code.CALL_UNUSABLE, reason=reason)
    with supplies.open_desk(Opening(options.profile, store_password=store_password(options, streams))) as desk:
        companies = {company.customs_code: company for company in desk.reader.companies()}
    matches = _find(supplies.companies(tuple(companies.values())), options)
    for match in matches:
        streams.answer({**_as_match(match), **_as_facts(companies[match.code])})
    if not matches:
        streams.say("没有找到。这里只有在这台机器上填过、查过的企业；登录后填一次 10 位海关编码就有了")
    return Exit.FINE


def _find(search: Lookup, options: argparse.Namespace) -> Sequence[Match]:
    return search.find(options.text, max(options.limit, 0))


def _as_match(match: Match) -> Mapping[str, str]:
    return {
        "code": match.code,
        "name": match.name,
        "full_name": match.full_name,
        "path": match.path,
        "why": match.why,
    }


def _as_facts(company: Company) -> Mapping[str, str]:
    return {
        "credit_code": company.credit_code,
        "inspection_code": company.inspection_code,
        "grade": company.grade.value,
    }

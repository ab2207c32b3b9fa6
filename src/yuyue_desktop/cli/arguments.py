"""argparse that speaks Chinese; knows no command."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import words

CommandRun = Callable[..., Any]

PROFILE_HELP = "用哪个配置；不写为 default，练习命令为 practice"

# What argparse says in English, as patterns, and how it is said here.
SENTENCES = (
    (r"the following arguments are required: (.+)", r"缺少 \1"),
    (r"unrecognized arguments: (.+)", r"不认识 \1"),
    (r"argument (\S+): invalid choice: (.+) \(choose from (.+)\)", r"\1 没有 \2，可选 \3"),
    (r"argument (\S+): invalid \w+ value: (.+)", r"\1 不能是 \2"),
    (r"argument (\S+): expected .+", r"\1 后面缺少内容"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 后面不能有 \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 和 \2 不能一起用"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 可能是 \2"),
)


def in_chinese(sentence: str) -> str:
    """A complaint of argparse in Chinese; one that is not known stays as it is."""
    for pattern, said in SENTENCES:
        if found := re.fullmatch(pattern, sentence, re.DOTALL):
            return found.expand(said)
    return sentence


class ChineseFormatter(argparse.HelpFormatter):
    """Help with its headings in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Write the line of usage."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser whose help and complaints are Chinese; a complaint ends the program with exit code 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": ChineseFormatter, "allow_abbrev": False, **options, "add_help": False})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and end."""
        self.exit(2, f"{self.format_usage()}{words(Code.CALL_UNUSABLE, {'reason': in_chinese(message)})}\n")


def add_command(commands: Any, name: str, run: CommandRun, text: str) -> argparse.ArgumentParser:
    """Add a command to the sub-parsers of the program; `run` takes the options, the supplies and the streams."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    return parser


def add_group(commands: Any, name: str, text: str) -> Any:
    """Add a word with commands of its own; answers their sub-parsers."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    take_profile(parser)
    return parser.add_subparsers(required=True, metavar="命令", title="命令")


def take_profile(parser: argparse.ArgumentParser) -> None:
    """Let a command take the profile's name; one that stands before the command holds, too."""
    parser.add_argument("--profile", default=argparse.SUPPRESS, metavar="配置名", help=PROFILE_HELP)

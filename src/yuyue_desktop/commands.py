"""The composition root of the command line: streams in UTF-8 whatever the system says, and what the commands need."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Sequence

from yuyue_desktop import cli
from yuyue_desktop.cli.desk import Desk, Opening
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.gateway.clock import machine_now
from yuyue_desktop.helper_processes import practice_command, worker_command
from yuyue_desktop.practice_office import PracticeOffice
from yuyue_desktop.profiles import DEFAULT, PRACTICE, PROFILE_FILE, folder_of
from yuyue_desktop.reference.search import CompanySearch, GoodsSearch, PortSearch
from yuyue_desktop.reference.tables import Tables
from yuyue_desktop.services.drafting import CodeTables

INTERRUPTED = 130
"""What a shell answers for a program that Ctrl+C ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return its exit code; SystemExit where argparse ends the program."""
    streams = _open_streams()
    # The process behind it starts with the first file that is to be checked.
    with contextlib.closing(PdfChecker(worker_command("pdf"))) as checker:
        try:
            return cli.main(arguments, supplies(checker), streams)
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            # Nobody reads on. What is still buffered must not fail once more when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return Exit.FOUND


def _open_streams() -> Streams:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    return Streams(sys.stdin.buffer, sys.stdout, sys.stderr)


def supplies(checker: PdfChecker) -> Supplies:
    """What the commands need, with the product's own tables; nothing is read before it is asked for."""
    tables = Tables()

    def check_pdf(name: str, content: bytes) -> PdfReport:
        return checker.check(name, content, attachment_limits(machine_now().date())).result()

    return Supplies(
        now=machine_now,
        code_tables=lambda: CodeTables(tables.ports.codes, tables.transport_modes.codes),
        ports=lambda: PortSearch(tables.ports),
        goods=lambda: GoodsSearch(tables.goods),
        companies=CompanySearch,
        check_pdf=check_pdf,
        practice=practice_office,
        open_desk=_open_desk,
        has_default=(folder_of(DEFAULT) / PROFILE_FILE).is_file,
    )


@contextlib.contextmanager
def _open_desk(opening: Opening) -> Iterator[Desk]:
    # What opens a profile is heavy; most commands need none of it.
    from yuyue_desktop.command_desk import open_desk  # noqa: PLC0415

    with open_desk(opening) as desk:
        yield desk


def practice_office(profile: str | None) -> PracticeOffice:
    """The practice office of a profile. Raises YuyueError(CALL_UNUSABLE) for a name that can't be one."""
    folder = folder_of(profile or PRACTICE)
    return PracticeOffice(practice_command(), folder / "office", folder / PROFILE_FILE)


if __name__ == "__main__":
    sys.exit(main())

"""Takes the application files of a company's own system into the window's forms (B11), with their attachments (S19).

Judges no rule of the form: what is entered wrongly is said there, as if it had been typed.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from yuyue_desktop.domain.application import Application, Attachment
from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.rules import Problem, shown
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.services.filing import Filing
from yuyue_desktop.services.picked_files import LONGEST_NAME, read_picked


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file holds, its attachments in the store; with `problems` it is not to be used."""

    application: Application
    problems: tuple[Problem, ...] = ()


class ApplicationIntake:
    """For one signed-in person; calls block as long as disk and PDF check do, so they belong on no window's thread."""

    def __init__(self, *, filing: Filing, attaching: Attaching) -> None:
        self._filing = filing
        self._attaching = attaching

    def take_in(self, path: Path) -> TakenIn:
        """Read one file, and take the attachments in whose paths are relative to it.

        Raises:
            YuyueError: FILE_*, ATTACHMENT_TOO_LARGE for the file itself; INPUT_NOT_JSON, INPUT_TOO_LARGE.
        """
        file = self._filing.read(read_picked(path, self._attaching.allowed()))
        if file.problems:
            return TakenIn(file.application, file.problems)
        attachments: list[Attachment] = []
        problems: list[Problem] = []
        for name in file.attachments:
            try:
                _refuse_another_server(name, path)
                attachments.append(self._attaching.add(attachments, path.parent / name).result())
            except YuyueError as error:
                problems.append(Problem("S19", "attachments", error.code, params=dict(error.params)))
                if error.code is Code.ATTACHMENTS_TOO_MANY:
                    break
        return TakenIn(dataclasses.replace(file.application, attachments=tuple(attachments)), tuple(problems))


def _refuse_another_server(name: str, file: Path) -> None:
    """A file may come from a stranger, and Windows shows its account's proof to any server that a path names.

    Raises:
        YuyueError: ATTACHMENT_ON_OTHER_SERVER for a network path that leads anywhere but to the file's own share.
    """
    if name[:2].replace("/", "\\") != "\\\\":
        return
    share = PureWindowsPath(name).drive.casefold()
    if not share or share != PureWindowsPath(file).drive.casefold():
        raise user_error(Code.ATTACHMENT_ON_OTHER_SERVER, name=shown(name[:LONGEST_NAME]))

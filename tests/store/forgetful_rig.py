"""The program that cuts the power: in namespaces of its own it lets a store be written to on a forgetful disk.

It says a JSON line for each cut; what is left of the disk is looked at and then worked on further, over and over.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.namespaces import MOUNT_REFUSED
from tests.store.forgetful_disk import ForgetfulDisk
from tests.store.forgetful_mount import PATIENCE_S, MountRefused, Switch, mounted
from tests.store.said import Said, words_of

_PROFILE = "profile"
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Cut:
    """What was committed since the cut before, and what the store then lacks, as an error's text."""

    step: int
    said: Said
    problem: str


@dataclass(frozen=True)
class Aim:
    """The power fails before one of so many writes, syncs and changes of names, counted from a folder's making on.

    Without a mark some of them are those of the opening.
    """

    mark: str = ""
    steps: int = 900


class Work:
    """One disk, and a program that works on it until the power fails, over and over."""

    def __init__(self, folder: Path, program: str, seed: str, aim: Aim, *, is_lying: bool) -> None:
        """`program`: the module that works; `is_lying`: the disk says that it has synced and never does."""
        self._aim = aim
        self._chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
        self._folder = folder
        self._program = program
        self._seed = seed
        self._is_lying = is_lying
        self._said: Said = []
        self._disk = ForgetfulDisk()
        self._disk.make(f"/{_PROFILE}", is_folder=True)
        self._disk.sync(self._disk.root)

    def cut(self, number: int) -> Cut:
        """Work and fail; then look at a copy of what is left, so that the next work has to mend it by itself."""
        step = self._chance.randrange(1, self._aim.steps)
        said = self._until(step, f"{self._seed} {number}")
        self._said += said
        self._disk = self._disk.after_a_cut(self._chance)
        return Cut(step, said, self._look(self._disk.after_a_cut(self._chance)))

    def _until(self, step: int, seed: str) -> Said:
        switch = Switch(step, mark=self._aim.mark, is_lying=self._is_lying)
        with mounted(self._disk, self._folder, switch):
            program = self._start(self._program, seed)
            switch.on_cut = program.kill
            output, errors = program.communicate(timeout=PATIENCE_S)
        assert switch.is_off, f"the program ended by itself: {errors.decode()}"
        return words_of(output)

    def _look(self, disk: ForgetfulDisk) -> str:
        lines = "".join(" ".join(words) + "\n" for words in self._said)
        with mounted(disk, self._folder, Switch()):
            program = self._start("tests.store.said")
            _, errors = program.communicate(lines.encode(), timeout=PATIENCE_S)
        return errors.decode() if program.returncode else ""

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", module, str(self._folder / _PROFILE), *arguments]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, stderr=pipe)


def main(folder: str, program: str, seed: str, cuts: str, disk: str, *aim: str) -> int:
    """Cut so many times, or until something is lost; `disk` is an honest or a lying one."""
    aimed = Aim(aim[0], int(aim[1])) if aim else Aim()
    work = Work(Path(folder), program, seed, aimed, is_lying=disk == "lying")
    try:
        for number in range(int(cuts)):
            cut = work.cut(number)
            print(json.dumps(asdict(cut)), flush=True)
            if cut.problem:
                break
    except MountRefused:
        return MOUNT_REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

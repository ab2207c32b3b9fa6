"""A version of the program that is to be had, and which of two is newer; knows no file and no network."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){1,3}")


@dataclass(frozen=True, slots=True)
class Release:
    """`page` is where it can be had, `notes` one sentence of what is new; both for people, both may be empty."""

    version: str
    page: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        if not _VERSION.fullmatch(self.version):
            raise ValueError(f"no version: {self.version[:40]!r}")

    def is_newer_than(self, version: str) -> bool:
        """Whether it is newer than another version; `1.2` and `1.2.0` are the same."""
        return _numbers(self.version) > _numbers(version)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)

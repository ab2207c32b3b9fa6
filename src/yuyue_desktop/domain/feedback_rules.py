"""What the 18 digits of a declaration number show wrong before customs is asked (S30); knows no register."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from yuyue_desktop.domain import limits, numbers
from yuyue_desktop.domain.application import Application
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.rules import Problem

_BETWEEN = re.compile(r"[\s,;，；、|]+")


def list_problems(application: Application, numbers_given: Sequence[str]) -> Iterator[Problem]:
    """What stands against a whole list: that it is empty, or the first thing of each number up to the list's limit."""
    if not numbers_given:
        yield _problem(Code.DECLARATION_NUMBERS_MISSING)
    for place, number in enumerate(numbers_given):
        problem = number_problem(application, number, numbers_given[:place])
        if problem is not None:
            yield problem
        if place >= limits.DECLARATION_NUMBERS:
            return


def number_problem(application: Application, number: str, written: Collection[str] = ()) -> Problem | None:
    """The first thing that stands against adding `number` to those already `written`, None when nothing does."""
    if len(number) != numbers.DECLARATION_NUMBER_LENGTH:
        return _problem(Code.DECLARATION_NUMBER_LENGTH, count=len(number))
    if number in written:
        return _problem(Code.DECLARATION_NUMBER_REPEATED, number=number)
    if len(written) >= limits.DECLARATION_NUMBERS:
        return _problem(Code.DECLARATION_NUMBERS_TOO_MANY, limit=limits.DECLARATION_NUMBERS)
    return _digits_problem(application, number)


@dataclass(frozen=True, slots=True)
class TakenNumbers:
    """Of several numbers `added` may stand in the list; `left` may not, and `problem` is what the first of them has."""

    added: tuple[str, ...]
    left: tuple[str, ...] = ()
    problem: Problem | None = None


def split_numbers(text: str) -> tuple[str, ...]:
    """The numbers of a pasted list, parted by blanks, breaks, commas or the like; one number is one."""
    return tuple(part for part in _BETWEEN.split(numbers.narrowed(text)) if part)


def take_numbers(application: Application, text: str, written: Collection[str]) -> TakenNumbers:
    """Judge every number of a text one after the other: each that fits is added, none is lost."""
    added: list[str] = []
    left: list[str] = []
    first: Problem | None = None
    for number in split_numbers(text):
        problem = number_problem(application, number, (*written, *added))
        if problem is None:
            added.append(number)
        else:
            left.append(number)
            first = first or problem
    return TakenNumbers(tuple(added), tuple(left), first)


def _digits_problem(application: Application, number: str) -> Problem | None:
    try:
        shown = numbers.parse_declaration_number(number)
    except ValueError:
        return _problem(Code.DECLARATION_NUMBER_DIGITS)
    if not (application.is_import if shown.is_import else application.is_export):
        return _problem(Code.DECLARATION_NUMBER_FLAG, number=number)
    if shown.port != application.declaration_port:
        return _problem(Code.DECLARATION_NUMBER_PORT, number=number, port=application.declaration_port)
    return None


def _problem(code: Code, **params: str | int) -> Problem:
    return Problem("S30", "feedback", code, params=params)

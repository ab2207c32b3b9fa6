"""Pinyin of Chinese names: spelled when a table is made, matched when somebody types; knows no table."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

HAN = re.compile("[\u3400-\u9fff〇]")
"""A character that has a reading; every one of a name has exactly one syllable in its spelling."""

# Names of ports and regions that a reading by frequency gets wrong.
READINGS = {
    "闵行": "min hang",
    "长乐": "chang le",
    "长岛": "chang dao",
    "长白": "chang bai",
    "长宁": "chang ning",
    "长开": "chang kai",
    "珲长": "hun chang",
    "珲春": "hun chun",
    "朝阳": "chao yang",
    "重庆": "chong qing",
    "番禺": "pan yu",
    "乐从": "le cong",
}


def spelled(text: str) -> str:
    """The syllables of a name's Chinese characters, one each, without tones, separated by blanks; ü is v."""
    syllables = _speller()(text)
    if len(syllables) != len(HAN.findall(text)):
        raise ValueError(f"not one syllable for each character: {text}")
    return " ".join(syllables)


@cache
def _speller() -> Callable[[str], list[str]]:
    # Loaded here: built tables carry their spelling, so that the running program rarely needs the large dictionary.
    from pypinyin import lazy_pinyin, load_phrases_dict  # noqa: PLC0415

    load_phrases_dict({word: [[reading] for reading in readings.split()] for word, readings in READINGS.items()})
    return lambda text: lazy_pinyin(text, errors="ignore")


def typed_patterns(letters: str) -> tuple[re.Pattern[str], ...]:
    """What typed letters may stand for, best first, as patterns for `searchable` texts; none where not all are letters.

    First initials (pd) or syllables spelled out but for the last (pudo), then any mixture of both (pudjc).
    """
    if not (letters.isascii() and letters.isalpha()):
        return ()
    letters = letters.lower()
    exact = f" (?:{'[a-z]* '.join(letters)}|{' ?'.join(letters)})"
    mixed = f" {'(?:[a-z]* )?'.join(letters)}"
    return tuple(re.compile(pattern) for pattern in ((exact, mixed) if len(letters) > 1 else (mixed,)))


def searchable(spelling: str) -> str:
    """A spelling in which every syllable follows a blank, so that a pattern can begin with one."""
    return f" {spelling}"


def span(text: str, spelling: str, found: re.Match[str]) -> tuple[int, int]:
    """Where in `text` the syllables lie that a pattern found in its searchable spelling, as (start, length)."""
    places = [place.start() for place in HAN.finditer(text)]
    before = searchable(spelling)[: found.start() + 1].count(" ") - 1
    last = searchable(spelling)[: found.end()].count(" ") - 1
    return places[before], places[last] - places[before] + 1

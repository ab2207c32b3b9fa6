"""Strict reading of JSON that a company's own system wrote (B11); knows no command and no meaning of the fields."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from typing import Any, NoReturn, TypeVar

from yuyue_desktop.domain.errors import Code, YuyueError, user_error

Value = TypeVar("Value")

MOST_SIGNS_SHOWN = 60
"""So much of a name that is none of ours goes into a message."""


def json_object(text: bytes) -> dict[str, Any]:
    """The object that a UTF-8 text holds, with or without a byte order mark.

    No name may stand twice in an object, and no number may be one that other systems can't hold.

    Raises:
        YuyueError: INPUT_NOT_JSON, for any bytes that are not one JSON object.
    """
    try:
        found = _DECODER.decode(text.decode("utf-8-sig"))
    except YuyueError:
        raise
    except UnicodeDecodeError as error:
        raise not_json("不是 UTF-8 编码") from error
    except json.JSONDecodeError as error:
        raise not_json(f"第 {error.colno} 个字符附近看不懂") from error
    except RecursionError as error:
        raise not_json("嵌套太深") from error
    except ValueError as error:  # a whole number of thousands of digits
        raise not_json("有太长的数") from error
    if not isinstance(found, dict):
        raise not_json("最外层不是 {}")
    return found


def not_json(reason: str) -> YuyueError:
    """The error for a text that is no JSON object."""
    return user_error(Code.INPUT_NOT_JSON, reason=reason)


def shown_name(name: str) -> str:
    """A name out of somebody's file as a message can hold it: in one line, visible, and not too long."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name[:MOST_SIGNS_SHOWN])
    return (seen + "…" if len(name) > MOST_SIGNS_SHOWN else seen) or '""'


def require_names(found: dict[str, Any], names: Collection[str], place: str = "") -> None:
    """Raise INPUT_FIELD_MISSING or INPUT_FIELD_UNKNOWN unless an object has exactly these names."""
    for name in names:
        if name not in found:
            raise user_error(Code.INPUT_FIELD_MISSING, field=place + name)
    for name in found:
        if name not in names:
            raise user_error(Code.INPUT_FIELD_UNKNOWN, field=place + shown_name(name))


def required(value: object, kind: type[Value], field: str, wanted: str) -> Value:
    """The value if it is of a kind; raises INPUT_FIELD_WRONG naming the field. True and false are no numbers here."""
    if type(value) is not kind:
        raise wrong(field, wanted)
    return value


def wrong(field: str, wanted: str) -> YuyueError:
    """The error for a field that is not what it should be."""
    return user_error(Code.INPUT_FIELD_WRONG, field=field, wanted=wanted)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise not_json("有重名的项")
    return found


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise not_json("有太大的数")
    return number


def _no_number(word: str) -> NoReturn:
    raise not_json(f"{word} 不是 JSON 的数")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=_finite, parse_constant=_no_number)

"""An application written as a JSON file by the company's own system (B11): read, and judged with its attachments.

Opens no file itself: bytes and measured attachments are brought by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yuyue_desktop.domain import rules
from yuyue_desktop.domain.application import Application, ApplicationId, GoodsItem
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.fields import BY_NAME
from yuyue_desktop.domain.limits import APPLICATION_FILE_BYTES, FIELD_CHARACTERS
from yuyue_desktop.domain.numbers import narrowed
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Severity, Surroundings, kilobytes
from yuyue_desktop.services.json_input import json_object, shown_name

TEXTS = (
    "trader",
    "contact_name",
    "contact_mobile",
    "declaration_port",
    "entry_exit_port",
    "transport_mode",
    "window_start",
    "reason",
)
FLAGS = {"import": "is_import", "export": "is_export"}
"""Names in the file whose attribute of Application is called otherwise."""
LISTS = ("goods", "attachments")
ROW_TEXTS = {"hs_code": "goods_code", "name": "goods_name"}
"""Names in a goods row, and the field of the catalogue that they fill."""


@dataclass(frozen=True, slots=True)
class ApplicationFile:
    """What a file holds: `application` without attachments, their paths, and what is wrong with the file itself."""

    application: Application
    attachments: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_application_file(content: bytes, id_: ApplicationId, declarant: str = "") -> ApplicationFile:
    """Read a file; what has the wrong type counts as empty and is told in `problems`, what is absent is empty.

    Raises:
        YuyueError: INPUT_NOT_JSON, INPUT_TOO_LARGE.
    """
    if len(content) > APPLICATION_FILE_BYTES:
        raise user_error(Code.INPUT_TOO_LARGE, size=kilobytes(len(content)), limit=kilobytes(APPLICATION_FILE_BYTES))
    found = json_object(content)
    wrong: list[Problem] = [_unknown(shown_name(name)) for name in found if name not in {*TEXTS, *FLAGS, *LISTS}]
    texts = {name: _text(found, name, name, wrong) for name in TEXTS}
    flags = {FLAGS[name]: _flag(found, name, wrong) for name in FLAGS}
    goods = tuple(_goods_item(row, place, wrong) for place, row in enumerate(_list(found, "goods", wrong), 1))
    paths = _list(found, "attachments", wrong)
    if not all(isinstance(path, str) for path in paths):
        wrong.append(_wrong("attachments", "attachments", "文件路径的列表"))
    application = Application(id_, declarant, **texts, goods=goods, **flags)  # type: ignore[arg-type]
    return ApplicationFile(application, tuple(path for path in paths if isinstance(path, str)), tuple(wrong))


def judge_application_file(
    file: ApplicationFile, around: Surroundings, reports: Sequence[PdfReport]
) -> tuple[Problem, ...]:
    """Everything wrong with a file: its form, the rules of the form, and its attachments as they were measured."""
    return _judged(file, reports, lambda application: rules.check(application, around))


def judge_draft_file(file: ApplicationFile, around: Surroundings, reports: Sequence[PdfReport]) -> tuple[Problem, ...]:
    """What is wrong with a file that is to become no more than a draft, which may be incomplete (S21)."""
    return _judged(file, reports, lambda application: rules.ill_formed(application, around))


def _judged(
    file: ApplicationFile, reports: Sequence[PdfReport], judge: Callable[[Application], Sequence[Problem]]
) -> tuple[Problem, ...]:
    application = replace(file.application, attachments=tuple(report.attachment for report in reports))
    misread = {problem.field for problem in file.problems}
    by_rules = [
        problem for problem in judge(application) if not (problem.severity is Severity.GAP and problem.field in misread)
    ]
    measured = [problem for report in reports for problem in report.problems if problem not in by_rules]
    return (*file.problems, *by_rules, *measured)


def file_name(field: str) -> str:
    """How a field of the catalogue is called in the file."""
    return next((name for name, attribute in FLAGS.items() if attribute == field), field)


def _text(found: dict[str, Any], name: str, field: str, wrong: list[Problem], place: str = "") -> str:
    value = found.get(name, "")
    if not isinstance(value, str) or len(value) > FIELD_CHARACTERS:
        wanted = f"文字，最多 {FIELD_CHARACTERS} 个字符" if isinstance(value, str) else "文字"
        wrong.append(_wrong("goods" if field in ROW_TEXTS.values() else name, place + name, wanted))
        return ""
    return narrowed(value) if BY_NAME[field].is_narrow else value


def _flag(found: dict[str, Any], name: str, wrong: list[Problem]) -> bool:
    value = found.get(name, False)
    if not isinstance(value, bool):
        # Both flags are one field to the rules.
        wrong.append(_wrong("is_import", name, " true 或 false"))
    return value is True


def _list(found: dict[str, Any], name: str, wrong: list[Problem]) -> list[Any]:
    value = found.get(name, [])
    if not isinstance(value, list):
        wrong.append(_wrong(name, name, "列表"))
        return []
    return value


def _goods_item(row: object, place: int, wrong: list[Problem]) -> GoodsItem:
    if not isinstance(row, dict):
        wrong.append(_wrong("goods", f"goods[{place}]", ' {"hs_code": …, "name": …}'))
        return GoodsItem("", "")
    wrong += [_unknown(f"goods[{place}].{shown_name(name)}", "goods") for name in row if name not in ROW_TEXTS]
    code, name = (_text(row, name, field, wrong, f"goods[{place}].") for name, field in ROW_TEXTS.items())
    return GoodsItem(code, name)


def _unknown(name: str, field: str = "") -> Problem:
    return Problem("B11", field or name, Code.INPUT_FIELD_UNKNOWN, params={"field": name})


def _wrong(field: str, name: str, wanted: str) -> Problem:
    return Problem("B11", field, Code.INPUT_FIELD_WRONG, params={"field": name, "wanted": wanted})

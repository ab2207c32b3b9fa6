"""What is made of an index's answer on vulnerabilities: its silence is never taken for good news."""

from __future__ import annotations

import json

from devtools import audit
from devtools.audit import AuditExit
from devtools.environment import locked_names
from devtools.places import LOCK

CLEAN = {"name": "alembic", "version": "1.20.1", "vulns": []}
UNKNOWN = {"name": "zipp", "skip_reason": "Dependency not found on PyPI and could not be audited: zipp (4.1.2)"}
HARMFUL = {
    "name": "requests",
    "version": "2.1.0",
    "vulns": [{"id": "PYSEC-2014-13", "fix_versions": ["2.3.0"], "aliases": ["CVE-2014-1829"], "description": "long"}],
}


def answered(*dependencies: object) -> audit.Answers:
    """The answers in an answer of the tool's form."""
    answers = audit.read(json.dumps({"dependencies": dependencies, "fixes": []}))
    assert answers is not None
    return answers


def test_every_locked_package_is_asked_about() -> None:
    locked = LOCK.read_text(encoding="utf-8")
    assert {pin.partition("==")[0] for pin in audit.pinned(locked)} == locked_names(locked)
    assert all(len(pin.split("==")) == 2 for pin in audit.pinned(locked))


def test_a_clean_lock() -> None:
    answers = answered(CLEAN)
    assert answers.exit_code() is AuditExit.CLEAN
    assert audit.lines(answers) == ["1 packages asked about, 0 known vulnerabilities"]


def test_a_vulnerability_is_told_with_what_mends_it() -> None:
    answers = answered(CLEAN, HARMFUL, UNKNOWN)
    assert answers.exit_code() is AuditExit.VULNERABLE
    assert audit.lines(answers)[0] == "requests: PYSEC-2014-13, CVE-2014-1829: mended in 2.3.0"


def test_an_index_that_knows_nothing_is_no_good_news() -> None:
    answers = answered(UNKNOWN)
    assert answers.exit_code() is AuditExit.UNANSWERED
    assert audit.lines(answers) == ["The index said nothing of 1 packages: nothing is known of these"]


def test_one_silence_among_answers_is_told() -> None:
    answers = answered(CLEAN, UNKNOWN)
    assert answers.exit_code() is AuditExit.UNANSWERED
    assert len(audit.lines(answers)) == 2


def test_no_answer_at_all() -> None:
    assert audit.read("") is None
    assert audit.Answers({}, ("zipp",)).exit_code() is AuditExit.UNANSWERED

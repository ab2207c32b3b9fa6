"""A short seeded run of `dev.py chaos` over the real parts, and that its verdict sees what it looks for (B1, B2)."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.bench import Bench, Terms
from tests.chaos.books import AtCustoms, CustomsBooks
from tests.chaos.faults import OF_NETWORK, OF_PROCESSES, Fault, Kind, plan
from tests.chaos.journal import Journal
from tests.chaos.report import Findings, last_line
from tests.chaos.saves import Save, words_of
from tests.chaos.verdict import Verdict
from yuyue_desktop.domain.application import ApplicationId, Status, Step
from yuyue_desktop.store.reader import Reader
from yuyue_practice.seed import DECLARANT, TRADER

SEED, LONG_SEEDS = 20260928, range(5)
WORK_S, LONG_WORK_S = 20.0, 300.0
LONG_LEAST = 100
"""How many faults and how many declarations a long run must come to: 20 for each minute of it."""
BUSY_AGE_S = 10.0
"""How old a key must be here: how quick a busy machine is, is not what is tested."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """After a short run, all at rest; the gateway's books can still be read."""
    with Bench(tmp_path_factory.mktemp("chaos"), Terms(SEED, WORK_S, BUSY_AGE_S)) as bench:
        bench.work()
        bench.settle()
        yield bench


def test_nothing_is_lost_doubled_or_wrong(bench: Bench) -> None:
    declarations = bench.judge()
    assert not bench.verdict.findings.lines()
    assert declarations >= 1
    assert bench.tally.total >= len(OF_PROCESSES)


def test_nothing_personal_lies_in_plain_beside_the_store_nor_in_its_logs(bench: Bench) -> None:
    folder = bench.store_file.parent
    written = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    typed = ["13800000001", "由企业系统申报", "06031100", "鲜切玫瑰", TRADER, DECLARANT, "yunling", bench.pin]
    typed += [bench.key.hex(), *bench.journal.declared]
    hidden = ["李想".encode(), *(text.encode(kind) for text in typed for kind in ("utf-8", "utf-16-le", "gb18030"))]
    assert [needle for needle in hidden for content in written if needle in content] == []
    logs = b"".join(file.read_bytes() for file in (folder / "logs").iterdir())
    assert b"link up" in logs


@pytest.mark.long
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_nothing_is_lost_doubled_or_wrong_for_a_long_time(tmp_path: Path, seed: int) -> None:
    with Bench(tmp_path, Terms(seed, LONG_WORK_S, BUSY_AGE_S, LONG_LEAST)) as bench:
        bench.work()
        bench.settle()
        declarations = bench.judge()
    print(*words_of(bench.journal.saves), last_line(bench.tally.total, declarations, bench.verdict.findings), sep="\n")
    assert not bench.verdict.findings.lines()
    assert declarations >= LONG_LEAST
    assert bench.tally.total >= LONG_LEAST


def _taken(kinds: tuple[Kind, ...], seed: int) -> list[Fault]:
    return list(itertools.islice(plan(seed, kinds), 200))


def test_the_same_seed_gives_the_same_faults_and_every_kind() -> None:
    for kinds in (OF_NETWORK, OF_PROCESSES):
        assert _taken(kinds, 7) == _taken(kinds, 7) != _taken(kinds, 8)
        assert {fault.kind for fault in _taken(kinds, 7)[: len(kinds)]} == set(kinds)
    assert {*OF_NETWORK, *OF_PROCESSES} == set(Kind)


class TestTheVerdict:
    """Each kind of harm, planted after the run."""

    @pytest.fixture
    def judge(self, bench: Bench) -> Iterator[Judge]:
        judge = Judge(bench)
        yield judge
        judge.close()

    def test_sees_a_key_that_was_lost(self, judge: Judge) -> None:
        judge.type_into(judge.some_id, "reason", "'more than is there'")
        judge.verdict.after_a_kill(judge.reader, at=1000.0)
        assert len(judge.findings.lost) == 1

    def test_lets_a_key_of_the_last_second_go(self, judge: Judge) -> None:
        judge.type_into(judge.some_id, "reason", "'more than is there'")
        judge.verdict.after_a_kill(judge.reader, at=0.5)
        assert judge.findings.are_none

    def test_sees_a_draft_that_vanished(self, judge: Judge) -> None:
        judge.type_into("nowhere", "reason", "'急'")
        judge.verdict.after_a_kill(judge.reader, at=1000.0)
        assert len(judge.findings.lost) == 1

    def test_sees_a_declaration_that_never_came(self, judge: Judge) -> None:
        judge.journal.declared["nowhere"] = "item"
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.lost) == 1

    def test_sees_a_second_submission(self, judge: Judge) -> None:
        known = judge.customs[judge.some_id]
        judge.customs[judge.some_id] = replace(known, answers=((Step.DECLARE, True), (Step.DECLARE, False)))
        judge.know()
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.doubled) == 1

    def test_sees_the_same_application_twice(self, judge: Judge) -> None:
        judge.customs["twin"] = judge.customs[judge.some_id]
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.doubled) == 1

    def test_sees_a_receipt_that_is_missing_here(self, judge: Judge) -> None:
        known = judge.customs[judge.some_id]
        judge.customs[judge.some_id] = replace(known, receipts=(*known.receipts, known.receipts[-1]))
        judge.know()
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.wrong) == 1

    def test_sees_what_customs_forgot_and_nobody_told_her(self, judge: Judge) -> None:
        judge.journal.declared[judge.some_id] = "item"
        judge.know()
        judge.verdict.forgotten.add(judge.some_id)
        judge.verdict.at_the_end(judge.reader, {})
        assert len(judge.findings.lost) == 2

    def test_sees_a_deleted_draft_that_is_there_again(self, judge: Judge) -> None:
        judge.know()
        judge.journal.doomed.add(judge.some_id)
        judge.journal.deleted.add(judge.some_id)
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.wrong) == 1

    def test_sees_a_step_that_went_twice(self, judge: Judge) -> None:
        known = judge.customs[judge.some_id]
        judge.customs[judge.some_id] = replace(known, answers=(*known.answers, *[(Step.EXPLAIN, True)] * 2))
        judge.know()
        judge.verdict.at_the_end(judge.reader, judge.customs)
        assert len(judge.findings.doubled) == 1

    def test_sees_other_content_and_status(self, judge: Judge) -> None:
        known = judge.customs[judge.some_id]
        changed = replace(known.content, reason="改过")
        judge.know()
        for wrong in (replace(known, content=changed), replace(known, status=Status.RETURNED)):
            judge.customs[judge.some_id] = wrong
            judge.findings.wrong.clear()
            judge.verdict.at_the_end(judge.reader, judge.customs)
            assert len(judge.findings.wrong) == 1


class Judge:
    """A fresh journal and verdict over what a run left."""

    def __init__(self, bench: Bench) -> None:
        self.journal = Journal()
        self.verdict = Verdict(self.journal, age_s=1.0)
        self.findings = self.verdict.findings
        self.reader = Reader(bench.store_file, bench.key)
        books = CustomsBooks(bench.office_folder)
        every = books.applications(DECLARANT)
        books.close()
        self.some_id = ApplicationId(next(each for each, known in every.items() if known.declarations))
        # Only what a test is about counts: this journal knows of nothing else.
        self.customs: dict[str, AtCustoms] = {self.some_id: every[self.some_id]}
        self.know()

    def close(self) -> None:
        self.reader.close()

    def know(self) -> None:
        """The clerk wrote it."""
        self.journal.drafts[self.some_id].saved_at = 0.0

    def type_into(self, application_id: str, name: str, value: str) -> None:
        """A key a quarter of a second after the beginning of time."""
        line = {"act": "typed", "at": 0.25, "id": application_id, "name": name, "value": value}
        self.journal.take(json.dumps(line).encode())


def test_a_save_is_measured_from_the_first_key_in_it_to_its_commit_unless_the_disk_refused_it() -> None:
    journal = Journal()

    def take(act: str, at: float, **facts: object) -> None:
        journal.take(json.dumps({"act": act, "at": at, "id": "a", **facts}).encode())

    take("typed", 1.0, name="reason", value="'急'")
    take("committed", 2.0, typed_at=1.0, asked_at=1.5, starved_s=[0.125, 0.25])
    assert journal.saves == [Save(0.5, 0.5, (0.125, 0.25))]
    journal.disk_refuses(3.5)
    take("committed", 9.0, typed_at=3.0, asked_at=3.25, starved_s=[0.0, 0.0])
    assert len(journal.saves) == 1
    take("committed", 9.5, typed_at=9.0, asked_at=9.25, starved_s=[0.0, 0.0])
    assert len(journal.saves) == 2


def test_the_last_line_is_what_programs_read() -> None:
    findings = Findings(lost=["a"], wrong=["b", "c"])
    assert last_line(40, 30, findings) == "faults=40 declarations=30 lost=1 doubled=0 wrong=2"

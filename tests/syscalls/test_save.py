"""Each system call of a save fails in its turn, or the process ends there (B2)."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.store.parts import OpenStore, make_application, make_attachment
from tests.syscalls.saving_program import AFTER, BEFORE, LARGE
from tests.syscalls.tracing import Ended, Injection, run_traced

CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "openat", "rename", "unlink", "fallocate")
EFFECTS = ("EIO", "ENOSPC", "SIGKILL")
SAMPLE = 8
"""So many of all in the ordinary run."""
MOST = 30
"""A large file takes thousands of writes of one kind: so many at each end and so many between are failed."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


class Saving:
    """A store with one draft, and the program that saves it anew."""

    def __init__(self, folder: Path, what: str) -> None:
        self._folder, self._what = folder, what
        self.is_after = False

    def run(self, inject: Injection | None) -> Ended:
        """One save in a store of its own, and a look at what is there then."""
        number = len(list(self._folder.iterdir()))
        folder = self._folder / str(number)
        store = OpenStore(folder)
        application = store.save(make_application(reason=BEFORE)).application
        store.close()
        ended = run_traced("tests.syscalls.saving_program", [folder, self._what, application.id], CALLS, inject)
        again = OpenStore(folder)
        try:
            again.reader.check()
            reason = again.read(application.id).application.reason
            kept = again.reader.attachment(make_attachment(LARGE).sha256)
        finally:
            again.close()
        assert reason in (BEFORE, AFTER)
        assert kept in (None, LARGE)
        is_saved = (reason == AFTER) if self._what == "draft" else (kept == LARGE)
        assert is_saved or ended.said is None or ended.said["outcome"] != "saved", ended
        return ended


def list_injections(whole: Ended) -> list[Injection]:
    """The calls of a run in which nothing failed, with each effect."""
    numbered = [(call, count) for call in CALLS for count in _spread(whole.calls[call])]
    return [Injection(call, count, effect) for call, count in numbered for effect in EFFECTS]


def _spread(most: int) -> list[int]:
    """Each number up to `most`, of very many the first, the last and some of all between."""
    every = range(1, most + 1)
    return sorted({*every[:MOST], *every[-MOST:], *every[:: max(most // MOST, 1)]})


def assert_told(ended: Ended, inject: Injection) -> None:
    """Either it did no harm, or the clerk is told in Chinese; a killed program says nothing."""
    assert "Traceback" not in ended.errors, (inject, ended.errors)
    if inject.effect == "SIGKILL" and ended.said is None:
        return
    assert ended.said is not None, (inject, ended)
    if not ended.said["outcome"]:
        assert ended.said["code"].startswith("store_"), (inject, ended)
        assert _CHINESE.search(ended.said["title"]), (inject, ended)
        assert _CHINESE.search(ended.said["advice"]), (inject, ended)


@pytest.fixture(params=["draft", "file"])
def saving(request: pytest.FixtureRequest, tmp_path: Path) -> Saving:
    return Saving(tmp_path, request.param)


def _sweep(saving: Saving, sample: int | None) -> None:
    whole = saving.run(None)
    assert whole.said == {"outcome": "saved"}
    assert whole.calls["pwrite64"] > 1
    assert whole.calls["fdatasync"] + whole.calls["fsync"] > 0
    injections = list_injections(whole)
    chosen = injections if sample is None else random.Random(1).sample(injections, min(sample, len(injections)))  # noqa: S311
    outcomes = set()
    for inject in chosen:
        ended = saving.run(inject)
        assert_told(ended, inject)
        outcomes.add("killed" if ended.said is None else ended.said["outcome"] or ended.said["code"])
    assert outcomes - {"saved"}, "nothing that was injected had any effect"


def test_some_calls_of_a_save_fail(saving: Saving) -> None:
    _sweep(saving, SAMPLE)


@pytest.mark.long
def test_every_call_of_a_save_fails(saving: Saving) -> None:
    _sweep(saving, None)

"""A clerk at work in a process of her own, which is killed: the whole program but its pages, driven without a pause.

She signs in with her card, types, leaves drafts, declares, and says on her output what she did and what she was told.
Orders come as lines on the standard input: `kill before N`, `kill after N` (commits), `finish`, `end`.
"""

from __future__ import annotations

import json
import logging
import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.chaos.books import FITTING_DECLARATION
from tests.chaos.kill_points import KillPoints
from tests.chaos.spoken_saving import SpokenSaving
from yuyue_desktop.bootstrap import Program
from yuyue_desktop.domain.application import ApplicationRecord, Attachment, GoodsItem, Status, Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.profiles import load_profile
from yuyue_desktop.services.drafting import Editing, Entered
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.form_saving import FormSaving
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_practice.seed import TRADER

STEP_MS = 4
BESIDE = "李想"
"""Who is named in what the company's own system declares: that is not hers to touch."""
KEY_S = (0.0, 0.0, 0.0, 0.03)
"""Between two keys, drawn for each application: nobody types as fast, but what is picked or pasted comes so."""
AGAIN_S = 0.5
LETTERS = "鲜活易腐冷冻急件花卉水产草莓樱桃"
FIELDS: tuple[tuple[str, Entered], ...] = (
    ("trader", TRADER),
    ("contact_mobile", "13800000001"),
    ("declaration_port", "2210"),
    ("entry_exit_port", "2233"),
    ("transport_mode", "5"),
    ("window_start", "2026-10-03T10:00"),
    ("is_import", True),
    ("goods", (GoodsItem("06031100", "鲜切玫瑰"),)),
)
"""What is picked rather than typed."""

Script = Iterator[Callable[[], bool]]
"""Yields what to wait for before it goes on."""


def say(act: str, **facts: object) -> None:
    """One line out of this process at once, with the moment by the clock that all processes share."""
    line = json.dumps({"act": act, "at": time.monotonic(), **facts}, ensure_ascii=False)
    os.write(1, f"{line}\n".encode())


class QuietSurface(Surface):
    """Says on the output what the window would say in a dialog."""

    def tell(self, error: YuyueError) -> None:
        said = error_words(error)
        say("told", code=error.code.value, title=said.title, advice=said.advice)


@dataclass(frozen=True, slots=True)
class Means:
    """What a clerk works with."""

    program: Program
    surface: Surface
    pin: str
    files: tuple[Path, ...]
    chance: random.Random


class Clerk(QObject):
    """Works through her script on the window thread, never waiting in it."""

    def __init__(self, means: Means) -> None:
        super().__init__()
        self._program, self._surface, self._chance = means.program, means.surface, means.chance
        self._means = means
        self.is_finishing = False
        self.is_ended = False
        self._script = self._day()
        self._until: Callable[[], bool] = lambda: True
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()

    def _go_on(self) -> None:
        if self._until():
            try:
                self._until = next(self._script)
            except StopIteration:
                QApplication.quit()

    def _day(self) -> Script:
        self._place: Workplace
        yield from self._sign_in()
        while not self.is_finishing:
            yield from self._one_thing()
        yield lambda: self.is_ended

    def _sign_in(self) -> Script:
        while True:
            signing_in = self._program.signing_in.with_card(self._means.pin)
            yield signing_in.done
            error = _error(signing_in)
            if error is None:
                session = signing_in.result()
                self._place = self._program.workplace(session)
                say("ready", is_online=session.is_online)
                return
            say("told", code=error.code.value, **_words(error))
            yield _after(AGAIN_S)

    def _one_thing(self) -> Script:
        """Mostly an application; sometimes what comes after one."""
        drawn = self._chance.random()
        if drawn < 0.75:
            yield from self._one_application()
        elif drawn < 0.83:
            yield from self._delete_one()
        else:
            yield from self._one_step()

    def _delete_one(self) -> Script:
        left = self._left()
        if left:
            draft = self._chance.choice(left).id
            say("deleting", id=draft)
            deleting = self._place.drafting.delete(draft)
            yield deleting.done
            refused = _error(deleting)
            if refused is None:
                say("deleted", id=draft)
            else:
                say("told", code=refused.code.value, **_words(refused))

    def _one_step(self) -> Script:
        """Cancel, feed back or explain one that customs has approved."""
        company, asked = self._place.session.company.customs_code, ApplicationQuery(status=Status.APPROVED)
        approved = [each for each in self._program.reader.records(company, asked) if not self._is_locked(each)][:20]
        if not approved:
            return
        record, declaring = self._chance.choice(approved), self._place.declaring
        acts: dict[Step, Callable[[], Future[OutboxItem]]] = {
            Step.CANCEL: lambda: declaring.cancel(record),
            Step.FEED_BACK: lambda: declaring.feed_back(record, [FITTING_DECLARATION]),
            Step.EXPLAIN: lambda: declaring.explain(record, "航班延误，货物晚到"),
        }
        step = self._chance.choice([each for each in acts if each is not Step.EXPLAIN or not record.is_explained])
        try:
            enqueuing = acts[step]()
        except YuyueError as error:
            say("told", code=error.code.value, **_words(error))
            return
        yield enqueuing.done
        refused = _error(enqueuing)
        if refused is None:
            say("stepped", step=step.value)
        else:
            say("told", code=refused.code.value, **_words(refused))
            if refused.code in (Code.CARD_NOT_LOGGED_IN, Code.CARD_CHANGED):
                yield from self._sign_in()

    def _is_locked(self, record: ApplicationRecord) -> bool:
        return bool(self._program.reader.open_items(record.id))

    def _left(self) -> list[ApplicationRecord]:
        """Drafts that an earlier day left."""
        company = self._place.session.company.customs_code
        drafts = self._program.reader.drafts(company)
        return [each for each in drafts if each.application.contact_name != BESIDE and not self._is_locked(each)]

    def _one_application(self) -> Script:
        editing = self._begin()
        saving = SpokenSaving(self._surface, editing, self._place.drafting.notebook(editing.id), self, say)
        saving.kept.connect(lambda _: self._note_kept(editing))
        saving.failed.connect(lambda error: say("save failed", id=editing.id, code=error.code.value))
        self._key_s = self._chance.choice(KEY_S)
        yield from self._write(editing, saving)
        yield from self._keep(saving)
        if self._chance.random() < 0.85:
            yield from self._declare(editing)
        elif self._chance.random() < 0.4:
            kept = self._place.drafting.keep_at_gateway(editing.id)
            yield kept.done
        saving.end()
        saving.deleteLater()

    def _begin(self) -> Editing:
        """A draft that an earlier day left, or a new one."""
        left = self._left()
        if left and self._chance.random() < 0.6:
            return self._place.drafting.open(self._chance.choice(left).id)
        return self._place.drafting.new()

    def _write(self, editing: Editing, saving: FormSaving) -> Script:
        for name, value in FIELDS:
            yield from self._enter(editing, saving, name, value)
        for name, length in (("contact_name", 6), ("reason", self._chance.randrange(8, 40))):
            text = ""
            for _ in range(length):
                text += self._chance.choice(LETTERS)
                yield from self._enter(editing, saving, name, text)
        if self._chance.random() < 0.2:
            yield from self._attach(editing, saving)

    def _enter(self, editing: Editing, saving: FormSaving, name: str, value: Entered) -> Script:
        try:
            editing.change(name, value)
        except YuyueError as error:
            say("told", code=error.code.value, **_words(error))
            return
        say("typed", id=editing.id, name=name, value=repr(value))
        saving.note_change()
        yield _after(self._key_s)

    def _attach(self, editing: Editing, saving: FormSaving) -> Script:
        present = editing.state().application.attachments
        adding: Future[Attachment] = self._place.attaching.add(present, self._chance.choice(self._means.files))
        yield adding.done
        refused = _error(adding)
        if refused is None:
            yield from self._enter(editing, saving, "attachments", (*present, adding.result()))
        else:
            say("told", code=refused.code.value, **_words(refused))

    def _keep(self, saving: FormSaving) -> Script:
        saving.flush()
        yield lambda: not saving.is_unsaved

    def _declare(self, editing: Editing) -> Script:
        known_by = time.monotonic() + AGAIN_S
        yield lambda: time.monotonic() > known_by or editing.state().is_calendar_known
        try:
            declaring = self._place.declaring.declare(editing)
        except YuyueError as error:
            say("told", code=error.code.value, **_words(error))
            return
        yield declaring.done
        refused = _error(declaring)
        if refused is None:
            say("declared", id=editing.id, item=declaring.result().id)
        else:
            say("told", code=refused.code.value, **_words(refused))
            if refused.code in (Code.CARD_NOT_LOGGED_IN, Code.CARD_CHANGED):
                yield from self._sign_in()

    def _note_kept(self, editing: Editing) -> None:
        if not editing.is_unsaved:
            say("saved", id=editing.id)


def _error(future: Future[Any]) -> YuyueError | None:
    error = future.exception()
    if error is not None and not isinstance(error, YuyueError):
        raise error
    return error


def _words(error: YuyueError) -> dict[str, str]:
    said = error_words(error)
    return {"title": said.title, "advice": said.advice}


def _after(seconds: float) -> Callable[[], bool]:
    moment = time.monotonic() + seconds
    return lambda: time.monotonic() >= moment


def _obey(clerk: Clerk, points: KillPoints) -> None:
    """Take orders until the input ends."""
    for line in sys.stdin:
        match line.split():
            case ["kill", when, count]:
                points.arm(int(count), is_before=when == "before")
            case ["finish"]:
                clerk.is_finishing = True
            case ["end"]:
                clerk.is_finishing = clerk.is_ended = True


def main(profile_file: str, key: str, seed: str, *files: str) -> None:
    """Work in a profile until killed or told to end."""
    logging.basicConfig(level=logging.ERROR)
    points = KillPoints()
    application = QApplication([])
    bridge = EventBridge()
    profile = load_profile(Path(profile_file))
    program = Program(profile, bytes.fromhex(key), bridge.publish)
    program.start()
    say("opened")
    surface = QuietSurface(Look(), QWidget(), bridge, program.clock, is_practice=True)
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    clerk = Clerk(Means(program, surface, profile.practice_pin, tuple(map(Path, files)), chance))
    threading.Thread(target=_obey, args=(clerk, points), daemon=True).start()
    application.exec()
    bridge.close()
    program.stop()
    say("stopped")


if __name__ == "__main__":
    main(*sys.argv[1:])

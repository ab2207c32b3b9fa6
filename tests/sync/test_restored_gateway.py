"""A gateway that comes back with an older copy of its books or empty ones: nothing is missed, nothing sent again."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.clerk import new_application
from tests.gateway.conftest import RunningOffice, StartOffice, fresh_office, start_office
from tests.gateway.practice_card import MemoryCard
from tests.sync.test_with_practice import CARD_NUMBER, USER, Machine
from yuyue_desktop.domain.application import Application, ApplicationId, Status
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_practice.office import DATABASE_FILE
from yuyue_practice.officer import OfficerMode
from yuyue_practice.seed import DECLARANT, PASSWORD

__all__ = ["fresh_office", "start_office"]

COPY = "copy.sqlite"


class Place:
    """An office that is closed, changed and opened again at one address, and a clerk's machine beside it."""

    def __init__(self, folder: Path, start: StartOffice) -> None:
        self._folder, self._start = folder, start
        self._key = secrets.token_bytes(32)
        (folder / "machine").mkdir()
        self._office: RunningOffice = start(OfficerMode.AUTO)
        self._card: MemoryCard = self._office.card(CARD_NUMBER)
        self.machine = self._new_machine()

    def close(self) -> None:
        """Close the program and the office."""
        self.machine.stop()
        self._office.stop()

    def keep_copy(self) -> None:
        """Copy the books as they are."""
        self.close()
        shutil.copyfile(self._folder / DATABASE_FILE, self._folder / COPY)
        self._open_again()

    def restore_copy(self) -> None:
        """From now on the books are the copy's."""
        self.close()
        shutil.copyfile(self._folder / COPY, self._folder / DATABASE_FILE)
        self._open_again()

    def lose_books(self) -> None:
        """From now on the books are empty; customs registers the card again."""
        self.close()
        (self._folder / DATABASE_FILE).unlink()
        self._open_again(is_card_unknown=True)

    def declare_and_close(self, application: Application) -> ItemId:
        """Declare with a program that sends nothing, and end it."""
        self.machine.stop()
        self.machine = Machine(self._folder / "machine", self._key, self._office, self._card)
        return self.machine.declare(application)

    def declared(self) -> ApplicationId:
        """An application that customs has approved and that is known here."""
        application = new_application()
        self.machine.declare(application)
        self.machine.wait_until(lambda: self.machine.status(application.id) is Status.APPROVED)
        return application.id

    def words(self, application_id: ApplicationId) -> list[str]:
        """An application's receipts: their statuses, and the codes of remarks made here."""
        receipts = self.machine.reader.receipts(application_id)
        return [receipt.code or receipt.status.value for receipt in receipts]

    def numbers(self, application_id: ApplicationId) -> list[int]:
        """The numbers of what customs answered."""
        return [receipt.cursor for receipt in self.machine.reader.receipts(application_id) if not receipt.code]

    def drafts_at_the_gateway(self) -> set[ApplicationId]:
        """What another machine would find."""
        day = self.machine.clock.now().date()
        found = self.machine.gateway.query(ApplicationQuery(status=Status.DRAFT, applied_from=day, applied_to=day))
        return {record.id for record in found}

    def _open_again(self, *, is_card_unknown: bool = False) -> None:
        self._office = self._start(OfficerMode.AUTO, port=self._office.port)
        if is_card_unknown:
            self._office.office.add_card(CARD_NUMBER, DECLARANT, "李想", self._card.certificate)
        self.machine = self._new_machine()

    def _new_machine(self) -> Machine:
        machine = Machine(self._folder / "machine", self._key, self._office, self._card)
        machine.gateway.sign_in_with_password(USER, PASSWORD)
        machine.worker.start()
        machine.worker.serve(USER)
        return machine


LIFE = ["declared", "accepted", "approved"]
FORGOTTEN = Code.GATEWAY_FORGOT.value


@pytest.fixture
def place(tmp_path: Path, start_office: StartOffice) -> Iterator[Place]:
    place = Place(tmp_path, start_office)
    yield place
    place.close()


def test_an_older_copy_of_the_books_hides_no_new_receipt_and_its_gap_is_told_of(place: Place) -> None:
    kept = place.declared()
    place.keep_copy()
    lost = place.declared()
    place.restore_copy()
    # What comes now has the numbers that the lost one had.
    fresh = place.declared()
    place.machine.wait_until(lambda: FORGOTTEN in place.words(lost))
    assert place.words(kept) == place.words(fresh) == LIFE
    assert place.words(lost) == [*LIFE, FORGOTTEN]
    assert place.machine.status(lost) is Status.APPROVED
    assert place.machine.reader.open_items() == ()
    remark = place.machine.reader.receipts(lost)[-1]
    assert "预约成功" in remark.text
    assert "没有重新发送" in remark.text


def test_empty_books_are_told_of_once_and_drafts_are_saved_again(place: Place) -> None:
    lost = place.declared()
    draft = new_application()
    place.machine.save_at_gateway(draft)
    place.machine.wait_until(lambda: place.machine.number(draft.id) != "")
    place.lose_books()
    place.machine.wait_until(lambda: FORGOTTEN in place.words(lost))
    fresh = place.declared()
    assert place.words(fresh) == LIFE
    assert sorted(place.words(lost)) == sorted([*LIFE, FORGOTTEN])  # the clock of new books is another one
    place.machine.wait_until(lambda: place.drafts_at_the_gateway() == {draft.id})


def test_what_waits_is_sent_to_the_restored_gateway_once(place: Place) -> None:
    place.keep_copy()
    lost, waiting = place.declared(), new_application()
    item = place.declare_and_close(waiting)
    place.restore_copy()
    place.machine.wait_until(lambda: place.machine.status(waiting.id) is Status.APPROVED)
    place.machine.wait_until(lambda: FORGOTTEN in place.words(lost))
    kept = place.machine.reader.item(item)
    assert kept is not None
    assert (kept.state, kept.attempts) == (ItemState.DONE, 1)
    assert place.words(waiting.id) == LIFE
    assert place.words(lost) == [*LIFE, FORGOTTEN]


def test_books_that_come_back_whole_give_every_receipt_its_number_again(place: Place) -> None:
    kept = place.declared()
    place.keep_copy()
    numbers = place.numbers(kept)
    place.lose_books()
    place.machine.wait_until(lambda: FORGOTTEN in place.words(kept))
    assert all(number < 0 for number in place.numbers(kept))
    place.declared()
    place.restore_copy()
    place.machine.wait_until(lambda: place.numbers(kept) == numbers)
    assert sorted(place.words(kept)) == sorted([*LIFE, FORGOTTEN])

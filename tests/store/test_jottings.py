"""What is written and sent nowhere yet is kept per person and application, and its files with it (B2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.store.parts import COLLEAGUE, LIMIT_S, NOW, PERSON, OpenStore, make_application, make_attachment
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.jotting import NOTHING_JOTTED, Jotting
from yuyue_desktop.domain.limits import DELETED_DRAFT_KEPT

HERE = ApplicationId("here")
PDF = b"%PDF-1.7 explanation"
WRITTEN = Jotting(
    numbers=("221020261000000001", "221020261000000002"),
    number="22102026",
    explanation="船期 延误 \ud83d",  # half of a surrogate pair, as an input method may leave it
    explanation_files=(make_attachment(PDF),),
    goods_code="0603",
    goods_name="鲜切",
    goods_place=1,
)


def keep(store: OpenStore, jotting: Jotting, person: str = PERSON, application_id: ApplicationId = HERE) -> None:
    store.writer.keep_jotting(application_id, person, jotting, NOW).result(LIMIT_S)


def test_what_is_written_is_there_after_the_next_start_whole(store: OpenStore) -> None:
    keep(store, WRITTEN)
    store.reopen()
    assert store.reader.jotting(HERE, PERSON) == WRITTEN


def test_each_person_writes_by_herself(store: OpenStore) -> None:
    keep(store, WRITTEN)
    keep(store, Jotting(number="1"), COLLEAGUE)
    assert store.reader.jotting(HERE, PERSON) == WRITTEN
    assert store.reader.jotting(HERE, COLLEAGUE) == Jotting(number="1")
    assert store.reader.jotting(ApplicationId("elsewhere"), PERSON) == NOTHING_JOTTED


def test_the_newest_stands_and_nothing_is_kept_of_nothing(store: OpenStore) -> None:
    waiting = [
        store.writer.keep_jotting(HERE, PERSON, replace(WRITTEN, number=str(count)), NOW) for count in range(200)
    ]
    for future in waiting:
        future.result(LIMIT_S)
    assert store.reader.jotting(HERE, PERSON).number == "199"
    keep(store, NOTHING_JOTTED)
    store.reopen()
    assert store.reader.jotting(HERE, PERSON) == NOTHING_JOTTED


def test_saves_of_draft_and_jotting_do_not_replace_each_other(store: OpenStore) -> None:
    application = make_application()
    saving = store.writer.save_draft(application, PERSON, NOW)
    jotting = store.writer.keep_jotting(application.id, PERSON, WRITTEN, NOW)
    assert saving.result(LIMIT_S).application == application
    assert jotting.result(LIMIT_S) is None
    assert store.reader.jotting(application.id, PERSON) == WRITTEN


def test_a_file_of_an_explanation_outlives_a_purged_draft_that_had_it_too(store: OpenStore) -> None:
    file = make_attachment(PDF)
    store.writer.put_attachment(file.sha256, PDF).result(LIMIT_S)
    purged = store.save(make_application(attachments=(file,)))
    keep(store, Jotting(goods_code="0603"), application_id=purged.id)
    keep(store, WRITTEN)
    store.writer.delete_draft(purged.id, PERSON, NOW).result(LIMIT_S)
    store.clock.at = NOW + DELETED_DRAFT_KEPT + timedelta(minutes=1)
    store.reopen()
    assert store.reader.attachment(file.sha256) == PDF
    assert store.reader.jotting(purged.id, PERSON) == NOTHING_JOTTED
    assert store.reader.jotting(HERE, PERSON) == WRITTEN

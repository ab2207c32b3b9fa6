"""Nothing typed is lost, and the next start goes on where the clerk was (B2): each test ends in a kill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.services.desk import PERSON, Desk, save
from tests.store.parts import LIMIT_S, make_attachment
from tests.window.bench import Bench, killed
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.jotting import NOTHING_JOTTED, Jotting
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.presenters.whereabouts import WHEREABOUTS
from yuyue_desktop.ui.shell.menu_entries import Place

pytestmark = pytest.mark.thorough

NUMBER, OTHER_NUMBER = "221020261000000001", "221020261000000002"
PDF = b"%PDF-1.7 bill of lading"

Sit = Callable[[Desk], Bench]
NextStart = Callable[[], Bench]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    """One for each start of the program."""
    first = Desk(tmp_path / "start 0")
    first.sign_in()
    desks = [first]
    yield desks
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(desks: list[Desk]) -> Desk:
    return desks[0]


@pytest.fixture
def sit(qtbot: QtBot, desks: list[Desk]) -> Iterator[Sit]:
    """Opens the window of a desk; all are gone before the desks."""
    benches: list[Bench] = []

    def open_it(desk: Desk) -> Bench:
        assert desk in desks
        benches.append(Bench(desk, qtbot))
        return benches[-1]

    yield open_it
    for bench in benches:
        bench.close()


@pytest.fixture
def next_start(desks: list[Desk], sit: Sit, tmp_path: Path) -> NextStart:
    """Kills the program and starts it anew."""

    def start() -> Bench:
        desks.append(killed(desks[-1], tmp_path / f"start {len(desks)}"))
        return sit(desks[-1])

    return start


def wait_for_jotting(qtbot: QtBot, bench: Bench, jotting: Jotting) -> None:
    application_id = bench.form().application_id
    reader = bench.desk.store.reader
    qtbot.waitUntil(lambda: reader.jotting(application_id, PERSON) == jotting, timeout=LIMIT_S * 1000)
    # Its tab goes to the disk by a clock of its own, within the same second.
    tabs = f"{WHEREABOUTS}:{PERSON}"
    qtbot.waitUntil(lambda: application_id in (reader.setting(tabs) or ""), timeout=LIMIT_S * 1000)


def type_into(entry: QWidget, text: str) -> None:
    QTest.keyClicks(editor_of(entry), text)


def enter(entry: QWidget) -> None:
    QTest.keyClick(editor_of(entry), Qt.Key.Key_Return)


def form_of(bench: Bench) -> ApplicationForm:
    return bench.form().form


def open_approved(bench: Bench) -> None:
    bench.workbench.forms.open(bench.desk.record(Status.APPROVED).id)


def test_numbers_written_and_half_a_number_come_back(qtbot: QtBot, desk: Desk, sit: Sit, next_start: NextStart) -> None:
    bench = sit(desk)
    open_approved(bench)
    entry = form_of(bench).feedback.editors[0]
    type_into(entry, NUMBER)
    enter(entry)
    type_into(entry, OTHER_NUMBER[:11])
    wait_for_jotting(qtbot, bench, Jotting(numbers=(NUMBER,), number=OTHER_NUMBER[:11]))
    feedback = form_of(next_start()).feedback
    assert list(feedback.numbers) == [NUMBER]
    assert feedback.typed == OTHER_NUMBER[:11]
    type_into(feedback.editors[0], OTHER_NUMBER[11:])
    enter(feedback.editors[0])
    assert list(feedback.numbers) == [NUMBER, OTHER_NUMBER]


def test_an_explanation_comes_back_with_its_file(qtbot: QtBot, desk: Desk, sit: Sit, next_start: NextStart) -> None:
    bench = sit(desk)
    open_approved(bench)
    file = make_attachment(PDF)
    desk.store.writer.put_attachment(file.sha256, PDF).result(LIMIT_S)
    explanation = form_of(bench).explanation
    explanation.take_files((file,))
    type_into(explanation.editor, "late vessel")
    wait_for_jotting(qtbot, bench, Jotting(explanation="late vessel", explanation_files=(file,)))
    after = next_start()
    assert form_of(after).explanation.text == "late vessel"
    assert form_of(after).explanation.attachments == (file,)
    assert after.desk.store.reader.attachment(file.sha256) == PDF


def test_half_a_goods_row_of_a_draft_that_is_nothing_else_comes_back(
    qtbot: QtBot, desk: Desk, sit: Sit, next_start: NextStart
) -> None:
    bench = sit(desk)
    bench.workbench.forms.new()
    code, name = form_of(bench).goods.editors
    type_into(code, "060311")
    type_into(name, "roses")
    wait_for_jotting(qtbot, bench, Jotting(goods_code="060311", goods_name="roses"))
    assert form_of(next_start()).goods.entry == ("060311", "roses", None)


def test_a_row_under_change_goes_on_being_changed(qtbot: QtBot, desk: Desk, sit: Sit, next_start: NextStart) -> None:
    editing = desk.ready_draft()
    bench = sit(desk)
    bench.workbench.forms.open(editing.id)
    goods = form_of(bench).goods
    goods.table.cell_activated.emit("0", "edit")
    type_into(goods.editors[1], "red roses")  # the name is selected whole
    code, name, _ = goods.entry
    wait_for_jotting(qtbot, bench, Jotting(goods_code=code, goods_name=name, goods_place=0))
    after = form_of(next_start()).goods
    after.write()
    assert [(row.hs_code, row.name) for row in after._rows] == [(code, name)]


def test_what_was_submitted_leaves_nothing_behind(qtbot: QtBot, desk: Desk, sit: Sit) -> None:
    bench = sit(desk)
    bench.workbench.forms.new()
    code, name = form_of(bench).goods.editors
    type_into(code, "06031100")
    type_into(name, "roses")
    wait_for_jotting(qtbot, bench, Jotting(goods_code="06031100", goods_name="roses"))
    enter(name)
    wait_for_jotting(qtbot, bench, NOTHING_JOTTED)


def test_a_receipt_and_a_closed_tab_take_nothing_away(qtbot: QtBot, desk: Desk, sit: Sit) -> None:
    bench = sit(desk)
    open_approved(bench)
    page = bench.form()
    type_into(page.form.explanation.editor, "late")
    desk.store.writer.merge_records([desk.store.read(page.application_id)]).result(LIMIT_S)
    bench.workbench.forms.open(page.application_id)
    assert page.form.explanation.text == "late"
    bench.frame.close_pages([page])  # at once, before the first second is over
    bench.workbench.forms.open(page.application_id)
    qtbot.waitUntil(lambda: desk.store.reader.jotting(page.application_id, PERSON).explanation == "late")
    bench.frame.close_pages([bench.form()])
    bench.workbench.forms.open(page.application_id)
    assert form_of(bench).explanation.text == "late"


def test_the_next_start_is_where_the_clerk_was(qtbot: QtBot, desk: Desk, sit: Sit, next_start: NextStart) -> None:
    drafts: list[Editing] = [desk.ready_draft(contact_name=name) for name in ("first", "second")]
    for editing in drafts:
        assert save_again(editing)
    bench = sit(desk)
    for editing in drafts:
        bench.workbench.forms.open(editing.id)
    bench.workbench.open_place(Place.CALENDAR_QUERY)
    bench.workbench.forms.open(drafts[0].id)
    mobile = form_of_id(bench, drafts[0]).fields.bindings["contact_mobile"].widget
    mobile.setFocus()
    type_into(mobile, "7")
    places = [page.place for page in bench.frame.pages]
    reader = desk.store.reader
    qtbot.waitUntil(lambda: "contact_mobile" in (reader.setting(f"open_tabs:{PERSON}") or ""))
    qtbot.waitUntil(lambda: desk.store.read(drafts[0].id).application.contact_mobile.endswith("7"))
    after = next_start()
    assert [page.place for page in after.frame.pages] == places
    assert isinstance(after.frame.page, FormPage)
    assert after.frame.page.application_id == drafts[0].id
    focused = after.frame.page.form.fields.bindings["contact_mobile"].widget.focusProxy()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is focused)


def save_again(editing: Editing) -> bool:
    editing.touch()
    return save(editing).revision > 0


def form_of_id(bench: Bench, editing: Editing) -> ApplicationForm:
    page = next(page for page in bench.frame.pages if isinstance(page, FormPage) and page.application_id == editing.id)
    return page.form

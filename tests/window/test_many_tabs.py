"""Twenty applications in tabs: only what is shown builds its form, and nobody notices."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.services.desk import NOW, PERSON, Desk
from tests.store.parts import LIMIT_S
from tests.window.bench import Bench
from tests.window.forms_in_view import FormsPerTurn, text_in
from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.domain.events import ApplicationChanged, LinkChanged
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.presenters.form_page import FormPage, form_place
from yuyue_desktop.ui.presenters.whereabouts import WHEREABOUTS
from yuyue_desktop.ui.shell.menu_entries import Place

pytestmark = pytest.mark.thorough

MANY = 20
FRONT = 7
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class Kept:
    """What the last run left: a draft for each tab, the places in the tabs' order."""

    drafts: Sequence[Editing]
    places: Sequence[str]


@pytest.fixture
def kept(desk: Desk) -> Kept:
    """The form in front is the eighth, the keyboard in its reason; a query stands among the forms."""
    drafts = [desk.ready_draft(contact_name=f"clerk {number}") for number in range(MANY)]
    places = [Place.HOME, *(form_place(editing.id) for editing in drafts)]
    places.insert(3, Place.APPLICATION_QUERY)
    where = {"places": places, "front": form_place(drafts[FRONT].id), "field": "reason"}
    desk.store.writer.remember_setting(f"{WHEREABOUTS}:{PERSON}", json.dumps(where)).result(LIMIT_S)
    return Kept(drafts, places)


Sit = Callable[[], Bench]


@pytest.fixture
def sit(desk: Desk, kept: Kept, qtbot: QtBot) -> Iterator[Sit]:
    """The start of the program after the one that left what is kept."""
    benches: list[Bench] = []

    def open_it() -> Bench:
        assert kept.places
        benches.append(Bench(desk, qtbot))
        return benches[-1]

    yield open_it
    for bench in benches:
        bench.close()


def built(bench: Bench) -> list[FormPage]:
    """The tabs whose form is there, by the window's own widgets."""
    return [page for page in forms(bench) if page.findChildren(ApplicationForm)]


def forms(bench: Bench) -> list[FormPage]:
    return [page for page in bench.frame.pages if isinstance(page, FormPage)]


def page_of(bench: Bench, application_id: ApplicationId) -> FormPage:
    page = bench.frame.page_at(form_place(application_id))
    assert isinstance(page, FormPage)
    return page


def strip(bench: Bench) -> list[tuple[str, str, str]]:
    """What the tabs say, to the eye and to a screen reader."""
    bar = bench.frame.tabs.bar
    return [(bar.tabText(n), bar.tabToolTip(n), bar.accessibleTabName(n)) for n in range(bar.count())]


def test_only_the_form_in_front_is_built_and_the_tabs_are_as_they_were(sit: Sit, kept: Kept) -> None:
    bench = sit()
    front = page_of(bench, kept.drafts[FRONT].id)
    assert [page.place for page in bench.frame.pages] == list(kept.places)
    assert bench.frame.page is front
    assert built(bench) == [front]
    reason = front.form.fields.bindings["reason"].widget
    assert QApplication.focusWidget() is editor_of(reason)
    said = strip(bench)
    for page in forms(bench):
        assert isinstance(page.form, ApplicationForm)
    QApplication.processEvents()
    assert strip(bench) == said


def test_a_walk_through_the_tabs_builds_one_form_a_turn(sit: Sit, kept: Kept) -> None:
    bench = sit()
    walk = FormsPerTurn(bench.window)
    for _ in bench.frame.pages:
        QTest.keyClick(QApplication.focusWidget() or bench.frame, Qt.Key.Key_Tab, CONTROL)
        page = bench.frame.page
        if isinstance(page, FormPage):
            number = [editing.id for editing in kept.drafts].index(page.application_id)
            assert text_in(page, "contact_name") == f"clerk {number}"
            entry = page.form.fields.bindings["trader" if number != FRONT else "reason"].widget
            assert QApplication.focusWidget() is editor_of(entry)
            assert page.form.isVisible()
            assert page.form.size() == page.size()
        QApplication.processEvents()
    assert len(built(bench)) == MANY
    assert (walk.most, walk.turns) == (1, MANY - 1)


def test_what_happens_to_an_application_reaches_its_tab_before_it_is_shown(sit: Sit, desk: Desk, kept: Kept) -> None:
    bench = sit()
    declared, deleted = kept.drafts[1].id, kept.drafts[2].id
    draft = desk.store.read(declared)
    approved = replace(
        draft,
        revision=draft.revision + 1,
        status=Status.APPROVED,
        pre_entry_number="221020260000001234",
        declared_at=NOW,
    )
    desk.store.writer.merge_records([approved]).result(LIMIT_S)
    desk.drafting.delete(deleted).result(LIMIT_S)
    for application_id in (declared, deleted):
        bench.workbench.take(ApplicationChanged(application_id))
    bench.workbench.take(LinkChanged(is_up=False))
    assert bench.frame.page_at(form_place(deleted)) is None
    page = page_of(bench, declared)
    assert page.title == "预约申请 221…1234"
    assert len(built(bench)) == 1
    bench.frame.choose(page)
    assert QApplication.focusWidget() is editor_of(page.form.feedback.editors[0])
    assert not page.form.acceptDrops()


def test_what_was_jotted_is_there_however_its_tab_fared(sit: Sit, desk: Desk, kept: Kept) -> None:
    shown, closed = kept.drafts[1].id, kept.drafts[2].id
    for application_id in (shown, closed):
        jotting = Jotting(goods_code="0603", goods_name="roses")
        desk.store.writer.keep_jotting(application_id, PERSON, jotting, NOW).result(LIMIT_S)
    bench = sit()
    bench.frame.choose(page_of(bench, shown))
    assert page_of(bench, shown).form.goods.entry == ("0603", "roses", None)
    bench.frame.close_pages([page_of(bench, closed)])
    bench.workbench.forms.open(closed)
    assert page_of(bench, closed).form.goods.entry == ("0603", "roses", None)


def test_closing_the_others_builds_none_and_loses_none(sit: Sit, desk: Desk, kept: Kept) -> None:
    bench = sit()
    bench.frame.tabs.close_others_asked.emit()
    front = kept.drafts[FRONT].id
    assert [page.place for page in bench.frame.pages] == [Place.HOME, form_place(front)]
    assert built(bench) == [page_of(bench, front)]
    desk.settle()
    names = [desk.store.read(editing.id).application.contact_name for editing in kept.drafts]
    assert names == [f"clerk {number}" for number in range(MANY)]

"""Twenty applications at once in the real window: no turn of its event loop builds more than one form."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.e2e.at_work import AtWork
from tests.window.forms_in_view import FormsPerTurn, text_in
from yuyue_desktop.ui.pages.sign_in_page import SignInPage

TABS = 20


def twenty_tabs(at_work: AtWork) -> None:
    """They come by files, come back at the next sign-in, and are walked through by Ctrl+Tab (B2, B11, S8)."""
    clerk, practice = at_work.clerk, at_work.practice
    window = practice.window_program.window
    at_work.sign_in()
    coming = FormsPerTurn(window)
    open_files(at_work)
    assert (coming.most, coming.turns) == (1, 1)
    ids = [page.application_id for page in at_work.forms()]

    at_work.click("退出练习")
    clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
    back = FormsPerTurn(window)
    at_work.sign_in_again()
    assert [page.application_id for page in at_work.forms()] == ids
    assert at_work.forms()[-1].isVisible()
    assert (back.most, back.turns) == (1, 1)
    clerk.picture("back")

    names = []
    for _ in range(1 + TABS):  # the first page is no form
        clerk.ctrl(Qt.Key.Key_Tab)
        QTest.qWait(0)
        names += [text_in(page, "contact_name") for page in at_work.forms() if page.isVisible()]
    assert names == [name_of(number) for number in range(TABS)]
    assert (back.most, back.turns) == (1, TABS)
    clerk.picture("walked")


def open_files(at_work: AtWork) -> None:
    """Twenty application files are given to the program at once; each is a draft on the disk afterwards."""
    folder, reader = at_work.practice.office.profile_file.parent, at_work.practice.program.reader
    files = [folder / f"{name_of(number)}.yuyue" for number in range(TABS)]
    for file in files:
        file.write_text(json.dumps({"contact_name": file.stem}, ensure_ascii=False), encoding="utf-8")
    at_work.practice.window_program.given.add(files)
    at_work.clerk.wait_for("all", lambda: len(at_work.forms()) == TABS and at_work.forms()[-1].isVisible())
    ids = [page.application_id for page in at_work.forms()]
    at_work.clerk.wait_for("they are on the disk", lambda: all(reader.record(id_) for id_ in ids))


def name_of(number: int) -> str:
    """The contact of an application."""
    return f"第 {number:02} 份"

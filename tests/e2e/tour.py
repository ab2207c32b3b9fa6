"""The tour: the main job in the real window, by keyboard, with the real card, gateway and store; pictures of each step.

`python -m tests.e2e.tour --out DIR` writes DIR/NN-step.png and DIR/result.json and exits 0 only if the window shows
预约成功.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.e2e.clerk import Clerk
from tests.e2e.practice_window import PracticeWindow, practice_office, practice_window
from yuyue_desktop.domain.application import Status
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.pages.query_page import COLUMNS, QueryPage
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_practice.card_kind import CardKind

Shown = TypeVar("Shown", bound=QWidget)

TRADER = "3122261548"
WINDOW = "2026-10-03 10:00"
"""A Saturday in the National Day holiday; the practice office's clock starts on 2026-09-28 at 09:00."""


class Tour:
    """One run of the main job."""

    def __init__(self, practice: PracticeWindow, out: Path) -> None:
        self._practice = practice
        self._window = practice.window_program.window
        self._clerk = Clerk(self._window, out)

    def run(self) -> dict[str, object]:
        """Sign in, fill in, save, declare, follow; answers what the window shows at the end."""
        self.sign_in()
        self.fill_in()
        self.save()
        self.declare()
        self.follow()
        return self.result()

    def sign_in(self) -> None:
        """Card and PIN (S1)."""
        clerk = self._clerk
        clerk.wait_for("the card is shown", lambda: self.shown(SignInPage).pin.is_open)
        clerk.picture("sign-in")
        clerk.enter(self._practice.office.pin)
        clerk.wait_for("the work page", lambda: self.visible(StartPage))
        clerk.picture("start")

    def fill_in(self) -> None:
        """Every field of the form, in tab order (S12-S20)."""
        clerk = self._clerk
        clerk.ctrl(Qt.Key.Key_N)
        clerk.wait_for("the form", lambda: self.visible(FormPage))
        clerk.picture("new-application")
        clerk.enter(TRADER)
        clerk.wait_for("the trader is known", lambda: self._state().trader)
        clerk.enter("周敏")
        clerk.enter("13816245307")
        clerk.type("pd")
        clerk.picture("port-search")
        for _ in "pd":
            clerk.press(Qt.Key.Key_Backspace)
        self.pick("2210")
        self.pick("2233")
        self.pick("5")
        clerk.enter(WINDOW)
        clerk.enter("进口鲜切花，需冷链到港即提，属鲜活易腐货物")
        clerk.press(Qt.Key.Key_Space)
        clerk.press(Qt.Key.Key_Return)
        clerk.press(Qt.Key.Key_Return)
        self._write_goods("06031100")
        clerk.wait_for("nothing is missing", lambda: not self._state().obstacles)
        clerk.picture("filled-in")

    def save(self) -> None:
        """暂存: on the disk, then at the gateway, which gives the pre-entry number (S21)."""
        clerk = self._clerk
        clerk.alt(Qt.Key.Key_S)
        clerk.wait_for("已保存", lambda: self.shown(ShellFrame).hint_line.saved.text.startswith("已保存"))
        clerk.wait_for("a pre-entry number", lambda: self._state().record.pre_entry_number)
        clerk.picture("saved")

    def declare(self) -> None:
        """提交: signed by the card, sent once (S22)."""
        clerk = self._clerk
        clerk.alt(Qt.Key.Key_T)
        if self._practice.office.is_pin_for_each_signature:
            clerk.wait_for("the PIN is asked for", lambda: self.visible(PinDialog))
            clerk.picture("pin-for-the-signature")
            clerk.enter(self._practice.office.pin)
        clerk.wait_for("the declaration is on its way", lambda: not self._state().is_editable)
        clerk.picture("declared")
        clerk.wait_for("预约成功", lambda: self._state().record.status is Status.APPROVED)
        clerk.picture("approved")

    def follow(self) -> None:
        """The query list and the receipts (S32, S33)."""
        clerk = self._clerk
        record = self._state().record
        self.choose_in_menu("预约通关查询")
        clerk.wait_for("the query page", lambda: self.visible(QueryPage))
        page = self.shown(QueryPage)
        clerk.wait_for("the application's row", lambda: page.table.rows.place(record.id) is not None)
        page.table.setFocus()
        self.walk_to_status(page, record.id)
        clerk.press(Qt.Key.Key_Return)
        clerk.wait_for("its receipts", lambda: page.receipts.table.rows.rowCount() > 0)
        clerk.picture("receipts")

    def result(self) -> dict[str, object]:
        """What the list and the receipts show."""
        page = self.shown(QueryPage)
        place = page.table.rows.place(page.receipts_of)
        if place is None:
            raise AssertionError("the application is not in the list")
        row = page.table.rows.row(place)
        shown = page.receipts.table.rows
        receipts = [shown.row(place) for place in range(shown.rowCount())]
        return {
            "status": row.cell("status").text,
            "pre_entry_number": row.cell("number").text,
            "application_number": receipts[0].cell("number").text,
            "receipts": [
                {key: receipt.cell(key).text for key in ("time", "status", "text")} for receipt in reversed(receipts)
            ],
        }

    # what a clerk does with her fingers

    def pick(self, code: str) -> None:
        """Type a code, take the offer, go on."""
        self._clerk.type(code)
        self._clerk.press(Qt.Key.Key_Return)
        self._clerk.press(Qt.Key.Key_Return)

    def _write_goods(self, code: str) -> None:
        """Type an HS code; Enter looks it up, takes the offer, writes the row."""
        self._clerk.type(code)
        for _ in ("look up", "take", "write"):
            self._clerk.press(Qt.Key.Key_Return)
        self._clerk.wait_for("the goods are in the list", lambda: self._state().application.goods)

    def choose_in_menu(self, title: str) -> None:
        """F6 to the menu, down to an entry, Enter."""
        menu = self.shown(ShellFrame).menu
        for _ in range(5):
            if menu.isAncestorOf(self._clerk.focus):
                break
            self._clerk.press(Qt.Key.Key_F6)
        self._clerk.press(Qt.Key.Key_Home)
        for _ in range(12):
            if self._clerk.focus.accessibleName().startswith(title):
                break
            self._clerk.press(Qt.Key.Key_Down)
        self._clerk.press(Qt.Key.Key_Return)

    def walk_to_status(self, page: QueryPage, row_id: str) -> None:
        """Arrow keys to the status cell of a row."""
        columns = [column.key for column in COLUMNS]
        self._clerk.press(Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(page.table.rows.rowCount()):
            if page.table.chosen == row_id:
                break
            self._clerk.press(Qt.Key.Key_Down)
        for _ in columns:
            if columns[page.table.currentIndex().column()] == "status":
                break
            self._clerk.press(Qt.Key.Key_Right)

    # what a clerk sees

    def _state(self) -> FormState:
        presenter = self.shown(FormPage).findChild(FormPresenter)
        if presenter is None:
            raise AssertionError("the form has no presenter")
        return presenter.editing.state()

    def visible(self, kind: type[QWidget]) -> bool:
        return any(widget.isVisible() for widget in self._window.findChildren(kind))

    def shown(self, kind: type[Shown]) -> Shown:
        found = self._window.findChildren(kind)
        if not found:
            raise AssertionError(f"{kind.__name__} is not there")
        return found[-1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the tour; 0 only if the window shows 预约成功 at its end."""
    parser = argparse.ArgumentParser(prog="tour")
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures and result.json")
    parser.add_argument("--card", choices=list(CardKind), default=CardKind.FITTING, help="kind of practice card")
    options = parser.parse_args(arguments)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    with practice_office(card=options.card) as office, practice_window(office) as practice:
        result = Tour(practice, out).run()
    (out / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{result['status']} {result['pre_entry_number']} {result['application_number']}")
    return 0 if result["status"] == Status.APPROVED.word else 1


if __name__ == "__main__":
    sys.exit(main())

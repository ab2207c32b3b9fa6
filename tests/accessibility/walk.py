"""Goes through every page of the real window by keys alone, and has each read from outside through AT-SPI.

`python -m tests.accessibility.walk --out DIR` writes DIR/NN-page.json, what a screen reader gets of each page, a
picture of it, and DIR/NN-page.keys, what a round of the keyboard came to. It wants a display and a bus
(tests/accessibility/bus.py).
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QEventLoop, QMimeData, QProcess, Qt, QTimer, QUrl
from PySide6.QtWidgets import QApplication

from tests.accessibility.keyboard import KeyRound
from tests.documents.pdfs import printed_pdf
from tests.e2e.at_work import AtWork
from tests.e2e.practice_window import practice_office, practice_window
from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.pages.calendar_page import CalendarPage
from yuyue_desktop.ui.pages.diagnostics_page import DiagnosticsPage
from yuyue_desktop.ui.pages.outbox_drawer import OutboxDrawer
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog
from yuyue_desktop.ui.shell.top_bar import TopBar
from yuyue_desktop.ui.upload.upload_dialog import UploadDialog

READER = Path(__file__).with_name("reader.py")
SYSTEM_PYTHON = "/usr/bin/python3"
READING_MS = 60_000
MOST_STOPS = 80


class Walk(AtWork):
    """The main job, and every page beside its way."""

    def walk(self) -> None:
        """Every page once."""
        self.before_work()
        self.fill_in_slowly()
        self.declare_with_pin()
        self.look_things_up()
        self.look_around()

    def before_work(self) -> None:
        """Both ways of signing in, and the start page."""
        clerk = self._clerk
        clerk.wait_for("the card is shown", lambda: self.shown(SignInPage).pin.is_open)
        self.read("sign-in-card")
        self._go_to("卡介质", Qt.Key.Key_Backtab)
        clerk.press(Qt.Key.Key_Right)
        self.read("sign-in-account")
        clerk.press(Qt.Key.Key_Left)
        self._go_to("卡密码")
        self.sign_in()
        self.read("start")

    def fill_in_slowly(self) -> None:
        """The form empty, filled in, wrong, with what drops from its fields, and the dialogs over it."""
        clerk = self._clerk
        clerk.ctrl(Qt.Key.Key_N)
        clerk.wait_for("the form", lambda: self.visible(FormPage))
        self.read("form-empty")
        clerk.ctrl(Qt.Key.Key_W)
        self.fill_in()
        self.read("form-filled-in")
        self.attach()
        self._go_to("联系人手机", Qt.Key.Key_Backtab)
        clerk.enter("138")
        clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        self.read("form-wrong")
        clerk.enter("13816245307")
        self._go_to("运输方式")
        clerk.press(Qt.Key.Key_Space)
        self.read("form-list")
        clerk.press(Qt.Key.Key_Escape)
        self._go_to("预约通关时间 起")
        clerk.press(Qt.Key.Key_F4)
        self.read("form-calendar")
        clerk.press(Qt.Key.Key_Escape)
        clerk.alt(Qt.Key.Key_K)
        self.read("dialog-keys")
        clerk.press(Qt.Key.Key_Escape)
        clerk.alt(Qt.Key.Key_R)
        self.read("dialog-delete")
        clerk.press(Qt.Key.Key_Escape)

    def attach(self) -> None:
        """A file by the clipboard into 随附单据编辑, and its pages."""
        clerk = self._clerk
        self._go_to("上传PDF")
        clerk.press(Qt.Key.Key_Return)
        clerk.wait_for("the dialog", lambda: self.visible(UploadDialog))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "发票.pdf"
            file.write_bytes(printed_pdf((60_000, 90_000)))
            copied = QMimeData()
            copied.setUrls([QUrl.fromLocalFile(str(file))])
            QApplication.clipboard().setMimeData(copied)
            clerk.ctrl(Qt.Key.Key_V)
            clerk.wait_for("its verdict", lambda: self.sees("2 页"))
        self.read("dialog-upload")
        clerk.press(Qt.Key.Key_Return)
        clerk.wait_for("the file", lambda: self.state.application.attachments)
        self.read("form-files")
        self._go_to("预览")
        clerk.press(Qt.Key.Key_Return)
        clerk.wait_for("the page", lambda: 0 in self.shown(PreviewDialog).pages.drawn)
        self.read("dialog-preview")
        clerk.press(Qt.Key.Key_Escape)

    def declare_with_pin(self) -> None:
        """The card was out for a moment, so that 提交 asks for its PIN (S4)."""
        clerk = self._clerk
        self.save()
        for number in (None, self.office.call("GET", "/practice/status")["card_in_reader"]):
            self.put_card(number)
            self._wait_for_reader()
        clerk.alt(Qt.Key.Key_T)
        clerk.wait_for("the PIN is asked for", lambda: self.visible(PinDialog))
        self.read("dialog-pin")
        clerk.enter(self._practice.office.pin)
        clerk.wait_for("预约成功", lambda: self._state().record.status is Status.APPROVED)
        self.read("form-approved")

    def look_things_up(self) -> None:
        """Both queries with what they find."""
        clerk = self._clerk
        self.follow()
        self.read("query")
        self.choose_in_menu("口岸工作时间查询")
        clerk.wait_for("the calendar", lambda: self.visible(CalendarPage))
        page = self.shown(CalendarPage)
        self._go_to("口岸编码")
        self.pick("2210")
        clerk.wait_for("the days", lambda: page.week.model().rowCount() > 0)
        self.read("calendar-week")
        self._go_to("周视图", Qt.Key.Key_Backtab)
        clerk.press(Qt.Key.Key_Right)
        self.read("calendar-list")

    def look_around(self) -> None:
        """What the foot of the menu leads to."""
        clerk = self._clerk
        self.choose_in_menu("发件箱")
        clerk.wait_for("the outbox", lambda: self.visible(OutboxDrawer))
        self.read("outbox")
        clerk.press(Qt.Key.Key_Escape)
        self.choose_in_menu("诊断")
        clerk.wait_for("the diagnostics", lambda: self.visible(DiagnosticsPage))
        self.read("diagnostics")
        self.choose_in_menu("设置")
        self.read("dialog-settings")
        clerk.press(Qt.Key.Key_Escape)

    def _wait_for_reader(self) -> None:
        card = self.shown(TopBar).card
        said = card.text()
        self._clerk.wait_for("the reader is looked at", lambda: card.text() != said)

    def _go_to(self, name: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
        """Tab, or Shift+Tab, until the keyboard is where a screen reader says this name."""
        for _ in range(MOST_STOPS):
            if self._clerk.focus.accessibleName() == name or self._clerk.focus.property("text") == name:
                return
            self._clerk.press(key)
        raise AssertionError(f"{name} is not reached by {key.name}")

    def read(self, page: str) -> None:
        """Have the window read by a process of its own while it goes on working; then go round by keys."""
        file = self._clerk.picture(page).with_suffix(".json")
        reader, waiting = QProcess(), QEventLoop()
        reader.setStandardOutputFile(str(file))
        reader.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        reader.finished.connect(waiting.quit)
        QTimer.singleShot(READING_MS, waiting, waiting.quit)
        reader.start(SYSTEM_PYTHON, [str(READER), str(os.getpid())])
        waiting.exec()  # the window answers each of the reader's questions at once, as it would at a clerk's desk
        if reader.state() is not QProcess.ProcessState.NotRunning or reader.exitCode():
            reader.kill()
            reader.waitForFinished()
            raise AssertionError(f"{page} can't be read")
        findings = KeyRound(self._window).go()
        file.with_suffix(".keys").write_text(json.dumps(asdict(findings), ensure_ascii=False), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Walk through a fresh practice office."""
    parser = argparse.ArgumentParser(prog="walk")
    parser.add_argument("--out", type=Path, required=True, help="folder for what is read and for pictures")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with practice_office() as office, practice_window(office) as practice:
        Walk(practice, out).walk()


if __name__ == "__main__":
    main()

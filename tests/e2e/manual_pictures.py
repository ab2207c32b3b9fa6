"""The pictures of docs/manual-coverage.md: each requirement of the manual as the real window shows it.

`python -m tests.e2e.manual_pictures --out DIR` writes DIR/S07-….png and so on; what does not come ends it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from tests.documents.pdfs import printed_pdf
from tests.e2e.at_work import AtWork
from tests.e2e.practice_window import practice_office, practice_window
from tests.e2e.tour import TRADER, WINDOW
from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.dialogs.key_help import KeyHelp
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.forms.attachments_panel import AttachmentsPanel
from yuyue_desktop.ui.pages.calendar_page import CalendarPage
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.pages.sign_in_page import WAYS, SignInPage
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.upload.upload_dialog import UploadDialog
from yuyue_practice.seed import DISHONEST, OWING, PASSWORD

STORE_PASSWORD = "only for these pictures"
REASON = "进口鲜切花，需冷链到港即提，属鲜活易腐货物"
WORKING_HOUR, TOO_SOON, UNPUBLISHED = "2026-09-29 10:00", "2026-09-28 19:00", "2027-01-02 10:00"
OTHER_CARD_USER = "yunling2"
ANOTHER_PORT_S_NUMBER = "020120261000000018"


class Camera:
    """Keeps pictures of the screen where the window is, lists that dropped from it included."""

    def __init__(self, at_work: AtWork, folder: Path) -> None:
        self._window = at_work.practice.window_program.window
        self._folder = folder

    def keep(self, name: str) -> None:
        """Save a picture under a name that begins with its requirement."""
        QTest.qWait(250)  # what fades in is there
        corner = self._window.mapToGlobal(self._window.rect().topLeft())
        size = self._window.size()
        screen = QApplication.primaryScreen()
        picture = screen.grabWindow(0, corner.x(), corner.y(), size.width(), size.height())
        file = self._folder / f"{name}.png"
        if not picture.save(str(file)):
            raise OSError(f"cannot write {file}")
        # Few colours are in a window: a palette keeps the pictures small enough for the repository.
        with Image.open(file) as full:
            full.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, optimize=True)


Scene = Callable[[AtWork, Camera], None]


def signing_in(at_work: AtWork, camera: Camera) -> None:
    """S0 to S2: both ways, and an account without a card."""
    clerk, page = at_work.clerk, at_work.shown(SignInPage)
    clerk.wait_for("the card is shown", lambda: page.pin.is_open)
    camera.keep("S00-sign-in")
    page.ways.choose([word for _, word in WAYS].index("账号"))
    camera.keep("S02-account")
    at_work.sign_in_with_password("yunling-unbound", PASSWORD)
    clerk.ctrl(Qt.Key.Key_N)
    at_work.wait_to_see("您无权限操作该数据")
    camera.keep("S02-no-right")
    at_work.dismiss("您无权限操作该数据")
    at_work.click("退出练习")
    clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
    clerk.wait_for("the card is shown", lambda: at_work.shown(SignInPage).pin.is_open)
    clerk.type("8888")
    camera.keep("S01-card-and-pin")
    clerk.enter("8888")
    clerk.wait_for("the work page", lambda: at_work.visible(StartPage))
    camera.keep("S06-safe-exit")


def window(at_work: AtWork, camera: Camera) -> None:
    """S7, S11: the folded menu and the key help."""
    clerk = at_work.clerk
    clerk.ctrl(Qt.Key.Key_B)
    camera.keep("S07-folded-menu")
    clerk.ctrl(Qt.Key.Key_B)
    clerk.alt(Qt.Key.Key_K)
    clerk.wait_for("the key help", lambda: at_work.visible(KeyHelp))
    camera.keep("S11-keys")
    clerk.press(Qt.Key.Key_Escape)


def head(at_work: AtWork, camera: Camera) -> None:
    """S5, S10, S12 to S15, S23: companies, contact, ports, transport."""
    clerk = at_work.clerk
    at_work.begin()
    for code, words, name in (
        (DISHONEST, "失信企业不允许操作", "S05-dishonest-trader"),
        (OWING, "I-通关完成未反馈", "S23-open-case"),
    ):
        at_work.focus("收发货人 10位海关编码")
        clerk.ctrl(Qt.Key.Key_A)
        clerk.type(code)
        at_work.wait_to_see(words)
        camera.keep(name)
    clerk.ctrl(Qt.Key.Key_A)
    clerk.enter(TRADER)
    clerk.wait_for("the trader is known", lambda: at_work.state.trader and at_work.state.trader.customs_code == TRADER)
    camera.keep("S12-trader")
    clerk.enter("周敏")
    clerk.type("1381624530")
    at_work.wait_to_see("手机号少了几位")
    QTest.qWait(700)  # the bubble leaves the clerk 600 ms to go on typing
    camera.keep("S10-wrong-value")
    clerk.enter("7")
    camera.keep("S13-contact")
    clerk.type("pd")
    camera.keep("S14-port-search")
    for _ in "pd":
        clerk.press(Qt.Key.Key_Backspace)
    at_work.pick("2210")
    at_work.pick("2233")
    clerk.press(Qt.Key.Key_Space)
    camera.keep("S15-transport-modes")
    clerk.press(Qt.Key.Key_Escape)
    at_work.pick("5")


def window_time(at_work: AtWork, camera: Camera) -> None:
    """S16, S24 to S26: the window and what the law says of it."""
    clerk = at_work.clerk
    clerk.press(Qt.Key.Key_Space)
    camera.keep("S16-window-start")
    clerk.press(Qt.Key.Key_Escape)
    for moment, words, name in (
        (WORKING_HOUR, "工作时间重叠", "S24-working-time"),
        (TOO_SOON, "已过最迟申报时间", "S25-too-late"),
        (UNPUBLISHED, "请联系口岸或海关更新工作日历", "S26-calendar-unknown"),
    ):
        at_work.focus("预约通关时间 起")
        clerk.ctrl(Qt.Key.Key_A)
        clerk.type(moment)
        at_work.wait_to_see(words)
        QTest.qWait(700)  # the bubble
        camera.keep(name)
    clerk.ctrl(Qt.Key.Key_A)
    clerk.enter(WINDOW)
    clerk.wait_for("the deadline", lambda: at_work.sees("距最迟申报时间"))


def rest_of_form(at_work: AtWork, camera: Camera) -> None:
    """S17 to S22: reason, flags, goods, save and declare."""
    clerk = at_work.clerk
    clerk.press(Qt.Key.Key_F4)
    keep_menu(camera, "S17-reason")
    clerk.enter(REASON)
    clerk.press(Qt.Key.Key_Space)
    camera.keep("S18-import-export")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    clerk.type("0603")
    clerk.press(Qt.Key.Key_Return)
    camera.keep("S20-goods")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait_for("nothing is missing", lambda: not at_work.state.obstacles)
    clerk.alt(Qt.Key.Key_S)
    clerk.wait_for("a pre-entry number", lambda: at_work.record.pre_entry_number)
    camera.keep("S21-saved")


def files(at_work: AtWork, camera: Camera) -> None:
    """S19: 随附单据编辑 with its verdicts, the pages of a file, and the rows of the form."""
    clerk = at_work.clerk
    at_work.page.form.upload.button.setFocus()
    clerk.press(Qt.Key.Key_Return)
    clerk.wait_for("the dialog", lambda: at_work.visible(UploadDialog))
    with tempfile.TemporaryDirectory() as folder:
        give_files(Path(folder))
        clerk.ctrl(Qt.Key.Key_V)
        clerk.wait_for("every verdict", lambda: at_work.sees("没有收进来"))
    camera.keep("S19-upload")
    clerk.press(Qt.Key.Key_Return)
    clerk.wait_for("the files", lambda: at_work.state.application.attachments)
    camera.keep("S19-attachments")
    at_work.click("预览")
    clerk.wait_for("the page", lambda: 0 in at_work.shown(PreviewDialog).pages.drawn)
    camera.keep("S19-preview")
    clerk.press(Qt.Key.Key_Escape)
    at_work.shown(AttachmentsPanel).focus_first_wrong()
    clerk.press(Qt.Key.Key_Tab)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait_for("nothing is missing", lambda: not at_work.state.obstacles)


def give_files(folder: Path) -> None:
    """Copy files as from a folder: two that are fine or nearly so, one that is no PDF."""
    good, heavy, other = folder / "鲜切花发票及装箱单.pdf", folder / "提货单.pdf", folder / "合同.pdf"
    good.write_bytes(printed_pdf([60_000 + 7_000 * (page % 5) for page in range(12)]))
    heavy.write_bytes(printed_pdf((90_000, 150_000, 262_000, 40_000)))
    other.write_text("合同", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in (good, heavy, other)])
    QApplication.clipboard().setMimeData(data)


def card(at_work: AtWork, camera: Camera) -> None:
    """S3, S4: the card pulled out, and another one put in."""
    clerk, office = at_work.clerk, at_work.office
    session = at_work.practice.program.signing_in.session
    assert session is not None
    other = office.call("POST", "/practice/cards", {"user": OTHER_CARD_USER})["number"]
    at_work.put_card(None)
    clerk.wait_for("the top bar says so", lambda: at_work.sees("没有卡"))
    camera.keep("S04-card-pulled")
    at_work.put_card(session.bound_card)
    clerk.wait_for("the card is back", lambda: at_work.sees("未登录"))
    at_work.press_submit()
    clerk.wait_for("the PIN is asked", lambda: at_work.visible(PinDialog))
    camera.keep("S22-sign-with-pin")
    clerk.press(Qt.Key.Key_Escape)
    at_work.put_card(other)
    at_work.wait_to_see("与用户注册信息卡号")
    camera.keep("S03-another-card")
    at_work.put_card(session.bound_card)
    at_work.click("知道了")
    art = at_work.shown(SignInPage).art
    clerk.wait_for("the bound card", lambda: session.bound_card in art.accessibleName())
    at_work.sign_in_again()
    at_work.press_submit()
    at_work.wait_for_status(Status.DECLARED)
    camera.keep("S22-declared")


def life(at_work: AtWork, camera: Camera) -> None:
    """S27, S29 to S31: cancelling asked, feedback and explanation."""
    clerk = at_work.clerk
    at_work.answer("accept")
    at_work.wait_for_status(Status.ACCEPTED)
    at_work.click("取消预约")
    clerk.wait_for("the question", lambda: at_work.visible(ConfirmDialog))
    camera.keep("S29-cancel")
    clerk.press(Qt.Key.Key_Escape)
    at_work.answer("approve")
    at_work.wait_for_status(Status.APPROVED)
    camera.keep("S27-feedback-due")
    at_work.page.form.feedback.focus_entry()
    clerk.type(ANOTHER_PORT_S_NUMBER)
    at_work.wait_to_see("的申报口岸与申请不一致")
    QTest.qWait(700)  # the bubble
    camera.keep("S30-feedback")
    at_work.focus("情况说明")
    clerk.type("货物因台风改期到港，报关单尚未通过单一窗口申报，特此说明。")
    at_work.click("预约申报")
    clerk.wait_for("the question", lambda: at_work.visible(ConfirmDialog))
    camera.keep("S31-explanation")
    clerk.press(Qt.Key.Key_Escape)


def queries(at_work: AtWork, camera: Camera) -> None:
    """S8, S9, S28, S32, S33: lists, receipts, deleting, columns and tabs."""
    clerk, record = at_work.clerk, at_work.record
    at_work.copy_it()
    clerk.alt(Qt.Key.Key_S)
    clerk.wait_for("a pre-entry number", lambda: at_work.record.pre_entry_number)
    at_work.choose_in_menu("预约通关查询")
    clerk.wait_for("the query page", lambda: at_work.visible(QueryPage))
    page = at_work.shown(QueryPage)
    clerk.wait_for("both rows", lambda: page.table.rows.rowCount() == 2)
    camera.keep("S33-query")
    page.table.setFocus()
    at_work.walk_to_status(page, record.id)
    clerk.press(Qt.Key.Key_Return)
    clerk.wait_for("its receipts", lambda: page.receipts.table.rows.rowCount() > 0)
    camera.keep("S32-receipts")
    clerk.press(Qt.Key.Key_Escape)
    clerk.ctrl(Qt.Key.Key_A)
    clerk.alt(Qt.Key.Key_R)
    clerk.wait_for("the question", lambda: at_work.visible(ConfirmDialog))
    camera.keep("S28-delete")
    clerk.press(Qt.Key.Key_Escape)
    at_work.click("显示列")
    keep_menu(camera, "S09-columns")
    at_work.shown(ShellFrame).tabs.open_list()
    keep_menu(camera, "S08-tabs")


def keep_menu(camera: Camera, name: str) -> None:
    """Keep a picture with the menu that is open, and close it."""
    camera.keep(name)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def working_time(at_work: AtWork, camera: Camera) -> None:
    """S34: week view and list."""
    clerk = at_work.clerk
    at_work.choose_in_menu("口岸工作时间查询")
    clerk.wait_for("the page", lambda: at_work.visible(CalendarPage))
    page = at_work.shown(CalendarPage)
    page.port.setFocus()
    clerk.type("2210")
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_Return)
    page.search.click()
    clerk.wait_for("the week", lambda: at_work.sees("可约"))
    camera.keep("S34-week")
    page.views.choose(1)
    clerk.wait_for("the list", lambda: page.list.rows.rowCount() > 0)
    camera.keep("S34-list")


SCENES: tuple[Scene, ...] = (
    signing_in, window, head, window_time, rest_of_form, files, card, life, queries, working_time,
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Take every picture."""
    parser = argparse.ArgumentParser(prog="manual_pictures")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    out: Path = parser.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    with practice_office("hand") as office, practice_window(office, STORE_PASSWORD) as practice:
        at_work = AtWork(practice, out)
        camera = Camera(at_work, out)
        for scene in SCENES:
            scene(at_work, camera)
    return 0


if __name__ == "__main__":
    sys.exit(main())

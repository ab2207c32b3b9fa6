"""What may happen on a clerk's way, each played in the real window by `python -m tests.e2e.scenarios NAME --out DIR`.

A scenario that ends without an exception has seen what it should.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.e2e.at_work import AtWork
from tests.e2e.beside import command_line_beside_the_window
from tests.e2e.many_tabs import twenty_tabs
from tests.e2e.practice_window import PracticeOffice, practice_office, practice_window
from tests.e2e.swapping import cards_swapped_while_declaring
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_practice.control.client import READY_FILE

PASSWORD = "only for this profile"
NO_RIGHT, DISHONEST_WORDS = "您无权限操作该数据", "失信企业不允许操作"
DISHONEST_TRADER = "3122260013"
PRACTICE_PASSWORD = "lianxi-2026"
TYPED = "按键后一秒被断电也不丢 just typed"


def refusals_and_safe_exit(at_work: AtWork) -> None:
    """A wrong PIN, a dishonest trader, a pulled card, and safe exit (S3-S6, S12)."""
    clerk, program = at_work.clerk, at_work.practice.program
    clerk.wait_for("the card is shown", lambda: at_work.shown(SignInPage).pin.is_open)
    clerk.enter("00000000")
    at_work.wait_to_see("卡密码不对")
    clerk.picture("wrong-pin")
    assert program.signing_in.session is None
    at_work.sign_in()

    at_work.begin()
    clerk.enter(DISHONEST_TRADER)
    clerk.wait_for("the trader is judged", lambda: at_work.state.trader)
    at_work.wait_to_see(DISHONEST_WORDS)
    clerk.picture("dishonest-trader")
    draft = at_work.record.id
    clerk.wait_for("it is on the disk", lambda: program.reader.record(draft))

    at_work.click("退出练习")
    clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
    clerk.wait_for("the login is over", lambda: program.card.unlocked is None)
    clerk.wait_for("the session is over", lambda: program._tokens.pair is None)
    assert program.signing_in.session is None
    at_work.sign_in_again()
    assert [page.application_id for page in at_work.forms()] == [draft]
    assert at_work.state.application.trader == DISHONEST_TRADER

    pulled_card(at_work)


def pulled_card(at_work: AtWork) -> None:
    """S4: pulling the card locks declaring at once; nothing typed is lost, nothing is sent."""
    clerk, top_bar = at_work.clerk, at_work.shown(ShellFrame).top_bar
    at_work.fill_in()
    card = at_work.practice.program.signing_in.session
    assert card is not None
    at_work.put_card(None)
    clerk.wait_for("the top bar says so", lambda: top_bar.card.text() == "没有卡")
    at_work.press_submit()
    at_work.wait_to_see("没有找到卡")
    clerk.picture("card-pulled")
    at_work.dismiss("没有找到卡")
    assert at_work.practice.program.reader.open_items() == ()
    assert at_work.state.is_editable
    at_work.put_card(card.bound_card)
    clerk.wait_for("the top bar says so", lambda: "未登录" in top_bar.card.text())
    at_work.press_submit()
    clerk.wait_for("the PIN is asked", lambda: at_work.visible(PinDialog))
    clerk.picture("pin-again")
    clerk.enter(at_work.practice.office.pin)
    at_work.wait_for_status(Status.APPROVED)


def unbound_account(at_work: AtWork) -> None:
    """An account without a card signs in and gets no new application (S2)."""
    at_work.clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
    at_work.sign_in_with_password("yunling-unbound", PRACTICE_PASSWORD)
    at_work.clerk.ctrl(Qt.Key.Key_N)
    at_work.wait_to_see(NO_RIGHT)
    at_work.clerk.picture("no-right")
    at_work.dismiss(NO_RIGHT)
    assert at_work.forms() == []
    top_bar = at_work.shown(ShellFrame).top_bar
    at_work.clerk.wait_for("the card is seen", lambda: "未登录" in top_bar.card.text())


def officer_by_hand(at_work: AtWork) -> None:
    """退单 and a copy of it, cancelling, and feedback to 通关完成 (S11, S28-S30)."""
    at_work.sign_in()
    at_work.fill_in()
    at_work.declare_it()
    at_work.answer("return", "预约事由不足，请补充")
    at_work.wait_for_status(Status.RETURNED)
    at_work.clerk.picture("returned")

    at_work.copy_it()
    at_work.declare_it()
    at_work.answer("accept")
    at_work.wait_for_status(Status.ACCEPTED)
    at_work.click("取消预约")
    at_work.confirm("取消预约")
    at_work.wait_for_status(Status.CANCELLED)
    at_work.clerk.picture("cancelled")

    at_work.copy_it()
    at_work.declare_it()
    at_work.answer("accept")
    at_work.answer("approve")
    at_work.wait_for_status(Status.APPROVED)
    number = at_work.fitting_declaration()
    at_work.page.form.feedback.focus_entry()
    at_work.clerk.enter(number)
    at_work.press_submit()
    at_work.wait_for_status(Status.CLEARED)
    # The answer to our own submission may be here before the gateway's record of it.
    at_work.clerk.wait_for("the numbers", lambda: at_work.record.feedback == (number,))
    at_work.clerk.picture("cleared")


def office_stopped(at_work: AtWork) -> None:
    """Declared while the gateway is gone: it waits in view, and is sent exactly once when it is back (B1, B2)."""
    clerk, reader = at_work.clerk, at_work.practice.program.reader
    at_work.sign_in()
    at_work.fill_in()
    at_work.stop_office()
    at_work.press_submit()
    clerk.wait_for("待发送", lambda: at_work.state.mark is not None)
    at_work.choose_in_menu("发件箱")
    at_work.wait_to_see("1 件未送达")
    clerk.wait_for("离线", lambda: at_work.shown(ShellFrame).top_bar.link.text() == "离线")
    clerk.picture("waiting-for-the-office")
    (item,) = reader.open_items()
    with office_again(at_work.practice.office.profile_file.parent / "office"):
        clerk.wait_for("预约成功", lambda: at_work.record.status is Status.APPROVED, 120)
        ended = reader.item(item.id)
        assert ended is not None
        assert ended.state is ItemState.DONE
        declared = [r for r in reader.receipts(item.application_id) if r.status is Status.DECLARED]
        assert len(declared) == 1
        at_work.wait_to_see("没有等待发送的")
        clerk.picture("delivered")


@contextlib.contextmanager
def office_again(folder: Path) -> Iterator[None]:
    """The same office, at the same address; goes on until `opening` that began it ends it."""
    command = [sys.executable, "-m", "yuyue_practice", "start", "--folder", str(folder)]
    process = subprocess.Popen(command)
    try:
        while not (folder / READY_FILE).exists():
            assert process.poll() is None
            QTest.qWait(20)
        yield
    finally:
        process.terminate()
        process.wait()


def typing_until_killed(at_work: AtWork) -> None:
    """The window dies one second after the last key, without a word (B2)."""
    at_work.sign_in()
    at_work.begin()
    at_work.focus("预约通关事由")
    at_work.clerk.type(TYPED)
    QTest.qWait(1000)  # the requirement's own second, no waiting for anything
    os.kill(os.getpid(), signal.SIGKILL)


def reopening(at_work: AtWork) -> None:
    """After the kill the tab is back with all that was typed (B2, S8)."""
    at_work.sign_in_again()
    (page,) = at_work.forms()
    assert page.isVisible()
    assert at_work.state.application.reason == TYPED
    assert at_work.state.saved_at is not None
    at_work.clerk.picture("back-again")


def closing_at_once(at_work: AtWork) -> None:
    """A tab, the session and the window are closed while answers are still on their way: nothing stumbles (B2, S8)."""
    at_work.sign_in()
    at_work.begin()
    draft = at_work.record.id
    at_work.focus("联系人姓名")
    at_work.clerk.type(TYPED)
    at_work.clerk.ctrl(Qt.Key.Key_W)
    at_work.choose_in_menu("预约通关查询")
    at_work.clerk.ctrl(Qt.Key.Key_W)
    at_work.begin()
    last = at_work.record.id
    at_work.focus("联系人姓名")
    at_work.clerk.type(TYPED)
    at_work.click("退出练习")
    at_work.clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
    kept = at_work.practice.program.reader.record(draft)
    assert kept is not None
    assert kept.application.contact_name == TYPED
    at_work.sign_in_again()
    (page,) = at_work.forms()
    assert page.application_id == last
    assert at_work.state.application.contact_name == TYPED


def files_given_before_sign_in(at_work: AtWork) -> None:
    """Application files that the start brings wait for the sign-in; each is a draft in a tab, nothing is sent (B11)."""
    clerk, practice = at_work.clerk, at_work.practice
    folder = practice.office.profile_file.parent
    files = [folder / name for name in ("一.yuyue", "二.yuyue")]
    for file in files:
        file.write_text(json.dumps({"contact_name": "李想", "reason": file.stem}, ensure_ascii=False), encoding="utf-8")
    practice.window_program.given.add([*files, folder / "没有.yuyue"])
    at_work.wait_to_see("登录后打开 3 个申请文件")
    clerk.picture("waiting")
    at_work.sign_in()
    at_work.wait_to_see("没有.yuyue：找不到文件")
    clerk.picture("one-missing")
    at_work.dismiss("1 个申请文件没有打开")
    ids = [page.application_id for page in at_work.forms()]
    reader = practice.program.reader
    clerk.wait_for("they are on the disk", lambda: all(reader.record(id_) for id_ in ids))
    kept = [record.application.reason for id_ in ids if (record := reader.record(id_)) is not None]
    assert kept == [file.stem for file in files]
    clerk.picture("opened")
    assert reader.open_items() == ()


def beside_the_command_line(at_work: AtWork) -> None:
    """Window and `yuyue` on the same profile at the same time (B11)."""
    command_line_beside_the_window(at_work, PASSWORD)


SCENARIOS: dict[str, tuple[Callable[[AtWork], None], str]] = {
    scenario.__name__: (scenario, officer)
    for scenario, officer in (
        (refusals_and_safe_exit, "auto"),
        (unbound_account, "auto"),
        (officer_by_hand, "hand"),
        (office_stopped, "auto"),
        (typing_until_killed, "auto"),
        (reopening, "auto"),
        (closing_at_once, "auto"),
        (beside_the_command_line, "hand"),
        (files_given_before_sign_in, "hand"),
        (twenty_tabs, "hand"),
        (cards_swapped_while_declaring, "hand"),
    )
}
"""By name: what is played, and who plays the officer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Play one scenario in a window of its own."""
    parser = argparse.ArgumentParser(prog="scenarios")
    parser.add_argument("name", choices=sorted(SCENARIOS))
    parser.add_argument("--out", type=Path, required=True, help="folder for pictures")
    parser.add_argument("--profile-file", type=Path, help="of an office that is open already")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    scenario, officer = SCENARIOS[options.name]
    with _office(options.profile_file, officer) as office, practice_window(office, PASSWORD) as practice:
        scenario(AtWork(practice, options.out))
    return 0


@contextlib.contextmanager
def _office(profile_file: Path | None, officer: str) -> Iterator[PracticeOffice]:
    if profile_file is None:
        with practice_office(officer) as office:
            yield office
    else:
        yield PracticeOffice.of(profile_file)


if __name__ == "__main__":
    sys.exit(main())

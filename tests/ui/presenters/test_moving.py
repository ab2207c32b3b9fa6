"""换电脑 by hand: the password twice, how it ended in words, and what is refused is said at the field (B17)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.store.parts import KEY, LIMIT_S, make_application, make_mover
from tests.ui.presenters.conftest import Desk
from yuyue_desktop.moving import Moving
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.dialogs.secret_dialog import SecretDialog
from yuyue_desktop.ui.presenters.moving import MovingPresenter
from yuyue_desktop.ui.presenters.settings import Appearance, open_settings
from yuyue_desktop.ui.widgets.text import Text

PASSWORD = "a long sentence of mine"


def asked(desk: Desk) -> SecretDialog:
    return next(d for d in desk.surface.window.findChildren(SecretDialog) if d.isVisible())


def type_password(dialog: SecretDialog) -> None:
    for field in dialog.fields:
        QTest.keyClicks(field.editor, PASSWORD)
    QTest.keyClick(dialog.fields[-1].editor, Qt.Key.Key_Return)


def words(desk: Desk) -> str:
    shown = [d for d in desk.surface.window.findChildren(NoticeDialog) if d.isVisible()]
    return " ".join(text.text() for dialog in shown for text in dialog.findChildren(Text))


def test_out_and_in_again_in_the_clerks_words(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.surface.window.show()
    moving = MovingPresenter(desk.surface, Moving(desk.store.file, KEY, make_mover()), desk.surface.window)
    file = tmp_path / "moved.yuyue"
    moving.export_to(file)
    assert len(asked(desk).fields) == 2
    type_password(asked(desk))
    qtbot.waitUntil(lambda: "已导出" in words(desk))
    assert file.exists()
    desk.surface.window.findChildren(NoticeDialog)[0].escape()
    draft = desk.store.save(make_application())
    moving.import_from(file)
    dialog = asked(desk)
    type_password(dialog)
    qtbot.waitUntil(lambda: "本机还有没发出的：1 份草稿，0 件待发送" in dialog.fields[0].message)
    dialog.dismiss()
    desk.store.writer.delete_draft(draft.id, "yunling", desk.clock.at).result(LIMIT_S)
    moving.import_from(file)
    type_password(asked(desk))
    qtbot.waitUntil(lambda: "请关闭程序再打开" in words(desk))


def test_only_who_is_signed_in_is_offered_it(desk: Desk) -> None:
    desk.surface.window.show()
    appearance = Appearance(desk.surface.look, desk.remembered)
    assert open_settings(desk.surface, appearance).export is None
    offered = open_settings(desk.surface, appearance, moving=Moving(desk.store.file, KEY, make_mover()))
    assert [button.isVisible() for button in (offered.export, offered.bring_in) if button] == [True, True]

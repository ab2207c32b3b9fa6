"""Files brought into a form: 随附单据编辑 word for word, every verdict before saving, dropping, pasting."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.documents.pdfs import make_pdf
from tests.store.parts import OpenStore
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.documents.viewer import Viewer
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.rules import kilobytes
from yuyue_desktop.services.attaching import Attaching
from yuyue_desktop.services.picked_files import read_picked
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.form_files import FileList, FormFiles
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog
from yuyue_desktop.ui.upload import upload_row
from yuyue_desktop.ui.upload.upload_dialog import UploadDialog
from yuyue_desktop.ui.upload.upload_row import Stage

pytestmark = pytest.mark.thorough

KB = 1024
REGISTERED = tuple(Attachment(f"{number}.pdf", str(number) * 64, 10, (10,)) for number in range(4))


@dataclass
class Desk:
    """A form's list of files, and the window that its dialogs lie over."""

    window: QWidget
    opener: QPushButton
    folder: Path
    files: FormFiles
    present: list[Attachment]
    shown: list[tuple[Attachment, ...]] = field(default_factory=list)

    @property
    def dialog(self) -> UploadDialog:
        """随附单据编辑, which is open."""
        return [dialog for dialog in self.window.findChildren(UploadDialog) if dialog.isVisible()][-1]

    def is_open(self) -> bool:
        return any(dialog.isVisible() for dialog in self.window.findChildren(UploadDialog))

    def stages(self) -> list[Stage | None]:
        return [row._stage for row in self.dialog.files.rows.values()]

    def details(self) -> list[str]:
        return [row._detail.text() for row in self.dialog.files.rows.values()]

    def is_settled(self) -> bool:
        return self.is_open() and not {Stage.WAITING, Stage.BUSY} & set(self.stages())

    def written(self, name: str, content: bytes) -> Path:
        (self.folder / name).write_bytes(content)
        return self.folder / name


MakeDesk = Callable[..., Desk]


@pytest.fixture(scope="module")
def checker() -> Iterator[PdfChecker]:
    opened = PdfChecker()
    yield opened
    opened.close()


@pytest.fixture
def make_desk(tmp_path: Path, qtbot: QtBot, checker: PdfChecker) -> Iterator[MakeDesk]:
    """A desk with files that are there, `most` of which may be; `read` stands for the disk."""
    store, bridge, viewer, workers = OpenStore(tmp_path / "profile"), EventBridge(), Viewer(), ThreadPoolExecutor(1)

    def make(
        present: tuple[Attachment, ...] = (),
        most: int | None = None,
        read: Callable[[Path, AttachmentLimits], bytes] = read_picked,
        pdf: PdfChecker = checker,
    ) -> Desk:
        window, opener = QWidget(), QPushButton("上传PDF")
        QVBoxLayout(window).addWidget(opener)
        window.resize(1280, 672)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        opener.setFocus()
        qtbot.waitUntil(opener.hasFocus)
        here = list(present)

        def show(files: tuple[Attachment, ...]) -> None:
            here[:] = files
            desk.shown.append(files)

        files = FormFiles(
            Surface(Look(), window, bridge, store.clock),
            FileList(lambda: tuple(here), show, most),
            QObject(window),
            attaching=Attaching(pdf=pdf, writer=store.writer, clock=store.clock, read=read),
            previewing=Previewing(viewer=viewer, reader=store.reader, workers=workers),
        )
        folder = tmp_path / "files"
        folder.mkdir()
        desk = Desk(window, opener, folder, files, here)
        return desk

    yield make
    bridge.close()
    viewer.close()
    workers.shutdown()
    store.close()


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def test_the_manuals_way_by_keyboard(qtbot: QtBot, make_desk: MakeDesk) -> None:
    """【上传PDF】→【添加文件】→【打开】→【上传/保存】, several files at once."""
    desk = make_desk()
    paths = [desk.written("a.pdf", make_pdf()), desk.written("b.pdf", make_pdf((2000, 300 * KB)))]
    desk.files.edit()
    dialog = desk.dialog
    assert dialog.accessibleName() == "随附单据编辑"
    assert (dialog.add.text(), dialog.save.text()) == ("添加文件", "上传/保存")
    assert dialog.add.hasFocus()
    QTest.keyClick(dialog.add, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.window.findChild(QFileDialog) is not None)
    chooser = desk.window.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.filesSelected.emit([str(path) for path in paths])
    chooser.reject()
    qtbot.waitUntil(desk.is_settled)
    assert desk.stages() == [Stage.TAKEN, Stage.TOO_LARGE]
    assert desk.details()[1] == "第 2 页 301 KB，超过每页 200 KB"
    assert desk.present == []
    desk.window.activateWindow()
    qtbot.waitUntil(dialog.save.hasFocus)
    QTest.keyClick(dialog.save, Qt.Key.Key_Return)
    assert [file.name for file in desk.present] == ["a.pdf", "b.pdf"]
    assert not desk.is_open()
    assert desk.opener.hasFocus()


def test_leaving_changes_nothing(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk(REGISTERED[:1])
    desk.files.edit()
    desk.dialog.files_given.emit([desk.written("a.pdf", make_pdf())])
    qtbot.waitUntil(desk.is_settled)
    QTest.keyClick(desk.dialog.save, Qt.Key.Key_Escape)
    assert (desk.present, desk.shown, desk.is_open()) == ([REGISTERED[0]], [], False)


def test_every_bad_file_has_its_own_words_and_the_good_ones_are_kept(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk()
    os.mkfifo(desk.folder / "pipe.pdf")
    (desk.folder / "folder.pdf").mkdir()
    (desk.folder / "link.pdf").symlink_to(desk.folder / "link.pdf")
    good, large = make_pdf(), make_pdf([150 * KB] * 35)
    given = [
        desk.written("good.pdf", good),
        desk.written("text.pdf", "合同".encode()),
        desk.written("encrypted.pdf", make_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))),
        desk.written("broken.pdf", good[: len(good) // 3]),
        desk.written("old.pdf", make_pdf(version="1.3")),
        desk.written("two-ways.pdf", b"junk\n" + good),
        desk.written("no-pages.pdf", make_pdf([])),
        desk.written("again.pdf", good),
        desk.folder / "folder.pdf",
        desk.folder / "pipe.pdf",
        desk.folder / "link.pdf",
        desk.folder / "gone.pdf",
        desk.folder / "nul\0.pdf",
        desk.written("large.pdf", large),
    ]
    desk.files.edit()
    desk.dialog.files_given.emit(given)
    qtbot.waitUntil(desk.is_settled)
    assert desk.details()[1:] == [
        "不是 PDF 文件。请选择 PDF；图片或 Word 请先另存为 PDF",
        "加了密。请另存为不加密的 PDF",
        "已损坏，打不开。请用原来的程序重新导出",
        "PDF 版本是 1.3，要求 1.4 以上。请用新的程序另存一次",
        "结构不一致，两种读法结果不同。请用原来的程序重新导出",
        "里一页也没有。请换一个文件",
        "与已有的 good.pdf 内容相同。不用再加一次",
        "是文件夹。请打开它，选里面的 PDF 文件",
        "不是普通文件，不能读取。请先存成 PDF 文件再添加",
        "是一个失效的链接。请选择它原来指向的文件",
        "找不到文件 gone.pdf。可能被移走或改了名，请重新选择",
        "找不到文件 nul\ufffd.pdf。可能被移走或改了名，请重新选择",
        f"有 {kilobytes(len(large))} KB，超过 4 MB",
    ]
    assert desk.dialog.note == "2 个可以保存；12 个没有收进来，原因见上"
    desk.dialog.save.click()
    assert [file.name for file in desk.present] == ["good.pdf", "large.pdf"]


def test_a_sixth_file_is_not_taken(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk(REGISTERED)
    given = [desk.written(f"{name}.pdf", make_pdf([number])) for number, name in enumerate("ab", 10)]
    desk.files.add(given)
    qtbot.waitUntil(desk.is_settled)
    assert desk.details()[-1] == "最多 5 个附件，现为 6 个。请移除多出的文件"
    desk.dialog.save.click()
    assert len(desk.present) == 5


def test_an_explanation_takes_one(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk(most=1)
    desk.files.add([desk.written(f"{name}.pdf", make_pdf([number])) for number, name in enumerate("ab", 10)])
    qtbot.waitUntil(desk.is_settled)
    assert desk.stages() == [Stage.TAKEN, Stage.REFUSED]
    assert desk.details()[1].startswith("最多 1 个附件")


def test_a_folder_full_of_files_is_a_slip_of_the_hand(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.files.add([desk.folder / f"{number}.pdf" for number in range(1000)])
    qtbot.waitUntil(desk.is_settled)
    assert len(desk.stages()) == 20
    assert desk.dialog.note.endswith("另有 980 个没有看：一次最多看 20 个")


def test_good_files_that_are_dropped_are_in_the_form_at_once(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk(REGISTERED[:1])
    desk.files.add([desk.written("a.pdf", make_pdf())])
    qtbot.waitUntil(lambda: len(desk.present) == 2)
    assert not desk.is_open()


def test_files_are_dropped_and_pasted_into_the_dialog(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk()
    paths = [desk.written(f"{name}.pdf", make_pdf([number])) for number, name in enumerate("ab", 10)]
    desk.files.edit()
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    data = urls(paths[0])
    desk.dialog.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))
    QGuiApplication.clipboard().setMimeData(urls(paths[1]))
    QTest.keyClick(desk.dialog.save, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.stages() == [Stage.TAKEN] * 2)


@pytest.mark.parametrize("kind", ["text", "web", "nothing"])
def test_what_is_no_file_is_said(make_desk: MakeDesk, kind: str) -> None:
    desk = make_desk()
    data = QMimeData()
    if kind == "text":
        data.setText("合同")
    elif kind == "web":
        data.setUrls([QUrl("https://example.org/a.pdf")])
    desk.files.edit()
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(desk.dialog.save, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert desk.dialog.note.startswith("剪贴板里没有文件。请在文件夹里选中 PDF")
    assert desk.stages() == []
    desk.dialog.escape()
    desk.files.refuse("拖来的不是文件")
    assert desk.window.findChild(NoticeDialog) is not None


def test_a_file_that_hangs_can_be_left_and_the_others_go_on(
    qtbot: QtBot, make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network folder that does not answer: 取消 comes after a while, and takes only that file out."""
    monkeypatch.setattr(upload_row, "CANCEL_AFTER_MS", 1)
    answers = threading.Event()

    def read(path: Path, allowed: AttachmentLimits) -> bytes:
        if path.name == "hangs.pdf":
            answers.wait()
        return read_picked(path, allowed)

    desk = make_desk(read=read)
    desk.files.edit()
    desk.dialog.files_given.emit([desk.folder / "hangs.pdf", desk.written("a.pdf", make_pdf())])
    assert desk.dialog.note == "正在检查 1 / 2"
    hung = next(iter(desk.dialog.files.rows.values()))
    qtbot.waitUntil(hung.cancel.isVisible)
    hung.cancel.click()
    qtbot.waitUntil(lambda: desk.stages() == [Stage.TAKEN])
    answers.set()


DIES_OR_HANGS = """
import os, sys, threading
from yuyue_desktop.documents import process
real = process._Desk._check
def check(desk, name, content, limits):
    if name == "dies.pdf":
        os.abort()
    if name == "hangs.pdf":
        threading.Event().wait()
    return real(desk, name, content, limits)
process._Desk._check = check
sys.exit(process.main())
"""


def test_a_file_that_takes_the_process_along_is_said_and_the_next_ones_go_on(qtbot: QtBot, make_desk: MakeDesk) -> None:
    fragile = PdfChecker((sys.executable, "-c", DIES_OR_HANGS), time_limit_s=8)
    desk = make_desk(pdf=fragile)
    given = [desk.written(f"{name}.pdf", make_pdf([size])) for size, name in enumerate(("dies", "hangs", "good"), 10)]
    desk.files.add(given)
    qtbot.waitUntil(desk.is_settled)
    assert desk.details()[:2] == [
        "已损坏，打不开。请用原来的程序重新导出",
        "查了很久没有结果。没有添加；请用原来的程序重新导出，或另存为新的 PDF",
    ]
    assert desk.stages() == [Stage.REFUSED, Stage.REFUSED, Stage.TAKEN]
    fragile.close()


def test_saving_while_files_are_checked_saves_once_they_are(qtbot: QtBot, make_desk: MakeDesk) -> None:
    answers = threading.Event()

    def read(path: Path, allowed: AttachmentLimits) -> bytes:
        answers.wait()
        return read_picked(path, allowed)

    desk = make_desk(read=read)
    desk.files.edit()
    desk.dialog.files_given.emit([desk.written("a.pdf", make_pdf())])
    desk.dialog.save.click()
    assert desk.dialog.note == "正在检查 1 / 1，查完就保存"
    answers.set()
    qtbot.waitUntil(lambda: len(desk.present) == 1)
    assert not desk.is_open()


def test_files_that_are_there_can_be_left_out_and_looked_at(qtbot: QtBot, make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.files.add([desk.written("a.pdf", make_pdf((100, 100)))])
    qtbot.waitUntil(lambda: len(desk.present) == 1)
    desk.files.edit()
    row = next(iter(desk.dialog.files.rows.values()))
    row.preview.setFocus()
    row.preview.click()
    shown = desk.window.findChild(PreviewDialog)
    assert isinstance(shown, PreviewDialog)
    qtbot.waitUntil(lambda: 0 in shown.pages.drawn)
    QTest.keyClick(shown.pages, Qt.Key.Key_Escape)
    assert row.preview.hasFocus()
    row.remove.setFocus()
    row.remove.click()
    assert desk.dialog.add.hasFocus()
    assert len(desk.present) == 1
    desk.dialog.save.click()
    assert desk.present == []

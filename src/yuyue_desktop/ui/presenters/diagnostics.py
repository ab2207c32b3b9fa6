"""诊断 at work (B12): runs every test in the background, shows each as it ends, saves a report without secrets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QIODevice, QObject, QSaveFile
from PySide6.QtWidgets import QFileDialog

from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import CardChanged, Event, LinkChanged
from yuyue_desktop.services.card_findings import Finding
from yuyue_desktop.services.diagnostics import Diagnostics, TableEdition
from yuyue_desktop.services.readiness import GatewayReadiness, Readiness
from yuyue_desktop.ui.pages.contents import ReadinessLine
from yuyue_desktop.ui.pages.diagnostics_page import DiagnosticsPage
from yuyue_desktop.ui.pages.readiness_rows import SIGNS
from yuyue_desktop.ui.presenters import readiness_lines as lines
from yuyue_desktop.ui.presenters.readiness_lines import Part
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.time_words import stamp


class DiagnosticsPresenter(QObject):
    """Makes `page` and fills it."""

    def __init__(
        self,
        surface: Surface,
        *,
        readiness: Readiness,
        diagnostics: Diagnostics,
        version: str,
    ) -> None:
        self.page = DiagnosticsPage(surface.look)
        super().__init__(self.page)
        self._surface = surface
        self._readiness = readiness
        self._diagnostics = diagnostics
        self._lines: dict[str, ReadinessLine] = {Part.PROGRAM: lines.program_line(version)}
        self.page.recheck_asked.connect(self.check)
        self.page.report_asked.connect(self._ask_file)
        self.check()

    def check(self) -> None:
        """Run every test anew."""
        for part in (Part.STORE, Part.TABLES):
            self._say(lines.checking(part))
        when_done = self._surface.bridge.when_done
        when_done(self._diagnostics.store(), self._show_store, lambda error: self._say_failed(Part.STORE, error))
        when_done(self._diagnostics.tables(), self._show_tables, lambda error: self._say_failed(Part.TABLES, error))
        self._check_card()
        self._check_gateway()

    def take(self, event: Event) -> None:
        """A card was put in or pulled, the link came or went: its test is run again."""
        if isinstance(event, CardChanged) and event.state in (CardState.PRESENT, CardState.ABSENT):
            self._check_card()
        elif isinstance(event, LinkChanged):
            self._check_gateway()

    def save_report(self, file: str) -> None:
        """Write what is shown into a file."""
        target = QSaveFile(file)
        at = stamp(self._surface.clock.now())
        content = report_text(self._in_order(), at, self._diagnostics.recent_log()).encode("utf-8")
        is_written = target.open(QIODevice.OpenModeFlag.WriteOnly) and target.write(content) == len(content)
        if not (is_written and target.commit()):
            self._surface.tell(YuyueError(Code.FILE_UNWRITABLE, {"name": file}))

    # tests

    def _check_card(self) -> None:
        self._say(*(lines.checking(part) for part in Part if part in lines.PARTS_OF_CARD and part in self._lines))
        self._say(lines.checking(Part.CARD))
        when_done = self._surface.bridge.when_done
        when_done(self._diagnostics.card(), self._show_card, lambda error: self._say_failed(Part.CARD, error))

    def _check_gateway(self) -> None:
        self._say(lines.checking(Part.GATEWAY))
        self._surface.bridge.when_done(self._readiness.gateway(), self._show_gateway, self._show_no_gateway)

    # what was found

    def _show_card(self, found: Sequence[Finding]) -> None:
        self._lines = {key: line for key, line in self._lines.items() if key not in lines.PARTS_OF_CARD}
        self._say(*(lines.finding_line(finding) for finding in found))

    def _show_gateway(self, found: GatewayReadiness) -> None:
        now, is_practice = self._surface.clock.now(), self._surface.is_practice
        self._say(lines.gateway_line(found), lines.clock_line(found, now, is_practice=is_practice))

    def _show_no_gateway(self, error: YuyueError) -> None:
        self._say(lines.no_gateway_line(error), lines.unknown_clock_line())

    def _show_store(self, _none: None) -> None:
        self._say(lines.store_line())

    def _show_tables(self, editions: Sequence[TableEdition]) -> None:
        self._say(lines.tables_line(editions))

    def _say_failed(self, part: Part, error: YuyueError) -> None:
        self._say(lines.failed(part, error))

    def _say(self, *found: ReadinessLine) -> None:
        self._lines |= {line.key: line for line in found}
        self.page.show_lines(self._in_order(), f"{self._surface.clock.now():%H:%M}")

    def _in_order(self) -> list[ReadinessLine]:
        return [self._lines[part] for part in Part if part in self._lines]

    # the report

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._surface.window, "保存报告", "", "文本文件 (*.txt)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(f"预约通关诊断 {self._surface.clock.now():%Y-%m-%d}.txt")
        dialog.fileSelected.connect(self.save_report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def report_text(found: Sequence[ReadinessLine], at: str, log: Sequence[str] = ()) -> str:
    """What is shown as plain text, and the log: no number of a card, no name of a person or company."""
    rows = [f"{line.title}：{SIGNS[line.readiness][2]}。{line.detail}" for line in found]
    logged = ["", "运行日志（只有时间和代码）：", *log] if log else []
    return "\n".join([f"预约通关诊断报告 {at}", *rows, *logged, ""])

"""情况说明: text and at most one PDF, sent once and only once (S31); sends nothing itself."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.application import Attachment, Step, is_allowed
from yuyue_desktop.domain.fields import field
from yuyue_desktop.domain.life_rules import explanation_problems
from yuyue_desktop.domain.limits import EXPLANATION_ATTACHMENTS, EXPLANATION_CHARACTERS
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.attachments_panel import AttachmentsPanel, UploadBar
from yuyue_desktop.ui.forms.problem_words import bubble_words
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.field_bubble import FieldBubble
from yuyue_desktop.ui.widgets.text_area import TextArea


class ExplanationPanel(Box):
    """`asked` carries the text when 预约申报 is pressed; whoever hears it asks first, as it can't be sent again.

    `jotted` comes with each change of text or file; both are the panel's until then.
    """

    asked = Signal(str)
    jotted = Signal()
    hint = Signal(str)

    def __init__(self, look: Look) -> None:
        spec = field("explanation")
        super().__init__(look, spec.label, "没有通过单一窗口反馈的报关单号，在这里向海关说明，只能发送一次")
        self._text = TextArea(look, spec.accessible_name, hint=spec.hint, least_lines=3, most_lines=8)
        self._text.edited.connect(self._judge)
        self._text.edited.connect(lambda _text: self.jotted.emit())
        self._text.entered.connect(lambda: self.hint.emit(f"{spec.accessible_name}：{spec.hint}"))
        self._bubble = FieldBubble(look, self._text)
        self._attachments: tuple[Attachment, ...] = ()
        self._today: date | None = None
        self.upload = UploadBar(look)
        self.files = AttachmentsPanel(look)
        self.files.changed.connect(self.take_files)
        self._send = Button(look, "预约申报", ButtonKind.OUTLINED, icon="plane")
        self._send.clicked.connect(self._ask)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.upload, 1)
        row.addWidget(self._send)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.L, 0, Space.L, Space.M)
        inside.setSpacing(Space.S)
        for part in (self._text, self.files, self._foot):
            inside.addWidget(part)
        self.body.addLayout(inside)
        self.hide()

    @property
    def editor(self) -> QWidget:
        """Where the text is written."""
        return self._text

    @property
    def text(self) -> str:
        """What is written."""
        return self._text.text

    def show_state(self, state: FormState) -> None:
        """In view only once the application was approved; open until the one explanation is sent."""
        status = state.record.status
        may_explain = is_allowed(status, Step.EXPLAIN)
        self.setVisible(may_explain)
        is_open = may_explain and not state.record.is_explained and state.mark is None
        self._text.set_locked(is_locked=not is_open)
        self._foot.setVisible(is_open)
        self._today = state.now.date()
        self._show_files(self._attachments)
        if state.record.is_explained:
            self.set_note("已发送过，等待海关答复")

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """The PDF that goes with the text, if any."""
        return self._attachments

    def show_written(self, text: str, attachments: tuple[Attachment, ...]) -> None:
        """Puts back what was written before."""
        self._text.set_text(text)
        self._judge(text)
        self._show_files(attachments)

    def take_files(self, attachments: tuple[Attachment, ...]) -> None:
        """Takes the PDF that the clerk wants to go with the text."""
        self._show_files(attachments)
        self.jotted.emit()

    def _show_files(self, attachments: tuple[Attachment, ...]) -> None:
        self._attachments = attachments
        is_open = self._foot.isVisibleTo(self)
        if self._today is not None:
            self.files.show_attachments(attachments, self._today, is_editable=is_open)
        self.upload.show_count(len(attachments), EXPLANATION_ATTACHMENTS, is_editable=is_open)

    def _judge(self, text: str) -> None:
        """What stands against the text is said while it is written; that there is none only once it is to be sent."""
        self._text.set_unit(f"{len(text)} / {EXPLANATION_CHARACTERS}")
        self._say(self._problem(text) if text else None)

    def _problem(self, text: str) -> Problem | None:
        return next(explanation_problems(text, len(self._attachments), is_explained=False), None)

    def _say(self, problem: Problem | None, *, is_due: bool = False) -> None:
        title, advice = bubble_words(problem) if problem is not None else ("", "")
        self._bubble.say(title, advice, is_due=is_due)

    def _ask(self) -> None:
        text = self._text.text.strip()
        problem = self._problem(text)
        if problem is None:
            self.asked.emit(text)
            return
        self._text.setFocus()
        self._say(problem, is_due=True)

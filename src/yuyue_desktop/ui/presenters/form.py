"""One application's form at work: each change judged at once, on the disk within a second; acts go to services."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import (
    ApplicationChanged,
    CalendarKnown,
    CompanyKnown,
    Event,
    LinkChanged,
    OutboxChanged,
    ReceiptArrived,
)
from yuyue_desktop.domain.limits import EXPLANATION_ATTACHMENTS
from yuyue_desktop.domain.pasted_goods import parse_goods
from yuyue_desktop.services.drafting import Editing, Entered, FormState
from yuyue_desktop.services.notebook import Notebook
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.facts_box import Facts
from yuyue_desktop.ui.dialogs.questions import cancel_application, delete_drafts, send_explanation
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.presenters.act_facts import declare_facts, feedback_facts, subject_facts
from yuyue_desktop.ui.presenters.form_files import FileList, FormFiles
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.presenters.form_saving import FormSaving
from yuyue_desktop.ui.presenters.signing import Act, SigningFlow
from yuyue_desktop.ui.presenters.surface import Surface

NO_PRINTING = ("这一版还不能打印", "打印和预览在以后的版本里。申请的内容和回执都留在这里，随时可以再打开。")
"""What Alt+P says (S11)."""


MOST_LINES_NAMED = 8


class FormPresenter(QObject):
    """`saving` tells of commits; `copy_asked` and `gone` are for whoever opens and closes tabs."""

    copy_asked = Signal(object)
    gone = Signal(object)

    def __init__(
        self,
        surface: Surface,
        page: FormPage,
        editing: Editing,
        workplace: Workplace,
        signing: SigningFlow,
        *,
        notebook: Notebook | None = None,
    ) -> None:
        """`notebook` is given where it holds what is not on the disk yet."""
        super().__init__(page)
        self._surface = surface
        self._page = page
        self._editing = editing
        self._workplace = workplace
        self._signing = signing
        self._shown_minute: datetime | None = None
        self._shown_status: Status | None = None
        self.notebook = notebook or workplace.drafting.notebook(editing.id)
        self.saving = FormSaving(surface, editing, self.notebook, self)
        page.left.connect(self._leave)
        page.form_built.connect(self._fill)
        self.saving.changed.connect(self.refresh)
        self.refresh()

    @property
    def editing(self) -> Editing:
        """The application that is edited."""
        return self._editing

    def refresh(self) -> None:
        """Judge and show anew."""
        state = self._editing.state()
        self._shown_minute = state.now.replace(second=0, microsecond=0)
        self._page.show_record(state.record)
        self._page.set_unsaved(self.saving.is_unsaved)
        if self._page.is_built:
            self._show_in_form(state)

    def _show_in_form(self, state: FormState) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._page.form.isAncestorOf(focused)
        self._page.form.show_state(state)
        was, self._shown_status = self._shown_status, state.record.status
        if had_focus and was is not state.record.status is Status.APPROVED:
            self._page.form.feedback.focus_entry()
        elif had_focus:
            self._keep_focus()

    def tick(self) -> None:
        """The clock moved on: what is left is shown anew by the minute."""
        if self._surface.clock.now().replace(second=0, microsecond=0) != self._shown_minute:
            self.refresh()

    def take(self, event: Event) -> None:
        """Something happened that this form may show."""
        if isinstance(event, ApplicationChanged | OutboxChanged | ReceiptArrived):
            if event.application_id == self._editing.id:
                self._reload()
        elif isinstance(event, CompanyKnown | CalendarKnown | LinkChanged):
            self.refresh()

    def _keep_focus(self) -> None:
        """What had the keyboard may be gone, as fields lock: it stays in the form, where something can be done."""
        focused = QApplication.focusWidget()
        if focused is not None and self._page.form.isAncestorOf(focused) and focused.isVisible():
            return
        feedback = self._page.form.feedback.editors
        target = feedback[0] if feedback else self._page.form.head.buttons["复制"]
        target.setFocus()

    def _fill(self) -> None:
        """The form is there now."""
        form, head = self._page.form, self._page.form.head
        head.buttons["打印"].hide()
        form.changed.connect(self._change)
        form.jotted.changed.connect(self._jot)
        form.submit_asked.connect(self._submit)
        head.save_asked.connect(self._save)
        head.delete_asked.connect(self._ask_delete)
        head.cancel_asked.connect(self._ask_cancel)
        head.print_asked.connect(lambda: self._surface.notice(*NO_PRINTING))
        head.copy_asked.connect(lambda: self.copy_asked.emit(self._editing.state().record))
        form.explanation.asked.connect(self._ask_explain)
        form.goods.paste_asked.connect(self._paste_goods)
        self._serve_files(form)
        self.refresh()
        form.jotted.show(self.notebook.jotting)

    def _serve_files(self, form: ApplicationForm) -> None:
        explanation = form.explanation
        attached = FileList(
            lambda: self._editing.state().application.attachments, lambda files: self._change("attachments", files)
        )
        explaining = FileList(lambda: explanation.attachments, explanation.take_files, EXPLANATION_ATTACHMENTS)
        self._form_files(attached).serve(form.attachments, form.upload, (form,))
        self._form_files(explaining).serve(
            explanation.files, explanation.upload, (explanation.upload, explanation.files)
        )

    def _form_files(self, files: FileList) -> FormFiles:
        workplace = self._workplace
        return FormFiles(
            self._surface, files, self, attaching=workplace.attaching, previewing=workplace.previewing, page=self._page
        )

    def _paste_goods(self) -> None:
        """从 Excel 粘贴: rows of the clipboard's table go behind those that are there (B7)."""
        pasted = parse_goods(QApplication.clipboard().text())
        if pasted.rows:
            self._change("goods", (*self._editing.state().application.goods, *pasted.rows))
            if pasted.lines_not_understood:
                self._surface.notice(*_lines_left_out(len(pasted.rows), pasted.lines_not_understood))
        else:
            self._surface.notice("剪贴板里没有商品表", "在 Excel 里复制含 HS 编码和商品名称的几列，再点从 Excel 粘贴。")

    def _leave(self) -> None:
        self.saving.flush()

    def _jot(self) -> None:
        """Something was written that no step has taken yet; a draft that is nothing else yet is kept for it."""
        self.notebook.write(self._page.form.jotted.jotting)
        if self.notebook.is_unsaved and self._editing.state().record.revision == 0:
            self._editing.touch()
        self.saving.note_change()
        self._page.set_unsaved(self.saving.is_unsaved)

    def enter(self, name: str, value: Entered) -> None:
        """Take over a value that was chosen elsewhere, as if it had been typed here."""
        self._change(name, value)

    def _change(self, name: str, value: Entered) -> None:
        try:
            self._editing.change(name, value)
        except YuyueError as error:
            self._surface.tell(error)
        self.saving.note_change()
        self.refresh()

    def _save(self) -> None:
        """暂存: to the disk, then on its way to the gateway (S21)."""

        def send() -> None:
            future = self._workplace.drafting.keep_at_gateway(self._editing.id)
            self._surface.bridge.when_done(future, lambda _none: None, self._surface.tell, whose=self)

        if self._editing.state().record.revision == 0:
            self._editing.touch()
        self.saving.flush(send)

    def _submit(self) -> None:
        state = self._editing.state()
        if state.record.status is Status.APPROVED:
            numbers = self._page.form.feedback.numbers
            facts = feedback_facts(state, len(numbers))
            self._run(lambda: self._workplace.declaring.feed_back(self._editing.state().record, numbers), facts)
            return
        declare = self._workplace.declaring.declare
        self.saving.flush(lambda: self._run(lambda: declare(self._editing), declare_facts(state)))

    def _ask_cancel(self) -> None:
        facts = subject_facts(self._editing.state())
        declaring = self._workplace.declaring
        self._surface.ask(
            cancel_application(facts),
            lambda: self._run(lambda: declaring.cancel(self._editing.state().record), facts),
        )

    def _ask_explain(self, text: str) -> None:
        facts = subject_facts(self._editing.state())
        files = self._page.form.explanation.attachments
        declaring = self._workplace.declaring
        self._surface.ask(
            send_explanation(facts),
            lambda: self._run(lambda: declaring.explain(self._editing.state().record, text, files), facts),
        )

    def _ask_delete(self) -> None:
        self._surface.ask(delete_drafts(1), self._delete)

    def _delete(self) -> None:
        """What was typed goes to the disk first: it is kept there for 30 days (S28)."""

        def delete() -> None:
            if self._editing.state().record.revision == 0:
                self._go()
                return
            future = self._workplace.drafting.delete(self._editing.id)
            self._surface.bridge.when_done(future, lambda _none: self._go(), self._surface.tell, whose=self)

        self.saving.flush(delete)

    def _go(self) -> None:
        self.saving.end()
        self.gone.emit(self._page)

    def _reload(self) -> None:
        """Show what the store has by now; a draft that was deleted elsewhere goes."""
        if self._editing.reload():
            self.refresh()
        else:
            self._go()

    def _run(self, act: Act, facts: Facts) -> None:
        self._signing.run(act, facts, self._reload, whose=self)


def _lines_left_out(taken: int, lines: tuple[int, ...]) -> tuple[str, str]:
    """What is said of pasted lines that are no goods; the first ones by their number."""
    named = "、".join(str(line) for line in lines[:MOST_LINES_NAMED])
    more = " 等" if len(lines) > MOST_LINES_NAMED else ""
    return (
        f"加入 {taken} 项，{len(lines)} 行没有加入",
        f"没有加入的是第 {named}{more}行：一行要有 4 至 10 位的 HS 编码和商品名称。标题行不用管。",
    )

"""The applications' tabs: opened, copied, restored, brought to the disk, closed without losing anything (S8, B2)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from yuyue_desktop.domain.application import MOMENT_FORMAT, Application, ApplicationId, ApplicationRecord
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.events import Event
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.drafting import Editing
from yuyue_desktop.services.notebook import Notebook
from yuyue_desktop.services.workplace import Workplace
from yuyue_desktop.ui.dialogs.copy_dialog import CopyDialog
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.presenters.form_page import FormPage, form_place
from yuyue_desktop.ui.presenters.form_saving import FormSaving
from yuyue_desktop.ui.presenters.signing import SigningFlow
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.shell.page import Page


class FormTabs(QObject):
    """Each open application with the presenter that works it; pages of other kinds are not its own."""

    def __init__(
        self, surface: Surface, frame: ShellFrame, workplace: Workplace, *, tools: Tools, signing: SigningFlow
    ) -> None:
        super().__init__(frame)
        self._surface = surface
        self._frame = frame
        self._workplace = workplace
        self._finders = tools.finders
        self._signing = signing
        self._forms: dict[Page, FormPresenter] = {}
        frame.page_closed.connect(self._closed)

    def new(self) -> None:
        """预约申请: an empty draft in a tab of its own, or why there can be none (S5, S23)."""
        self._open_editing(self._workplace.drafting.new)

    def open(self, application_id: ApplicationId) -> None:
        """An application in a tab, with what its status allows."""
        known = self._frame.page_at(form_place(application_id))
        if known is not None:
            self._frame.choose(known)
            return
        self._open_editing(lambda: self._workplace.drafting.open(application_id))

    def reopen(self, application_id: ApplicationId) -> None:
        """A tab of the last time, which simply does not come back where the application was deleted meanwhile (B2)."""
        try:
            editing = self._workplace.drafting.open(application_id)
        except YuyueError:
            return
        self._show_form(editing)

    def restore(self, record: ApplicationRecord) -> None:
        """最近删除's 恢复为新草稿 (S28)."""
        self._open_editing(lambda: self._workplace.drafting.restore(record))

    def fill(self, application: Application, behind: Page | None) -> Page | None:
        """A new draft with what an application file held (B11), its tab behind another's: None where there can be none.

        What is in front stays there.
        """
        return self._open_editing(lambda: self._workplace.drafting.take(application), behind or self._frame.page)

    def show(self, page: Page) -> None:
        """Bring a tab to the front, if it is still open."""
        if page in self._frame.pages:
            self._frame.choose(page)

    def move_window(self, application_id: str, start: datetime) -> None:
        """The week view's 改到这里: the draft comes to the front with its new window."""
        self.open(ApplicationId(application_id))
        if (front := self._front()) is not None:
            front.enter("window_start", start.strftime(MOMENT_FORMAT))

    def saving_of(self, page: Page) -> FormSaving:
        """Who brings an open form to the disk."""
        return self._forms[page].saving

    def flush(self, then: Callable[[], object]) -> None:
        """Bring everything typed to the disk, then go on."""
        waiting = [form.saving for form in self._forms.values() if form.saving.is_unsaved]
        if not waiting:
            then()
            return
        waiting[0].flush(lambda: self.flush(then))

    def take(self, event: Event) -> None:
        """Something happened: every open application reads it again."""
        for form in list(self._forms.values()):
            form.take(event)

    def tick(self) -> None:
        """A second went by for the application in front."""
        if (front := self._front()) is not None:
            front.tick()

    def _front(self) -> FormPresenter | None:
        page = self._frame.page
        return self._forms.get(page) if page is not None else None

    def _open_editing(self, open_it: Callable[[], Editing], behind: Page | None = None) -> Page | None:
        try:
            editing = open_it()
        except YuyueError as error:
            self._surface.tell(error)
            return None
        return self._show_form(editing, behind=behind)

    def _show_form(self, editing: Editing, notebook: Notebook | None = None, behind: Page | None = None) -> Page:
        page = FormPage(editing.id, self._build)
        presenter = FormPresenter(self._surface, page, editing, self._workplace, self._signing, notebook=notebook)
        presenter.saving.kept.connect(lambda at: self._frame.hint_line.show_saved(f"{at:%H:%M:%S}"))
        presenter.saving.changed.connect(self._show_trouble)
        presenter.copy_asked.connect(self._copy)
        presenter.gone.connect(lambda page: self._frame.close_pages([page]))
        self._forms[page] = presenter
        return self._frame.open_page(page, behind)

    def _build(self) -> ApplicationForm:
        form = ApplicationForm(self._surface.look, self._finders, self._surface.clock.now)
        form.hint_changed.connect(self._frame.hint_line.show_hint)
        return form

    def _copy(self, record: ApplicationRecord) -> None:
        """Alt+C (S11): attachments come along if the clerk wants them to."""

        def copy(with_attachments: bool) -> None:
            self._open_editing(lambda: self._workplace.drafting.copy(record, with_attachments=with_attachments))

        files = len(record.application.attachments)
        if not files:
            copy(False)  # noqa: FBT003 - as the dialog's signal calls it
            return
        surface = self._surface
        dialog = CopyDialog(surface.look, surface.window, files, is_practice=surface.is_practice)
        dialog.chosen.connect(copy)
        dialog.open()

    def _closed(self, page: Page) -> None:
        form = self._forms.pop(page, None)
        if form is not None and form.saving.is_unsaved:
            self._see_saved(form.editing, form.notebook)
        self._show_trouble()

    def _see_saved(self, editing: Editing, notebook: Notebook) -> None:
        """A tab was closed with what is still on its way to the disk: should that fail, it is back (S8)."""

        def failed(error: YuyueError) -> None:
            editing.note_failed()
            notebook.note_failed()
            if self._frame.page_at(form_place(editing.id)) is None:
                self._show_form(editing, notebook)
                self._surface.tell(error)

        def watch(saving: Future[Any] | None) -> None:
            if saving is not None:
                self._surface.bridge.when_done(saving, lambda _kept: None, failed, whose=self)

        watch(editing.flush())
        watch(notebook.flush())

    def _show_trouble(self) -> None:
        """While the disk refuses what was typed, the line at the bottom says so; it goes on by itself."""
        troubles = [form.saving.trouble for form in self._forms.values() if form.saving.trouble is not None]
        words = f"{error_words(troubles[0]).title}，正在自动再试" if troubles else ""
        self._frame.hint_line.show_unsaved(words)

"""What is seen of the window's forms: how many it builds in a turn of its event loop, what stands in a field."""

from __future__ import annotations

from PySide6.QtCore import QAbstractEventDispatcher, QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.presenters.form_page import FormPage


class FormsPerTurn(QObject):
    """Counts the forms below a window whenever its event loop begins a turn, from now on.

    Building one holds the window thread about 0.1 s.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._counts = [self._count()]
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._turn)

    @property
    def most(self) -> int:
        """The most that came in one turn."""
        self._turn()
        return max(after - before for before, after in zip(self._counts, self._counts[1:], strict=False))

    @property
    def turns(self) -> int:
        """How many turns brought any."""
        self._turn()
        return sum(after > before for before, after in zip(self._counts, self._counts[1:], strict=False))

    def _turn(self) -> None:
        self._counts.append(self._count())

    def _count(self) -> int:
        return len(self._window.findChildren(ApplicationForm))


def text_in(page: FormPage, name: str) -> str:
    """What stands in a field of a form, by its name in the catalogue."""
    editor = editor_of(page.form.fields.bindings[name].widget)
    assert isinstance(editor, QLineEdit)
    return editor.text()

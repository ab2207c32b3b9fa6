"""Puts the window together: ribbon, top bar, menu, tabs, pages and hint line (S7, S8); knows no page and no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.drawer_host import DrawerHost
from yuyue_desktop.ui.shell.field_hints import FieldHints
from yuyue_desktop.ui.shell.hint_line import HintLine
from yuyue_desktop.ui.shell.menu_entries import ENTRIES, PRACTICE_ENTRIES, Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.shell.practice_ribbon import FRAME_WIDTH, PracticeRibbon
from yuyue_desktop.ui.shell.progress_line import ProgressLine
from yuyue_desktop.ui.shell.regions import RegionWalk
from yuyue_desktop.ui.shell.side_menu import SideMenu
from yuyue_desktop.ui.shell.tab_strip import TabStrip
from yuyue_desktop.ui.shell.top_bar import TopBar

FOLD_BELOW_WIDTH = 1320
COMPACT_BELOW_HEIGHT = 720
LEAST_SIZE = (1024, 640)
"""Pixels of the window (look.md, Sizes)."""


class ShellFrame(QWidget):
    """The window's content after sign-in.

    `page_chosen` and `page_closed` carry the Page; a closed page belongs to the receiver again. `menu_chosen` carries a
    Place; `menu_folded` the clerk's wish, to be remembered and given to the next start as `is_menu_folded`.
    """

    page_chosen = Signal(object)
    page_closed = Signal(object)
    menu_chosen = Signal(str)
    menu_folded = Signal(bool)
    help_asked = Signal()

    def __init__(
        self, look: Look, *, is_practice: bool = False, is_menu_folded: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._is_practice = is_practice
        self._is_fold_wished = is_menu_folded
        self._is_narrow = False
        self._front: Page | None = None
        self.top_bar = TopBar(look, is_practice=is_practice)
        self.menu = SideMenu(look, (*ENTRIES, *(PRACTICE_ENTRIES if is_practice else ())))
        self.tabs = TabStrip(look)
        self.hint_line = HintLine(look)
        self._stack = QStackedWidget()
        self.progress = ProgressLine(look, self._stack)
        self._work = QWidget()
        self._work.setAutoFillBackground(True)
        self._pages: list[Page] = []
        self.setMinimumSize(*LEAST_SIZE)
        self._lay_out()
        self.drawer = DrawerHost(look, self._work)
        self._walk = RegionWalk(self._regions, self)
        self._hints = FieldHints(self, self.hint_line.show_hint)
        self._connect()
        self._add_keys()
        self.menu.set_folded(is_menu_folded, is_moving=False)

    # pages

    @property
    def pages(self) -> tuple[Page, ...]:
        """All open pages in the order of their tabs."""
        return tuple(self._pages)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self._front

    def page_at(self, place: str) -> Page | None:
        """The open page of a place."""
        return next((page for page in self._pages if page.place == place), None)

    def open_page(self, page: Page, behind: Page | None = None) -> Page:
        """Show a page in a tab beside the one in front; a place that is open already is shown and answered instead.

        With `behind` its tab goes beside that page's (where that is still open), and what is in front stays there.
        """
        known = self.page_at(page.place)
        if known is not None:
            self.choose(known)
            return known
        place = (self._pages.index(behind) if behind in self._pages else self.tabs.bar.currentIndex()) + 1
        self._pages.insert(place, page)
        self._stack.addWidget(page)
        page.heading_changed.connect(lambda: self._show_heading(page))
        self.tabs.bar.insert(place, page.title, page.icon, is_closable=page.is_closable)
        self._show_heading(page)
        if behind is None:
            self.choose(page)
        return page

    def choose(self, page: Page) -> None:
        """Bring an open page to the front."""
        self.tabs.bar.setCurrentIndex(self._pages.index(page))

    def close_pages(self, pages: Sequence[Page]) -> None:
        """Close those of the pages that may be closed; each says `left` first, so that nothing typed is lost (S8)."""
        for page in [page for page in pages if page.is_closable and page in self._pages]:
            page.left.emit()
            place = self._pages.index(page)
            del self._pages[place]
            if page is self._front:
                self._front = None
            self.tabs.bar.removeTab(place)
            self._stack.removeWidget(page)
            page.heading_changed.disconnect()
            page.setParent(None)
            self.page_closed.emit(page)

    # regions and sizes

    def toggle_menu(self) -> None:
        """Fold or open the menu; in a narrow window this is for now only and not remembered."""
        is_folded = not self.menu.is_folded
        self.menu.set_folded(is_folded)
        if not self._is_narrow:
            self._is_fold_wished = is_folded
            self.menu_folded.emit(is_folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < FOLD_BELOW_WIDTH
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self.menu.set_folded(is_narrow or self._is_fold_wished, is_moving=False)
        self._look.choose(is_compact=self.height() < COMPACT_BELOW_HEIGHT)
        self.progress.resize(self._stack.width(), self.progress.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("ribbon" if self._is_practice else "surface"))

    def _regions(self) -> Sequence[QWidget]:
        regions: list[QWidget | None] = [self.menu, self.tabs.bar, self._front]
        regions.append(self.drawer.drawer or (self._front.rail() if self._front else None))
        return [region for region in regions if region is not None and region.isVisible()]

    # building

    def _lay_out(self) -> None:
        edge = FRAME_WIDTH if self._is_practice else 0
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, 0, edge, edge)
        column.setSpacing(0)
        if self._is_practice:
            column.addWidget(PracticeRibbon(self._look))
        column.addWidget(self.top_bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.menu)
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(0)
        work.addWidget(self.tabs)
        work.addWidget(self._stack, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._work, 1)
        right.addWidget(self.hint_line)
        row.addLayout(right, 1)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.menu.chosen.connect(self.menu_chosen)
        self.menu.fold_asked.connect(self.toggle_menu)
        self.tabs.chosen.connect(self._bring_to_front)
        self.tabs.close_asked.connect(lambda place: self.close_pages([self._pages[place]]))
        self.tabs.close_all_asked.connect(lambda: self.close_pages(self._pages))
        self.tabs.close_others_asked.connect(lambda: self.close_pages([p for p in self._pages if p is not self._front]))
        self.top_bar.help_asked.connect(self.help_asked)
        self.hint_line.help_asked.connect(self.help_asked)
        self.top_bar.outbox_asked.connect(lambda: self.menu_chosen.emit(Place.OUTBOX))
        self.top_bar.diagnostics_asked.connect(lambda: self.menu_chosen.emit(Place.DIAGNOSTICS))
        self._look.changed.connect(self.update)

    def _add_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            "Ctrl+B": self.toggle_menu,
            "Ctrl+K": lambda: self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "Ctrl+N": lambda: self.menu_chosen.emit(Place.APPLICATION),
            "Ctrl+O": lambda: self.menu_chosen.emit(Place.APPLICATION_FILES),
            "Ctrl+Tab": lambda: self.tabs.step(1),
            "Ctrl+Shift+Tab": lambda: self.tabs.step(-1),
            "Ctrl+W": lambda: self.close_pages([self._front] if self._front else []),
            "Alt+K": self.help_asked.emit,
            "F6": lambda: self._walk.step(1),
            "Shift+F6": lambda: self._walk.step(-1),
        }
        for keys, act in acts.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)

    # tabs and pages

    def _bring_to_front(self, place: int) -> None:
        page = self._pages[place] if place < len(self._pages) else None
        if page is None or page is self._front:
            return
        if self._front is not None:
            self._front.left.emit()
        self._front = page
        self._stack.setCurrentWidget(page)
        if not self.tabs.bar.hasFocus():
            self._walk.enter(page, page.entry())
        self.menu.set_current(page.menu_place)
        self.page_chosen.emit(page)

    def _show_heading(self, page: Page) -> None:
        place = self._pages.index(page)
        self.tabs.bar.show_heading(place, page.title, page.icon, is_unsaved=page.is_unsaved)

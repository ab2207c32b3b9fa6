"""The menu at the left: open with words, folded to signs with fly-outs (S7); knows no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.shell.menu_button import MenuButton
from yuyue_desktop.ui.shell.menu_entries import FOOT_ENTRIES, MenuEntry, Place

FOLD_MS = 160


class SideMenu(QWidget):
    """Entries by place. `chosen` says where the clerk wants to go; `fold_asked` that the menu shall fold or unfold."""

    chosen = Signal(str)
    fold_asked = Signal()

    def __init__(self, look: Look, entries: Sequence[MenuEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._entries = {entry.place: entry for entry in (*entries, *FOOT_ENTRIES)}
        self._buttons: dict[Place, MenuButton] = {}
        self._closed: set[Place] = set()
        self._is_folded = False
        self._current = ""
        self._fold = MenuButton(look, "折叠菜单", "fold", "Ctrl+B")
        self._fold.clicked.connect(self.fold_asked)
        self._width = QVariantAnimation(self)
        self._width.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._width.valueChanged.connect(lambda width: self.setFixedWidth(int(width)))
        self.setAccessibleName("菜单")
        self._lay_out(entries)
        self._roam_to(self._fold)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def is_folded(self) -> bool:
        """Whether only the signs are shown."""
        return self._is_folded

    def set_folded(self, is_folded: bool, *, is_moving: bool = True) -> None:
        """Fold to the signs, or open; `is_moving` lets the edge glide where the system allows motion."""
        if is_folded == self._is_folded:
            return
        self._is_folded = is_folded
        self._fold.set_icon_name("unfold" if is_folded else "fold", "展开菜单" if is_folded else "折叠菜单")
        for button in (self._fold, *self._buttons.values()):
            button.set_folded(is_folded)
        self._show_children()
        self._mark_current()
        self._glide(self._look.motion_ms(FOLD_MS) if is_moving and self.isVisible() else 0)

    def set_current(self, place: str) -> None:
        """Mark the place that is in front; a place that the menu does not have marks nothing."""
        self._current = place
        self._mark_current()

    def set_badge(self, place: Place, count: int) -> None:
        """Show a count at an entry, none for 0."""
        self._buttons[place].set_badge(count)

    def take_focus(self) -> None:
        """Put the keyboard on the entry that is in front, else on the first."""
        button = next((b for p, b in self._buttons.items() if p == self._current and b.isVisible()), self._fold)
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, MenuButton):
            if event.type() is QEvent.Type.FocusIn:
                self._roam_to(watched)
            elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._walk(watched, event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("menu"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._look.colour("line"))
        foot = next(iter(self._foot_buttons()))
        painter.fillRect(Space.M, foot.y() - Space.XS - 1, self.width() - 2 * Space.M, 1, self._look.colour("line"))

    # building

    def _lay_out(self, entries: Sequence[MenuEntry]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, Space.S)
        column.setSpacing(1)
        self._watch(self._fold)
        column.addWidget(self._fold)
        column.addSpacing(Space.XS)
        for entry in entries:
            self._add(column, entry)
        column.addStretch(1)
        column.addSpacing(Space.S)
        for entry in FOOT_ENTRIES:
            self._add(column, entry)

    def _add(self, column: QVBoxLayout, entry: MenuEntry, is_child: bool = False) -> None:
        icon = "" if is_child else entry.icon
        button = MenuButton(self._look, entry.title, icon, entry.key, is_group=bool(entry.children))
        button.clicked.connect(lambda: self._press(entry))
        self._watch(button)
        self._buttons[entry.place] = button
        column.addWidget(button)
        for child in entry.children:
            self._add(column, child, is_child=True)

    def _watch(self, button: MenuButton) -> None:
        button.installEventFilter(self)

    def _foot_buttons(self) -> Iterator[MenuButton]:
        return (self._buttons[entry.place] for entry in FOOT_ENTRIES)

    # choosing

    def _press(self, entry: MenuEntry) -> None:
        if not entry.children:
            self.chosen.emit(entry.place)
        elif self._is_folded:
            self._fly_out(entry)
        else:
            self._open_children(entry.place, entry.place in self._closed)

    def _fly_out(self, entry: MenuEntry) -> None:
        menu = QMenu(entry.title, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for child in entry.children:
            action = menu.addAction(self._look.icons.icon(child.icon), child.title)
            action.triggered.connect(lambda _=False, place=child.place: self.chosen.emit(place))
        menu.setActiveAction(menu.actions()[0])
        button = self._buttons[entry.place]
        menu.popup(button.mapToGlobal(QPoint(self.width() - Space.XS, 0)))

    def _open_children(self, place: Place, is_open: bool) -> None:
        if is_open:
            self._closed.discard(place)
        else:
            self._closed.add(place)
        self._buttons[place].set_open(is_open)
        self._show_children()
        self._mark_current()

    def _show_children(self) -> None:
        for place, entry in self._entries.items():
            for child in entry.children:
                self._buttons[child.place].setVisible(not self._is_folded and place not in self._closed)

    def _mark_current(self) -> None:
        for place, button in self._buttons.items():
            entry = self._entries.get(place)
            children = entry.children if entry else ()
            is_hidden_child = self._is_folded or place in self._closed
            is_inside = is_hidden_child and any(child.place == self._current for child in children)
            button.set_chosen(place == self._current or is_inside)

    # keyboard: one Tab stop, arrows inside

    def _roam_to(self, button: MenuButton) -> None:
        for other in (self._fold, *self._buttons.values()):
            is_stop = other is button
            other.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _walk(self, button: MenuButton, event: QKeyEvent) -> bool:
        shown = [b for b in (self._fold, *self._buttons.values()) if not b.isHidden()]
        place = next((p for p, b in self._buttons.items() if b is button), None)
        entry = self._entries.get(place) if place else None
        match event.key():
            case Qt.Key.Key_Down:
                target = shown[(shown.index(button) + 1) % len(shown)]
            case Qt.Key.Key_Up:
                target = shown[shown.index(button) - 1]
            case Qt.Key.Key_Home:
                target = shown[0]
            case Qt.Key.Key_End:
                target = shown[-1]
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                button.click()
                return True
            case Qt.Key.Key_Left | Qt.Key.Key_Right if entry and entry.children:
                self._turn(entry, is_open=event.key() == Qt.Key.Key_Right)
                return True
            case _:
                return False
        target.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _turn(self, entry: MenuEntry, *, is_open: bool) -> None:
        if not self._is_folded:
            self._open_children(entry.place, is_open)
        elif is_open:
            self._fly_out(entry)

    # width

    def _glide(self, duration_ms: int) -> None:
        measures = self._look.measures
        target = measures.folded_menu_width if self._is_folded else measures.menu_width
        self._width.stop()
        if not duration_ms:
            self.setFixedWidth(target)
            return
        self._width.setDuration(duration_ms)
        self._width.setStartValue(self.width())
        self._width.setEndValue(target)
        self._width.start()

    def _dress(self) -> None:
        self._glide(0)
        self.update()

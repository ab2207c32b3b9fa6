"""The stylesheet of what Qt paints by itself, as a template filled from the tokens; knows no widget of ours."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_TEMPLATE = Template("""
QToolTip {
    color: $ink; background: $raised; border: 1px solid $line_strong; padding: 4px 8px; font-size: ${label_px}px;
}
QScrollBar:vertical { width: 10px; background: transparent; margin: 2px; }
QScrollBar:horizontal { height: 10px; background: transparent; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $field_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QScrollArea { background: transparent; border: none; }
QMenu { color: $ink; background: $raised; border: 1px solid $line_strong; border-radius: 5px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { color: $accent; background: $accent_soft; }
QMenu::item:disabled { color: $ink3; background: transparent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }
LineEditor, AreaEditor {
    background: transparent; border: none; padding: 0;
    selection-color: $on_accent; selection-background-color: $accent;
}
QTableView {
    color: $ink; background: $surface; alternate-background-color: $zebra; border: none; gridline-color: $line;
    selection-color: $ink; selection-background-color: $accent_soft; outline: none;
}
QHeaderView { background: $zebra; border: none; }
QHeaderView::section {
    color: $ink2; background: $zebra; border: none; border-bottom: 1px solid $line_strong; padding: 0 10px;
}
QSplitter::handle { background: $line; }
""")


def stylesheet(colours: Mapping[str, str], label_px: int) -> str:
    """The stylesheet in `colours`; `label_px` is the letter size of tool tips in pixels."""
    return _TEMPLATE.substitute(colours, label_px=label_px)

"""The one window: top bar, side menu, tabs, pages, hint line and the practice marks (S7, S8)."""

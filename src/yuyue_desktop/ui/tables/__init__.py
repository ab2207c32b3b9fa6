"""Tables of the window: columns, rows found by their id, the painted view and its column chooser."""

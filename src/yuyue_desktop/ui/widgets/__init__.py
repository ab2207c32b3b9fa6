"""The window's own controls, each painted from the look; they know no page, no service and no code table."""

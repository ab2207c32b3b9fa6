"""Dialogs inside the window, over a scrim: asked, answered by a signal, never blocking."""

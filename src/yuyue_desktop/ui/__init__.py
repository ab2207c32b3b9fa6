"""The window: the only importer of PySide6; shows services and holds no rule."""

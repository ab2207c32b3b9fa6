"""Choices that the window remembers between runs (S9, B2): read at once, kept by the store thread; knows no choice."""

from __future__ import annotations

import json

from yuyue_desktop.domain.ports import StoreReader, StoreWriter
from yuyue_desktop.ui.tables.column_chooser import ColumnMemory

YES = "1"
"""How a choice that is made or not is written; empty for not."""


class Remembered:
    """Settings by name."""

    def __init__(self, reader: StoreReader, writer: StoreWriter) -> None:
        self._reader = reader
        self._writer = writer

    def text(self, name: str) -> str:
        """A choice, empty while none was made."""
        return self._reader.setting(name) or ""

    def list(self, name: str) -> list[str]:
        """A choice that is a JSON list of texts, empty while none was made."""
        return [str(entry) for entry in json.loads(self.text(name) or "[]")]

    def keep(self, name: str, value: str) -> None:
        """Remember a choice; should the disk be full, the next start simply lacks it."""
        self._writer.remember_setting(name, value)


def column_memory(remembered: Remembered, name: str) -> ColumnMemory:
    """The hidden columns of a list, under a setting's name (S9)."""
    return ColumnMemory(
        frozenset(remembered.list(name)), lambda hidden: remembered.keep(name, json.dumps(sorted(hidden)))
    )

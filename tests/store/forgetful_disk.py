"""A file system in memory that tells what was synced from what was not, and what a power cut would leave of it.

A file's content is safe once the file is synced, names in a folder once the folder is; knows nothing of a mount.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tests.store.unsynced import Unsynced, Write, put

Entries = dict[str, "Node"]


@dataclass(eq=False)
class Node:
    """A file or a folder; `entries` of a folder as programs see them, `safe_entries` as the disk keeps them."""

    number: int
    is_folder: bool
    content: bytearray = field(default_factory=bytearray)
    unsynced: Unsynced = field(default_factory=Unsynced)
    entries: Entries = field(default_factory=dict)
    safe_entries: Entries = field(default_factory=dict)

    def write(self, part: bytes, offset: int) -> None:
        """Write into a file."""
        put(self.content, part, offset)
        self.unsynced.unsafe.append(Write(offset, part))

    def truncate(self, length: int) -> None:
        """Make a file as long."""
        del self.content[length:]
        self.content.extend(bytes(length - len(self.content)))
        self.unsynced.unsafe.append(Write(length, None))


@dataclass(frozen=True)
class NameChange:
    """What one call changes of names, whole or not at all: in a folder, a name is another node's or nobody's."""

    parts: tuple[tuple[Node, str, Node | None], ...]

    def make(self, entries: dict[Node, Entries]) -> None:
        """Change names."""
        for folder, name, node in self.parts:
            if node is None:
                entries[folder].pop(name, None)
            else:
                entries[folder][name] = node


class ForgetfulDisk:
    """Paths are absolute; methods raise the OSError that the system's own would."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.root = self._new(is_folder=True)
        self._folders = [self.root]
        self._changes: list[NameChange] = []

    def find(self, path: str) -> Node:
        """What is at a path."""
        node = self.root
        for name in PurePosixPath(path).parts[1:]:
            if not node.is_folder:
                raise NotADirectoryError(20, path)
            if name not in node.entries:
                raise FileNotFoundError(2, path)
            node = node.entries[name]
        return node

    def make(self, path: str, *, is_folder: bool) -> Node:
        """Make a file or a folder."""
        folder, name = self._place(path)
        if name in folder.entries:
            raise FileExistsError(17, path)
        node = self._new(is_folder=is_folder)
        if is_folder:
            self._folders.append(node)
        self._change(NameChange(((folder, name, node),)))
        return node

    def rename(self, old: str, new: str) -> None:
        """Rename; what was at the new path is gone."""
        (from_folder, from_name), (to_folder, to_name) = self._place(old), self._place(new)
        self._change(NameChange(((to_folder, to_name, self.find(old)), (from_folder, from_name, None))))

    def remove(self, path: str) -> None:
        """Take a name away."""
        if self.find(path).entries:
            raise OSError(39, path)
        self._change(NameChange(((*self._place(path), None),)))

    def sync(self, node: Node) -> None:
        """Make a file's content safe, or a folder's names: with them, as a journal does, all names changed before."""
        if not node.is_folder:
            node.unsynced.sync()
            return
        last = max((at for at, change in enumerate(self._changes, 1) if _touches(change, node)), default=0)
        safe = {folder: folder.safe_entries for folder in self._folders}
        for change in self._changes[:last]:
            change.make(safe)
        del self._changes[:last]

    def after_a_cut(self, chance: random.Random) -> ForgetfulDisk:
        """What a power cut at this moment leaves: of all that was not synced any part, whatever its order was."""
        entries = {folder: dict(folder.safe_entries) for folder in self._folders}
        for change in self._changes:
            if chance.random() < 0.5:
                change.make(entries)
        left = ForgetfulDisk()
        taken = {self.root: left.root}
        for folder in self._reached(entries):
            for name, node in sorted(entries[folder].items()):
                if node not in taken:
                    taken[node] = left._take_over(node, chance)
                taken[folder].entries[name] = taken[folder].safe_entries[name] = taken[node]
        return left

    def _reached(self, entries: dict[Node, Entries]) -> Iterator[Node]:
        """The folders that can be come to, each after the one that it lies in."""
        waiting, seen = [self.root], {self.root}
        while waiting:
            folder = waiting.pop()
            yield folder
            inner = [node for _, node in sorted(entries[folder].items()) if node.is_folder and node not in seen]
            waiting += inner
            seen.update(inner)

    def _take_over(self, node: Node, chance: random.Random) -> Node:
        taken = self._new(is_folder=node.is_folder)
        if node.is_folder:
            self._folders.append(taken)
        else:
            taken.unsynced.safe = node.unsynced.content_after_a_cut(chance)
            taken.content = bytearray(taken.unsynced.safe)
        return taken

    def _new(self, *, is_folder: bool) -> Node:
        return Node(next(self._numbers), is_folder)

    def _place(self, path: str) -> tuple[Node, str]:
        place = PurePosixPath(path)
        return self.find(str(place.parent)), place.name

    def _change(self, change: NameChange) -> None:
        change.make({folder: folder.entries for folder, _, _ in change.parts})
        self._changes.append(change)


def _touches(change: NameChange, folder: Node) -> bool:
    return any(each is folder for each, _, _ in change.parts)

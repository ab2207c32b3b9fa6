"""What a clerk's process said it did, kept outside it, and what the store owes her for it (B2); reads no store."""

from __future__ import annotations

import json
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.chaos.saves import Save

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Field:
    """What was typed into one field, with the moments; the values as `repr` gives them."""

    typed: list[tuple[float, str]] = field(default_factory=list)

    def allowed(self, needed_until: float) -> list[str]:
        """What the store may hold; empty where it need not hold anything yet."""
        needed = [number for number, (at, _) in enumerate(self.typed) if at <= needed_until]
        return [value for _, value in self.typed[needed[-1] :]] if needed else []

    def settle(self, value: str) -> None:
        """This is what the store held after the process was gone: whatever came after is forgotten."""
        self.typed = [(0.0, value)]


@dataclass
class Draft:
    """One application as the clerk saw it; `saved_at`, `failed_at` are the last word on its saving, 0.0 for none."""

    fields: defaultdict[str, Field] = field(default_factory=lambda: defaultdict(Field))
    saved_at: float = 0.0
    failed_at: float = 0.0

    def needed_until(self, now: float, age_s: float) -> float:
        """Up to which moment of typing all must be on the disk: what was told saved, and what is older than a second.

        Of a save that was told to have failed only the first is owed: the form holds the rest.
        """
        return self.saved_at if self.failed_at > self.saved_at else max(self.saved_at, now - age_s)


class Journal:
    """Takes the lines of one process after the other; `take` and `disk_refuses` may be called in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.drafts: defaultdict[str, Draft] = defaultdict(Draft)
        self.touched: set[str] = set()
        """Applications that were typed into since this was last emptied."""
        self.declared: dict[str, str] = {}
        """Items that were told to be in the outbox, by application."""
        self.steps: Counter[str] = Counter()
        """What else she was told to be in the outbox, and what she deleted."""
        self.doomed: set[str] = set()
        """Drafts whose deletion was begun."""
        self.deleted: set[str] = set()
        """Drafts that were told to be deleted."""
        self.beside: set[str] = set()
        """The reasons that the company's own system wrote into its files."""
        self.told: Counter[str] = Counter()
        self.sins: list[str] = []
        """What the clerk must never be told, in words."""
        self.saves: list[Save] = []

    def take(self, line: bytes) -> str:
        """Note one line of a process; answers what act it tells of."""
        said = json.loads(line)
        act, at = str(said["act"]), float(said["at"])
        with self._lock:
            self._note(act, at, said)
        return act

    def take_beside(self, reason: str, answer: dict[str, Any] | None = None) -> None:
        """The company's own system declares, and is answered perhaps."""
        with self._lock:
            self.beside.add(reason)
            if answer is not None:
                self.drafts[answer["uuid"]].saved_at = 1.0
                self.declared[answer["uuid"]] = "beside"

    def _note(self, act: str, at: float, said: dict[str, Any]) -> None:
        match act:
            case "typed":
                self.touched.add(said["id"])
                self.drafts[said["id"]].fields[said["name"]].typed.append((at, said["value"]))
            case "saved":
                self.drafts[said["id"]].saved_at = at
            case "committed":
                self._measure(self.drafts[said["id"]], at, said)
            case "save failed":
                self.drafts[said["id"]].failed_at = at
                self.told[said["code"]] += 1
            case "declared":
                self.declared[said["id"]] = said["item"]
            case "stepped":
                self.steps[said["step"]] += 1
            case "deleting":
                self.doomed.add(said["id"])
            case "deleted":
                self.deleted.add(said["id"])
                self.steps["delete"] += 1
            case "told":
                self._hear(said)

    def owed(self, application_id: str, now: float, age_s: float) -> Iterator[tuple[str, list[str]]]:
        """Each field that the store must hold something of, and what that may be."""
        draft = self.drafts[application_id]
        needed_until = draft.needed_until(now, age_s)
        for name, typed in draft.fields.items():
            if allowed := typed.allowed(needed_until):
                yield name, allowed

    def disk_refuses(self, at: float) -> None:
        """From now on nothing can be saved, whether the clerk was told yet or not."""
        with self._lock:
            for application_id in self.touched:
                self.drafts[application_id].failed_at = at

    def _measure(self, draft: Draft, at: float, said: dict[str, Any]) -> None:
        """A commit returned. What the disk refused meanwhile is no question of speed."""
        if draft.failed_at <= said["typed_at"]:
            asking_s, keeping_s = said["starved_s"]
            times = (said["asked_at"] - said["typed_at"], at - said["asked_at"])
            self.saves.append(Save(*times, (asking_s, keeping_s)))

    def _hear(self, said: dict[str, Any]) -> None:
        self.told[said["code"]] += 1
        if said["code"] == "bug" or not all(_CHINESE.search(said[part]) for part in ("title", "advice")):
            self.sins.append(f"the clerk was told: {said}")

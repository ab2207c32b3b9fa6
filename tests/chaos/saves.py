"""How long what was typed took to the disk, save by save, and how a run tells of it; judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PROMISED_S = 1.0
"""B2: from a key to the disk."""


@dataclass(frozen=True, slots=True)
class Save:
    """One save, from the first key in it: until it was asked for, and from then until it was on the disk.

    `starved_s`: how long in each the thread it was up to could have run and was given no processor.
    """

    asked_s: float
    kept_s: float
    starved_s: tuple[float, float]

    @property
    def total_s(self) -> float:
        """From the key to the disk."""
        return self.asked_s + self.kept_s


def words_of(saves: Sequence[Save]) -> list[str]:
    """A few lines on a run's saves."""
    if not saves:
        return ["nothing was saved"]
    ordered = sorted(saves, key=lambda save: save.total_s)
    late = sum(save.total_s > PROMISED_S for save in saves)
    half, most, slowest = (ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.99, 1.0))
    asking_s, keeping_s = slowest.starved_s
    asked = f"asked for after {slowest.asked_s:.2f} s ({asking_s:.2f} s of it without a processor)"
    kept = f"on the disk {slowest.kept_s:.2f} s later ({keeping_s:.2f} s of it without a processor)"
    return [
        f"{len(saves)} saves, {late} of them later on the disk than {PROMISED_S:g} s after the first key in them",
        f"half of them within {half.total_s:.2f} s, 99 of 100 within {most.total_s:.2f} s",
        f"slowest save: {slowest.total_s:.2f} s after the key: {asked}, {kept}",
    ]

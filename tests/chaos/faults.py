"""Which faults there are, and the plan of them that a seed gives; inflicts none."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What goes wrong; the value is what the report calls it."""

    CUT_BEFORE_TLS = "connection cut before TLS"
    CUT_IN_REQUEST = "connection cut within the request"
    REQUEST_LOST = "request swallowed, connection cut"
    REQUEST_LATE = "request swallowed and delivered later"
    REQUEST_DOUBLED = "request delivered twice"
    REQUEST_DELAYED = "request held up"
    ANSWER_LOST = "answer dropped after the commit"
    ANSWER_TRUNCATED = "answer truncated"
    SERVER_ERROR = "500 instead of the answer"
    BUSY = "429 with Retry-After"
    REDIRECT = "redirect"
    PORTAL = "captive portal's 200"
    CABLE_OUT = "no network for a while"
    GATEWAY_KILLED = "gateway killed"
    GATEWAY_RESTORED = "gateway back with an older database"
    GATEWAY_EMPTIED = "gateway back with an empty database"
    DISK_REFUSES = "disk takes nothing for a while"
    CLERK_KILLED = "program killed at a random moment"
    CLERK_KILLED_IN_START = "program killed in its start"
    CLERK_KILLED_BEFORE_COMMIT = "program killed before a commit"
    CLERK_KILLED_AFTER_COMMIT = "program killed after a commit"


class Aim(StrEnum):
    """Which request a fault of the network waits for."""

    ANY = "any"
    SUBMISSION = "submission"
    ASKING = "asking for an answer"
    RECEIPTS = "receipts"
    ATTACHMENT = "attachment"


WEIGHTS = {
    Kind.CUT_BEFORE_TLS: 3,
    Kind.CUT_IN_REQUEST: 4,
    Kind.REQUEST_LOST: 4,
    Kind.REQUEST_LATE: 4,
    Kind.REQUEST_DOUBLED: 4,
    Kind.REQUEST_DELAYED: 3,
    Kind.ANSWER_LOST: 5,
    Kind.ANSWER_TRUNCATED: 4,
    Kind.SERVER_ERROR: 3,
    Kind.BUSY: 2,
    Kind.REDIRECT: 3,
    Kind.PORTAL: 3,
    Kind.CABLE_OUT: 2,
    Kind.GATEWAY_KILLED: 3,
    Kind.GATEWAY_RESTORED: 1,
    Kind.GATEWAY_EMPTIED: 1,
    Kind.DISK_REFUSES: 3,
    Kind.CLERK_KILLED: 9,
    Kind.CLERK_KILLED_IN_START: 3,
    Kind.CLERK_KILLED_BEFORE_COMMIT: 9,
    Kind.CLERK_KILLED_AFTER_COMMIT: 12,
}
OF_PROCESSES = (
    Kind.GATEWAY_KILLED,
    Kind.GATEWAY_RESTORED,
    Kind.GATEWAY_EMPTIED,
    Kind.DISK_REFUSES,
    Kind.CLERK_KILLED,
    Kind.CLERK_KILLED_IN_START,
    Kind.CLERK_KILLED_BEFORE_COMMIT,
    Kind.CLERK_KILLED_AFTER_COMMIT,
)
OF_NETWORK = tuple(kind for kind in Kind if kind not in OF_PROCESSES)
_AIMS = {Aim.SUBMISSION: 6, Aim.ASKING: 2, Aim.RECEIPTS: 2, Aim.ATTACHMENT: 1, Aim.ANY: 1}
LONGEST_PAUSE_S = 0.6
MOST_COMMITS = 30
"""A killing at a commit takes one of so many that follow."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a plan.

    `share` (0.0 to below 1.0) says where within its kind it strikes: after which part of the bytes, at which commit,
    after how much of the longest time. `pause_s` is how long things are let alone before it.
    """

    kind: Kind
    aim: Aim
    share: float
    pause_s: float


def plan(seed: int, kinds: Sequence[Kind]) -> Iterator[Fault]:
    """The faults of some kinds that a seed gives, without end: the same seed, the same faults in the same order."""
    chance = random.Random(f"{seed} {kinds[0]}")  # noqa: S311 - a seeded choice, no secret
    # Each kind comes before any is drawn, so that a short run knows them all.
    first = chance.sample(kinds, len(kinds))
    weights = [WEIGHTS[kind] for kind in kinds]
    aims, aim_weights = list(_AIMS), list(_AIMS.values())
    while True:
        kind = first.pop() if first else chance.choices(kinds, weights)[0]
        aim = chance.choices(aims, aim_weights)[0]
        yield Fault(kind, aim, chance.random(), chance.uniform(0.0, LONGEST_PAUSE_S))

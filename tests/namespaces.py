"""Starts programs in namespaces of their own, where tests may mount what nobody else sees."""

from __future__ import annotations

import os

MOUNT_REFUSED = 77
"""The exit code of a program that could mount nothing there."""


def unshared(*kinds: str) -> list[str]:
    """What a command begins with; who is not root gets namespaces in which she is."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *(f"--{kind}" for kind in kinds), *as_root]

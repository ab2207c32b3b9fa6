"""Writes the file from which window and command line know a practice office; knows neither of them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = "desktop"
"""Where window and command line keep their data, beside the file."""


def write_profile(file: Path, name: str, ready: Mapping[str, Any], card: Mapping[str, Any] | None = None) -> None:
    """Tell of an office by its ready file's content, and of the card that was handed out; without one the last stays.

    Raises:
        OSError: it can't be written.
    """
    profile = {
        **_known(file),
        "name": name,
        "folder": FOLDER,
        "gateway_address": ready["address"],
        "gateway_ca_file": ready["ca_file"],
        "is_practice": True,
        "card_environment": ready["reader_environment"],
        "officer_address": ready["officer_url"],
    }
    if ready["card_control"]:
        profile |= {"card_route": "control", "card_control": ready["card_control"]}
    else:
        profile |= {"card_route": "driver"}
    if card is not None:
        profile |= {"card_module": card["module"], "practice_pin": card["pin"]}
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = file.with_name(f"{file.name}.{os.getpid()}")
    written.write_text(json.dumps(profile, ensure_ascii=False, indent=2), encoding="utf-8")
    written.replace(file)


def _known(file: Path) -> dict[str, Any]:
    """What was written before; anything else is written anew."""
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) and known.get("is_practice") is True else {}

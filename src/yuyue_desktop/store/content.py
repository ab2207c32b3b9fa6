"""An application as the JSON document the store keeps; knows no table.

Forward compatible: a member this program does not know is passed over, one that is missing has its default.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from yuyue_desktop.domain.application import Application, Attachment, GoodsItem

_APPLICATION, _GOODS_ITEM, _ATTACHMENT = (
    frozenset(field.name for field in fields(kind)) for kind in (Application, GoodsItem, Attachment)
)


def encode(application: Application) -> str:
    """The document; ASCII, so that even half of a surrogate pair that was typed survives."""
    return json.dumps(asdict(application), separators=(",", ":"))


def decode(document: str) -> Application:
    """The application that a document holds."""
    content = known(_APPLICATION, json.loads(document))
    content["goods"] = tuple(GoodsItem(**known(_GOODS_ITEM, item)) for item in content.get("goods", ()))
    content["attachments"] = tuple(attachment(item) for item in content.get("attachments", ()))
    return Application(**content)


def plain(text: str) -> str:
    """Text that a column can hold: half of a surrogate pair becomes a question mark."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def moment_text(moment: datetime) -> str:
    """A moment as columns hold it: text order is time order."""
    return moment.isoformat(timespec="microseconds")


def optional_moment_text(moment: datetime | None) -> str | None:
    """As `moment_text`, None for none."""
    return None if moment is None else moment_text(moment)


def optional_moment(text: str | None) -> datetime | None:
    """The moment a column holds, None for none."""
    return None if text is None else datetime.fromisoformat(text)


def attachment(item: dict[str, Any]) -> Attachment:
    """The attachment that a member of a document holds."""
    content = known(_ATTACHMENT, item)
    return Attachment(**{**content, "pages": tuple(content["pages"])})


def known(names: frozenset[str], content: dict[str, Any]) -> dict[str, Any]:
    """Of a document's members those that this program knows."""
    return {name: value for name, value in content.items() if name in names}

"""The way to the files of the top-level `resources/` folder, installed or not; must not know what they mean."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(*names: str) -> Traversable:
    """Return the file or folder `resources/NAME/NAME…`. Raises FileNotFoundError when it is not there."""
    found = top().joinpath(*names)
    if not (found.is_file() or found.is_dir()):
        raise FileNotFoundError("/".join(("resources", *names)))
    return found


def top() -> Traversable:
    """Return the folder itself: inside the package once built, at the top of the tree in an editable install."""
    built_in = files(__name__) / "data"
    return built_in if built_in.is_dir() else Path(__file__).parents[3] / "resources"

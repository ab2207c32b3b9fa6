"""Takes the pictures of README and user guide anew: those that the tour takes; test runs never write here."""

from __future__ import annotations

import shutil

from devtools import tour
from devtools.places import BUILD, ROOT

PICTURES = ROOT / "docs" / "pictures"


def renew() -> int:
    """Take the tour and put its pictures into docs/pictures, named after their step; the tour's exit code."""
    taken = BUILD / "docs-tour"
    shutil.rmtree(taken, ignore_errors=True)
    code = tour.take(taken)
    if code == 0:
        shutil.rmtree(PICTURES, ignore_errors=True)
        PICTURES.mkdir(parents=True)
        for picture in sorted(taken.glob("*.png")):
            shutil.copyfile(picture, PICTURES / picture.name.partition("-")[2])
    return code

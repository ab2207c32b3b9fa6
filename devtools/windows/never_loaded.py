"""The locked packages that others ask for and no path of ours loads: they never get into the Windows build's Python."""

from __future__ import annotations

_LITESTAR = "litestar asks for it: its own commands, its test client, invented data; the practice side has its own"
_PIKEPDF = "pikepdf asks for it: pages are counted and copied here, never their pictures or metadata"

NEVER_LOADED = {
    "faker": _LITESTAR,
    "httpcore": _LITESTAR,
    "httpx": _LITESTAR,
    "lxml": _PIKEPDF,
    "markdown-it-py": _LITESTAR,
    "mdurl": _LITESTAR,
    "pillow": _PIKEPDF,
    "polyfactory": _LITESTAR,
    "pycparser": "cffi asks for it, to compile; what is compiled already needs only cffi's own library",
    "pygments": _LITESTAR,
    "rich": _LITESTAR,
    "rich-click": _LITESTAR,
    "tzdata": "faker asks for it; all times are China's, which has no summer time",
}
"""Each package with its reason. tests/packaged shows that none of them is missed."""

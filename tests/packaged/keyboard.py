"""A keyboard on a virtual display: keys go to whichever window has the focus, as from a real one; knows no window."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

RETURN, SPACE, HOME, DOWN, F6, BACKSPACE, ESCAPE = "Return", "space", "Home", "Down", "F6", "BackSpace", "Escape"
ALT, CONTROL, SHIFT = "Alt_L", "Control_L", "Shift_L"
SHIFTED = 1
_NAMES = {" ": "space", "-": "minus", ":": "colon", ",": "comma", ".": "period"}


class Keyboard:
    """Presses keys through the server's own test extension; letters, digits and the marks that times are made of."""

    def __init__(self, display: str) -> None:
        self._x11 = ctypes.CDLL("libX11.so.6")
        self._test = ctypes.CDLL("libXtst.so.6")
        self._x11.XOpenDisplay.restype = ctypes.c_void_p
        self._x11.XStringToKeysym.restype = ctypes.c_ulong
        self._x11.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        opened = self._x11.XOpenDisplay(display.encode("ascii"))
        if not opened:
            raise OSError(f"no display {display}")
        self._display = ctypes.c_void_p(opened)

    def close(self) -> None:
        """Take the keyboard away."""
        self._x11.XCloseDisplay(self._display)

    def type(self, text: str) -> None:
        """Type plain text."""
        for character in text:
            self.press(_NAMES.get(character, character))

    def enter(self, text: str) -> None:
        """Type plain text and press Enter."""
        self.type(text)
        self.press(RETURN)

    def press(self, key: str, *held: str) -> None:
        """Press one key by its name in X while others are held."""
        symbol = self._x11.XStringToKeysym(key.encode("ascii"))
        code = self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol))
        plain = self._x11.XkbKeycodeToKeysym(self._display, ctypes.c_ubyte(code), 0, 0)
        with ExitStack() as hands:
            for other in (*held, *(() if plain == symbol else (SHIFT,))):
                hands.enter_context(self._down(self._code(other)))
            with self._down(code):
                pass
        self._x11.XSync(self._display, 0)

    def _code(self, key: str) -> int:
        symbol = self._x11.XStringToKeysym(key.encode("ascii"))
        return int(self._x11.XKeysymToKeycode(self._display, ctypes.c_ulong(symbol)))

    @contextmanager
    def _down(self, code: int) -> Iterator[None]:
        self._test.XTestFakeKeyEvent(self._display, code, 1, 0)
        yield
        self._test.XTestFakeKeyEvent(self._display, code, 0, 0)

"""The packages of the operating system that the project needs (Debian 12); knows nothing of Python packages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable

from devtools.processes import StepFailed, must_call, say

VIRTUAL_ENVIRONMENT = ("python3-venv",)
# Qt's xcb platform plug-in and what the PySide6 wheels link but do not carry.
QT = (
    "libdbus-1-3",
    "libegl1",
    "libfontconfig1",
    "libgl1",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-sync1",
    "libxcb-xfixes0",
    "libxcb-xinerama0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxkbcommon0",
)
CHINESE_FONT = ("fonts-noto-cjk",)
VIRTUAL_DISPLAY = ("xvfb",)
PRACTICE_CARD = ("softhsm2",)
# A real key store for the tests of vault.
KEY_STORE = ("gnome-keyring", "dbus-daemon")
# The officer's page is tried in a real browser.
BROWSER = ("chromium", "chromium-driver")
# A real reader service with virtual readers and a driver for cards in them, for the tests of card.
CARD_RIG = ("opensc", "pcscd", "vsmartcard-vpcd")
# The window is read from outside as a screen reader does, through the bindings of the system's own Python.
SCREEN_READER = ("at-spi2-core", "dbus-daemon", "gir1.2-atspi-2.0", "python3-gi")
# Lets system calls fail one by one, for the tests of what a save and a send then leave behind.
CALL_TRACER = ("strace",)
# Mounts a disk whose power the tests of the store cut.
FORGETFUL_DISK = ("libfuse3-3",)
# pyscard has no wheel for Linux and is built from its source.
BUILD_PYSCARD = ("gcc", "swig", "libpcsclite-dev", "python3-dev")

# What the tests alone need.
FOR_TESTS = BROWSER + CARD_RIG + SCREEN_READER + CALL_TRACER + FORGETFUL_DISK

# Keys for a window under Wine come from the display's own test extension.
KEYBOARD = ("libx11-6", "libxtst6")
# The Windows program is built and tried on Linux.
WINDOWS_BUILD = ("wine", "wine64", "nsis", "osslsigncode", "gcc-mingw-w64-x86-64", "locales", *KEYBOARD)
# SoftHSM2 for Windows, the card of the packaged program's tests, is compiled against OpenSSL.
WINDOWS_TOKEN = ("g++-mingw-w64-x86-64-posix", "libssl-dev")

NEEDED = VIRTUAL_ENVIRONMENT + QT + CHINESE_FONT + VIRTUAL_DISPLAY + PRACTICE_CARD + KEY_STORE + BUILD_PYSCARD


def find_missing(names: Iterable[str]) -> list[str]:
    """Return the packages that are neither installed nor provided by an installed one, in the given order."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${db:Status-Abbrev}\t${Package}\t${Provides}\n"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    present: set[str] = set()
    for line in answer.stdout.splitlines():
        status, package, provides = line.split("\t")
        if status.startswith("ii"):
            present.add(package)
            present.update(re.sub(r"\(.*?\)", "", provides).replace(",", " ").split())
    return [name for name in names if name not in present]


def ensure(names: Iterable[str] = NEEDED) -> None:
    """Install what is missing. Raises StepFailed with the one apt line to run when this is not root's session."""
    if os.name == "nt":
        return
    if shutil.which("dpkg-query") is None:
        say("No dpkg here: the system's packages are not checked.")
        return
    missing = find_missing(names)
    if not missing:
        return
    line = "apt-get install -y --no-install-recommends " + " ".join(missing)
    if os.geteuid() != 0:
        raise StepFailed(f"The system lacks packages. Run this as root, then try again:\n  {line}")
    say(f"System packages: {' '.join(missing)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    must_call(["apt-get", "update", "-q"], quiet)
    must_call(["apt-get", "-q", "-o", "Acquire::Retries=3", *line.split()[1:]], quiet)

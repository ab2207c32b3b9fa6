"""The licence texts that travel with the Windows program, a folder for each library in it."""

from __future__ import annotations

import shutil
from email import message_from_string
from email.message import Message
from pathlib import Path

from devtools.places import ROOT
from devtools.processes import StepFailed
from devtools.windows.layout import PYTHON, SITE_PACKAGES, WORK

NOTICES = WORK / "notices"
# Qt's wheels carry only their commercial licence; the product uses Qt under the LGPL, whose text builds on the GPL's.
STANDARD_TEXTS = Path("/usr/share/common-licenses")
QT_TEXTS = ("LGPL-3", "GPL-3")
QT = ("PySide6_Essentials", "shiboken6")
QT_NOTE = """\
{name} {version} is used under the GNU Lesser General Public License, version 3 (LGPL-3.txt, GPL-3.txt).
Its libraries lie as files of their own in the program's folder _internal and may be replaced by your own builds.
Source code: https://code.qt.io
"""
LICENCE_FOLDER = "licenses"  # everything in it is a licence text, of the package or of what is built into it
LICENCE_FILES = ("LICEN[CS]E*", "COPYING*", "NOTICE*", "AUTHORS*")


def write() -> None:
    """Write the notices of Python, of every package in the build and of the program itself."""
    shutil.rmtree(NOTICES, ignore_errors=True)
    NOTICES.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", NOTICES / "yuyue-desktop.txt")
    shutil.copy(PYTHON / "LICENSE.txt", NOTICES / "Python.txt")
    for about in sorted(SITE_PACKAGES.glob("*.dist-info")):
        write_package(about)


def write_package(about: Path) -> None:
    """Write the notice of one package. Raises StepFailed when it carries neither licence text nor licence name."""
    metadata = message_from_string((about / "METADATA").read_text(encoding="utf-8"))
    folder = NOTICES / metadata["Name"]
    folder.mkdir()
    if metadata["Name"] in QT:
        for name in QT_TEXTS:
            shutil.copy(STANDARD_TEXTS / name, folder / f"{name}.txt")
        note = QT_NOTE.format(name=metadata["Name"], version=metadata["Version"])
        (folder / "NOTICE.txt").write_text(note, encoding="utf-8")
        return
    for text in licence_texts(about):
        parts = text.relative_to(about).parts
        shutil.copy(text, folder / "-".join(part for part in parts if part != LICENCE_FOLDER))
    name = licence_name(metadata)
    if not name and not any(folder.iterdir()):
        raise StepFailed(f"{metadata['Name']} says nothing of its licence")
    summary = f"{metadata['Name']} {metadata['Version']}\nLicence: {name or 'see the text beside this file'}\n"
    (folder / "SUMMARY.txt").write_text(summary, encoding="utf-8")


def licence_texts(about: Path) -> list[Path]:
    """Return the licence files of a package."""
    named = [file for pattern in LICENCE_FILES for file in about.glob(pattern)]
    return [file for file in (*named, *(about / LICENCE_FOLDER).rglob("*")) if file.is_file()]


def licence_name(metadata: Message) -> str:
    """Return what a package calls its licence, '' for nothing."""
    named = [line.rpartition("::")[2].strip() for line in metadata.get_all("Classifier", []) if "License ::" in line]
    return str(metadata["License-Expression"] or "; ".join(named) or metadata["License"] or "").partition("\n")[0]

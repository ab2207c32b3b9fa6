"""What must hold for the frozen folder: nothing of Wine's or ours for Wine in it, and nothing missing from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pefile

from devtools.processes import StepFailed, say
from devtools.windows.layout import PRACTICE, PRODUCT
from devtools.windows.prefix import stand_in_names
from devtools.windows.token_driver import NAMES as OF_TESTS

# Libraries that are part of Windows 10 itself.
OF_WINDOWS_NAMES = """
    advapi32 authz bcrypt bcryptprimitives cfgmgr32 combase comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9 dcomp
    dnsapi dwmapi dwrite dxgi gdi32 icuin icuuc imm32 iphlpapi kernel32 mpr mscms msvcrt ncrypt netapi32 ntdll
    ole32 oleacc oleaut32 powrprof propsys psapi rpcrt4 runtimeobject secur32 setupapi shcore shell32 shlwapi
    uiautomationcore user32 userenv usp10 uxtheme version winhttp wininet winmm winscard wintrust wldap32 ws2_32
    wsock32 wtsapi32
"""
OF_WINDOWS = {f"{name}.dll" for name in OF_WINDOWS_NAMES.split()} | {"winspool.drv"}
API_SETS = ("api-ms-win-", "ext-ms-")
MADE_BY_WINE = (b"Wine builtin DLL", b"Wine placeholder DLL")
STAND_IN_MARK = b"yuyue_stand_in"
X64 = 0x8664
LARGEST_BYTES = 160_000_000


def check() -> None:
    """Raise StepFailed with every fault of the frozen folders."""
    for folder, beside in ((PRODUCT, None), (PRACTICE, PRODUCT)):
        faults = list(find_faults(folder, beside))
        if faults:
            raise StepFailed("\n".join(faults))
        files = [path for path in folder.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1e6
        say(f"{folder.name}: {len(files)} files, {size:.1f} MB; nothing foreign, nothing missing")


def find_faults(folder: Path, beside: Path | None = None) -> Iterator[str]:
    """Yield what is wrong with a frozen folder, which may use the libraries of the one it is installed `beside`."""
    libraries = libraries_of(folder)
    present = {path.name.lower() for path in (*libraries, *(libraries_of(beside) if beside else ()))}
    for path in libraries:
        yield from foreign(path)
        yield from unresolved(path, present)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > LARGEST_BYTES:
        yield f"{size} bytes are more than {LARGEST_BYTES}"


def libraries_of(folder: Path) -> list[Path]:
    """List the programs and libraries in a folder, at any depth."""
    return [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in {".exe", ".dll", ".pyd"}]


def foreign(path: Path) -> Iterator[str]:
    """Yield what shows that a library is not meant to be in the product."""
    name = path.name.lower()
    if name in stand_in_names() or name in OF_WINDOWS or name == "ucrtbase.dll" or name.startswith(API_SETS):
        yield f"{path.name} is a part of Windows, or stands for one"
    if name in OF_TESTS:
        yield f"{path.name} is a card's driver for the tests"
    content = path.read_bytes()
    if any(mark in content for mark in MADE_BY_WINE):
        yield f"{path.name} is Wine's"
    if STAND_IN_MARK in content:
        yield f"{path.name} is a stand-in"


def unresolved(path: Path, present: set[str]) -> Iterator[str]:
    """Yield the libraries that one library asks for and neither the product nor Windows 10 has."""
    library = pefile.PE(str(path), fast_load=True)
    if library.FILE_HEADER.Machine != X64:
        yield f"{path.name} is not for 64-bit Windows"
    kinds = ("IMPORT", "DELAY_IMPORT")
    library.parse_data_directories([pefile.DIRECTORY_ENTRY[f"IMAGE_DIRECTORY_ENTRY_{kind}"] for kind in kinds])
    for kind in kinds:
        for entry in getattr(library, f"DIRECTORY_ENTRY_{kind}", []):
            wanted = entry.dll.decode("ascii").lower()
            if wanted not in present | OF_WINDOWS and not wanted.startswith(API_SETS):
                yield f"{path.name} asks for {wanted}, which is not there"
    library.close()

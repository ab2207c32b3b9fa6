"""SoftHSM2 as a PKCS#11 driver for Windows, compiled from its makers' source: a card for the packaged tests alone.

No part of the product, which `check_product` makes sure of. Like a card maker's driver it needs a library that lies
beside it, once from the start and once, under another name, only when it is first called.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pefile

from devtools.processes import StepFailed, must_call
from devtools.windows import downloads, stamps
from devtools.windows.layout import PYTHON, TOKEN_DRIVER, WORK

VERSION = "2.6.1"
ARCHIVE = f"softhsm2_{VERSION}.orig.tar.gz"
SHA256 = "ac9ac1e3f4402f88bf3e626a18f070f8031c031947ed469c6e17482495ec72b6"
POOL = f"pool/main/s/softhsm2/{ARCHIVE}"

DRIVER, LATE_DRIVER = "softhsm2.dll", "softhsm2-late.dll"
COMPANION = "softhsm2-crypto.dll"
"""CPython's own OpenSSL under a name that no other library has: found beside the driver or not at all."""
NAMES = frozenset({DRIVER, LATE_DRIVER, COMPANION})

SOURCES = WORK / "token-driver-source"
LIBRARY = SOURCES / f"softhsm2-{VERSION}" / "src" / "lib"
FOLDERS = (
    ".",
    "pkcs11",
    "common",
    "crypto",
    "data_mgr",
    "handle_mgr",
    "object_store",
    "session_mgr",
    "slot_mgr",
    "win32",
)
ENTRY = "main.cpp"
# Another cryptographic library, and tokens in a database.
LEFT_OUT = ("Botan", "DB")
COMPILER = "x86_64-w64-mingw32-g++-posix"
# Windows 10; its makers compile with other settings than ours, so warnings are theirs.
HOW = ("-std=c++11", "-O0", "-w", "-DHAVE_CONFIG_H", "-DNOMINMAX", "-DWIN32_LEAN_AND_MEAN", "-D_WIN32_WINNT=0x0A00")
SETTINGS = f"""\
#define PACKAGE_NAME "SoftHSM"
#define VERSION "{VERSION}"
#define VERSION_MAJOR 2
#define VERSION_MINOR 6
#define MIN_PIN_LEN 4
#define MAX_PIN_LEN 255
#define DEFAULT_LOG_LEVEL "ERROR"
#define DEFAULT_OBJECTSTORE_BACKEND "file"
#define DEFAULT_PKCS11_LIB "{DRIVER}"
#define DEFAULT_SOFTHSM2_CONF "softhsm2.conf"
#define DEFAULT_TOKENDIR "tokens"
#define CRYPTOKI_VISIBILITY 1
#define HAVE_CXX11 1
#define HAVE_LOADLIBRARY 1
#define HAVE_STDLIB_H 1
#define HAVE_STRING_H 1
#define HAVE_SYS_STAT_H 1
#define HAVE_SYS_TYPES_H 1
#define WITH_ECC 1
#define WITH_OPENSSL 1
#define WITH_RAW_PSS 1
#define OPENSSL_SUPPRESS_DEPRECATED 1
"""


def ensure() -> None:
    """Make the driver unless it is there and current. Raises StepFailed."""
    inputs = stamps.fingerprint(Path(__file__), PYTHON / "DLLs" / "libcrypto-3.dll")
    if stamps.is_fresh(TOKEN_DRIVER, inputs):
        return
    for folder in (SOURCES, TOKEN_DRIVER):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    must_call(["tar", "-xzf", downloads.kept(ARCHIVE, SHA256, fetch), "-C", SOURCES])
    link(compile_sources())
    stamps.mark(TOKEN_DRIVER, inputs)


def fetch(archive: Path) -> None:
    """Let apt take the archive from one of this machine's own Debian mirrors. Raises StepFailed."""
    as_ourselves = ("-o", "APT::Sandbox::User=root")  # apt's own account may not write into our folder
    for mirror in mirrors():
        command = ["/usr/lib/apt/apt-helper", *as_ourselves, "download-file", f"{mirror}{POOL}", str(archive)]
        if subprocess.run([*command, f"SHA256:{SHA256}"], stdout=subprocess.DEVNULL).returncode == 0:
            return
    raise StepFailed(f"No Debian mirror of this machine has {ARCHIVE}. Try: apt-get update")


def mirrors() -> list[str]:
    """List the mirrors of Debian's main part that apt knows here, each ending in a slash."""
    command = ["apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages", "Component: main"]
    answer = subprocess.run([*command, "Label: Debian"], capture_output=True, text=True, check=True)
    return sorted(set(answer.stdout.split()))


def compile_sources() -> list[Path]:
    """Compile the sources, all but one as a single file: their headers take most of the time. Raises StepFailed."""
    (SOURCES / "config.h").write_text(SETTINGS, encoding="ascii")
    borrow_headers()
    everything = SOURCES / "everything.cpp"
    lines = [f'#include "{source}"' for source in sorted(LIBRARY.rglob("*.cpp")) if is_wanted(source)]
    mark = 'extern "C" __declspec(dllexport) const char yuyue_stand_in[] = "yuyue_stand_in";'
    everything.write_text("\n".join(["#include <windows.h>", *lines, mark, ""]), encoding="utf-8")
    where = [f"-I{SOURCES}", *(f"-I{LIBRARY / folder}" for folder in FOLDERS)]
    objects = []
    for source in (everything, LIBRARY / ENTRY):
        objects.append(SOURCES / f"{source.stem}.o")
        must_call([COMPILER, *HOW, *where, "-c", source, "-o", objects[-1]])
    return objects


def is_wanted(source: Path) -> bool:
    """Tell whether a source belongs to our driver; its entry, which sees one header otherwise, is compiled alone."""
    return source.name != ENTRY and not source.name.startswith(LEFT_OUT) and "test" not in source.parts


def borrow_headers() -> None:
    """Copy OpenSSL's headers from this machine: those of its C library, which lie beside them, are not for Windows."""
    headers = SOURCES / "openssl"
    shutil.copytree("/usr/include/openssl", headers)
    # What they say of this machine's own word sizes is asked for by no function that SoftHSM2 calls.
    for own in Path("/usr/include").glob("*-linux-gnu/openssl"):
        shutil.copytree(own, headers, dirs_exist_ok=True)


def link(objects: Sequence[Path]) -> None:
    """Link the two drivers and put their companion beside them. Raises StepFailed."""
    original = PYTHON / "DLLs" / "libcrypto-3.dll"
    shutil.copy(original, TOKEN_DRIVER / COMPANION)
    names = SOURCES / "companion.def"
    names.write_text("\n".join([f"LIBRARY {COMPANION}", "EXPORTS", *exports(original), ""]), encoding="ascii")
    for driver, kind, more in ((DRIVER, "-l", ()), (LATE_DRIVER, "-y", ("-ldelayimp",))):
        companion = SOURCES / f"{driver}.a"
        must_call(["x86_64-w64-mingw32-dlltool", "-d", names, kind, companion])
        must_call([COMPILER, "-shared", "-s", "-static", "-o", TOKEN_DRIVER / driver, *objects, companion, *more])


def exports(library: Path) -> list[str]:
    """List the names of a library's functions."""
    content = pefile.PE(str(library), fast_load=True)
    content.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
    return [symbol.name.decode("ascii") for symbol in content.DIRECTORY_ENTRY_EXPORT.symbols if symbol.name]

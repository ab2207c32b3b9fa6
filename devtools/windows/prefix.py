"""A Wine prefix that passes for a Chinese Windows 10, with stand-ins for the parts that Wine lacks."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from devtools.processes import must_call
from devtools.windows import stamps, wine
from devtools.windows.layout import PREFIX, RECIPE, STAND_INS, WORK

SOURCES = RECIPE / "stand_ins"
FONT = "Noto Sans CJK SC"
WINDOWS_FONTS = (
    "Arial",
    "MS Shell Dlg",
    "MS Shell Dlg 2",
    "Microsoft YaHei",
    "Microsoft YaHei UI",
    "NSimSun",
    "Segoe UI",
    "SimHei",
    "SimSun",
    "Tahoma",
)
SETTINGS_CLASS = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"


def stand_in_name(source: Path) -> str:
    """Return the DLL's name; the class's is free, so it gets one that no Windows has."""
    return "yuyue-uisettings.dll" if source.stem == "uisettings" else f"{source.stem}.dll"


def stand_in_names() -> set[str]:
    """Return the names of all stand-ins."""
    return {stand_in_name(source) for source in SOURCES.glob("*.c")}


def ensure() -> None:
    """Make the prefix unless it is there and current. Raises StepFailed."""
    inputs = stamps.fingerprint(SOURCES, Path(__file__), wine_version())
    if stamps.is_fresh(PREFIX, inputs):
        return
    shutil.rmtree(PREFIX, ignore_errors=True)
    WORK.mkdir(parents=True, exist_ok=True)
    make_locale()
    wine.run(["wineboot", "-i"], 180, is_shown=False)
    wine.wait_until_idle()
    wine.run(["winecfg", "-v", "win10"], 60, is_shown=False)
    compile_stand_ins()
    write_registry()
    wine.wait_until_idle()
    stamps.mark(PREFIX, inputs)


def wine_version() -> str:
    """Return what Wine calls itself."""
    return subprocess.run(["wine", "--version"], capture_output=True, text=True, check=True).stdout


def make_locale() -> None:
    """Make the Chinese locale that gives Wine its code page, where this machine lacks it."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=True).stdout.lower()
    if "zh_cn.utf8" not in known and "zh_cn.utf-8" not in known:
        must_call(["localedef", "-i", "zh_CN", "-f", "UTF-8", wine.LOCALE])


def compile_stand_ins() -> None:
    """Compile the stand-ins and put them into the prefix's system folder."""
    STAND_INS.mkdir(parents=True, exist_ok=True)
    for source in sorted(SOURCES.glob("*.c")):
        library = STAND_INS / stand_in_name(source)
        must_call(["x86_64-w64-mingw32-gcc", "-O2", "-shared", "-s", "-o", library, source, "-ladvapi32"])
        shutil.copy(library, PREFIX / "drive_c" / "windows" / "system32")


def write_registry() -> None:
    """Register the stand-in's class and let a Chinese font answer for those of Windows."""
    lines = ["REGEDIT4", "", f"[{SETTINGS_CLASS.replace('HKLM', 'HKEY_LOCAL_MACHINE')}]"]
    lines += ['"DllPath"="C:\\\\windows\\\\system32\\\\yuyue-uisettings.dll"', ""]
    lines += [r"[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]"]
    lines += [f'"{name}"="{FONT}"' for name in WINDOWS_FONTS]
    settings = WORK / "prefix.reg"
    settings.write_text("\r\n".join(lines) + "\r\n", encoding="ascii", newline="")
    wine.run(["regedit", "/S", wine.windows_path(settings)], 60)

"""SoftHSM2 for Windows as a card maker's driver, and a token that it makes under Wine; knows no program of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Mapping
from pathlib import Path

from devtools.places import ROOT
from devtools.windows import wine
from devtools.windows.layout import PYTHON_PROGRAM, TOKEN_DRIVER
from yuyue_practice.authority import KeyType, PracticeAuthorities
from yuyue_practice.cards import CONFIGURATION

MAKING_S = 180


def install_driver(folder: Path) -> Path:
    """Put the driver and what belongs to it into a folder named as makers name theirs: in Chinese, with a space."""
    place = folder / "卡的 驱动程序"
    shutil.copytree(TOKEN_DRIVER, place)
    return place


def reader_of(tokens: Path, folder: Path) -> dict[str, str]:
    """What the driver's process needs to see these tokens; the file that says where they are goes into `folder`."""
    configuration = folder / "softhsm2-windows.conf"
    place = f"directories.tokendir = {wine.windows_path(tokens)}\nobjectstore.backend = file\nlog.level = ERROR\n"
    configuration.write_text(place, encoding="ascii")
    return {CONFIGURATION: wine.windows_path(configuration)}


def make_token(driver: Path, folder: Path, number: str, pin: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Let the driver itself make a token under Wine, as the practice side does; answers as `reader_of`."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    seen = reader_of(tokens, folder)
    ours = {"PYTHONPATH": wine.windows_path(ROOT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["wine", wine.windows_path(PYTHON_PROGRAM), "-m", "yuyue_practice.cards"]
    command += ["--module", wine.windows_path(driver)]
    authority = PracticeAuthorities(folder / "ca").cards
    # Python under Wine dies when its standard error is a file, as it is in a test.
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env={**environment, **ours, **seen}, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    ) as maker:
        made = _told(maker, {"number": number, "pin": pin, "key_type": KeyType.RSA})
        certificate = authority.issue_card(b64decode(made["public_key"]), number, "北京练习进出口有限公司", "王芳")
        assert _told(maker, {"certificate": b64encode(certificate).decode("ascii")}) == {}
        maker.communicate(timeout=MAKING_S)
    return seen


def _told(maker: subprocess.Popen[str], order: Mapping[str, str]) -> dict[str, str]:
    assert maker.stdin is not None
    assert maker.stdout is not None
    assert maker.stderr is not None
    print(json.dumps(order), file=maker.stdin, flush=True)
    answer = maker.stdout.readline()
    assert answer, maker.stderr.read()
    told: dict[str, str] = json.loads(answer)
    return told

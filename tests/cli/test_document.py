"""The document of the command line: its example file is one, and each command it names is there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.runs import run
from yuyue_desktop.cli import COMMANDS

TEXT = (Path(__file__).parents[2] / "docs" / "command-line.zh.md").read_text(encoding="utf-8")


def test_every_command_is_told() -> None:
    names = {
        "list" if command.__name__.endswith(".query") else command.__name__.rpartition(".")[2] for command in COMMANDS
    }
    assert names == set(re.findall(r"`?yuyue ([a-z]+)", TEXT))


def test_the_application_file_breaks_no_rule_but_the_hour_and_its_missing_file(tmp_path: Path) -> None:
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    file = tmp_path / "example.json"
    file.write_text(json.dumps({**json.loads(example), "attachments": [], "window_start": "2199-10-03T10:00"}), "utf-8")
    assert run("check", "--offline", str(file)).answers == [{"file": str(file), "findings": []}]

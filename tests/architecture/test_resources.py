"""A resource is found by the same call from the tree and from a built wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from yuyue_desktop.resources import resource

ROOT = Path(__file__).resolve().parents[2]
READ = "from yuyue_desktop.resources import resource; print(resource('planted', 'words.txt').read_text('utf-8'))"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of what the build reads, with one more resource."""
    folder = tmp_path / "tree"
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, folder)
    planted = folder / "resources" / "planted" / "words.txt"
    planted.parent.mkdir(parents=True)
    planted.write_text("预约", encoding="utf-8")
    return folder


def read_with(path: Path) -> str:
    """Read the planted resource in a new Python that sees only one copy of the package."""
    start = f"import sys; sys.path.insert(0, {str(path)!r}); {READ}"
    command = [sys.executable, "-X", "utf8", "-I", "-S", "-c", start]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout.strip()


def test_from_the_tree(tree: Path) -> None:
    assert read_with(tree / "src") == "预约"


def test_from_a_wheel(tree: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path / "wheel")]
    subprocess.run(build, cwd=tree, check=True, capture_output=True, timeout=60)
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    shutil.rmtree(tree)
    assert read_with(tmp_path / "site") == "预约"


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(FileNotFoundError, match="resources/nothing/here"):
        resource("nothing", "here")

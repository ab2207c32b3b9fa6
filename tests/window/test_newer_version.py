"""A newer version is told of in one quiet line, and no version is in the way of nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.services.desk import Desk
from tests.window.bench import Bench
from yuyue_desktop.domain.releases import Release
from yuyue_desktop.ui.widgets.text import Text
from yuyue_desktop.ui.widgets.toast import Toast


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    desk = Desk(tmp_path)
    desk.sign_in()
    bench = Bench(desk, qtbot)
    yield bench
    bench.close()
    desk.close()


def line(bench: Bench) -> str:
    """What the quiet line says, '' where none is shown."""
    (toast,) = bench.frame.findChildren(Toast)
    return "\n".join(text.text() for text in toast.findChildren(Text) if text.text()) if toast.isVisible() else ""


def test_the_version_and_where_it_is_to_be_had_are_told(bench: Bench) -> None:
    bench.workbench.tell_newer(Release("0.2.0", "https://it.example.cn/yuyue", "导入更快"))
    assert line(bench) == "有新版本 0.2.0\n导入更快\n下载：https://it.example.cn/yuyue"


def test_without_a_page_the_administrator_has_it(bench: Bench) -> None:
    bench.workbench.tell_newer(Release("0.2.0"))
    assert line(bench) == "有新版本 0.2.0\n请向管理员要安装程序"


def test_nothing_is_told_where_there_is_nothing_new(bench: Bench) -> None:
    bench.workbench.tell_newer(None)
    assert line(bench) == ""

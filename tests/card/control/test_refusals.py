"""What the control says when it refuses means an error with advice; codes and sentences of eport-card.md."""

from __future__ import annotations

import pytest

from yuyue_desktop.card.control.refusals import refusal
from yuyue_desktop.domain.errors import Blame, Code
from yuyue_desktop.domain.texts import error_words


@pytest.mark.parametrize(
    ("said", "code", "params"),
    [
        (["[读卡器底层库]复位读卡器失败:50070", "Err:Custom50070"], Code.CARD_RESET_FAILED, {"number": "50070"}),
        (["复位读卡器失败:错误码：50070"], Code.CARD_RESET_FAILED, {"number": "50070"}),
        (["打开读卡器失败", "Err:Custom50200"], Code.CARD_READER_FAILED, {"number": "50200"}),
        (["[智能卡应用模块]输入口令错误，可以试 3 次", "Err:51571"], Code.PIN_WRONG, {"tries_left": 3}),
        (["[智能卡应用模块]输入口令错误,可以试3次,错误码：51571"], Code.PIN_WRONG, {"tries_left": 3}),
        (["输入口令错误", "Err:51571"], Code.PIN_WRONG, {"tries_left": -1}),
        (["连接客户端控件服务失败,请重试.", "Err:Base60408"], Code.CARD_CONTROL_MISSING, {"number": "60408"}),
        (["卡控件通讯等待握手超时"], Code.CARD_CONTROL_SILENT, {"number": "?"}),
        (["等待响应超时", "Err:Custom50999"], Code.CARD_CONTROL_SILENT, {"number": "50999"}),
        (["非白名单用户或IC卡不合法"], Code.CARD_NOT_ACCEPTED, {"number": "?"}),
        (["从未见过", "Err:Custom54321"], Code.CARD_REFUSED, {"number": "54321"}),
        ([], Code.CARD_REFUSED, {"number": "?"}),
        ([{"text": "x"}, None], Code.CARD_REFUSED, {"number": "?"}),
    ],
)
def test_each_refusal(said: list[object], code: Code, params: dict[str, object]) -> None:
    error = refusal(said)
    assert (error.code, dict(error.params)) == (code, params)
    assert error.blame is (Blame.USER if code is Code.PIN_WRONG else Blame.ENVIRONMENT)
    words = error_words(error)
    assert words.title
    assert words.advice
    assert "…" not in str(words)


def test_a_reader_that_could_not_be_reset_is_told_apart_and_says_what_to_do() -> None:
    said = str(error_words(refusal(["[读卡器底层库]复位读卡器失败:错误码：50070", "Err:Custom50070"])))
    assert said.startswith("读卡器复位失败（50070）")
    assert "拔出重插" in said
    assert "singlewindow://Restart" in said

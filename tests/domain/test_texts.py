"""Every code has its words, and they keep the manner of the house: what happened, then what to do."""

from __future__ import annotations

from string import Formatter

import pytest

from yuyue_desktop.domain.errors import Blame, Code, YuyueError, user_error
from yuyue_desktop.domain.texts import CERTIFICATE_FLAWS, TEXTS, Words, error_words, words


def test_every_code_has_words_and_nothing_else_has() -> None:
    assert set(TEXTS) == set(Code)


@pytest.mark.parametrize("code", Code)
def test_title_and_advice(code: Code) -> None:
    title, advice = TEXTS[code]
    assert title
    assert advice
    assert not title.endswith("。")
    assert not advice.endswith("。")
    for text in (title, advice):
        assert not set(text) & set("！!")
        assert "您好" not in text
        assert text == text.strip()
        assert "错误" not in text
    assert advice != title


@pytest.mark.parametrize("code", Code)
def test_placeholders_are_plain_names(code: Code) -> None:
    for text in TEXTS[code]:
        for _, name, spec, conversion in Formatter().parse(text):
            assert name is None or (name.isidentifier() and not spec and not conversion)


@pytest.mark.parametrize("code", Code)
def test_a_missing_parameter_never_stops_a_message(code: Code) -> None:
    said = words(code)
    assert "{" not in str(said)


def test_the_manuals_sentences_stand_word_for_word() -> None:
    assert words(Code.CARD_NOT_BOUND).title == "您无权限操作该数据"
    mismatch = words(Code.CARD_MISMATCH, {"inserted": "8500", "bound": "8501"}).title
    assert mismatch == "当前卡号 8500 与用户注册信息卡号 8501 不一致，无法进行申报"
    assert words(Code.COMPANY_DISHONEST).title == "失信企业不允许操作"
    assert words(Code.CALENDAR_NOT_FOUND).advice == "请联系口岸或海关更新工作日历"


def test_what_is_typed_is_not_taken_for_a_placeholder() -> None:
    assert "{bound}" in words(Code.CARD_MISMATCH, {"inserted": "{bound}", "bound": "1"}).title


@pytest.mark.parametrize(("reason", "said"), CERTIFICATE_FLAWS.items())
def test_flaws_of_a_certificate_in_words(reason: str, said: str) -> None:
    assert said in words(Code.CERTIFICATE_INVALID, {"reason": reason}).title


def test_a_flaw_without_words_is_shown_as_it_is() -> None:
    assert "revoked" in words(Code.CERTIFICATE_INVALID, {"reason": "revoked"}).title


def test_words_as_one_sentence() -> None:
    assert str(Words("已损坏", "请重新导出")) == "已损坏。请重新导出"
    assert str(Words("已损坏", "")) == "已损坏"


def test_errors_carry_their_words() -> None:
    error = user_error(Code.COMPANY_UNKNOWN, customs_code="1101919107")
    assert (error.blame, error.is_retried, str(error)) == (Blame.USER, False, "company_unknown")
    assert error_words(error).title == "海关没有编码为 1101919107 的企业"
    assert YuyueError(Code.GATEWAY_BUSY).blame is Blame.ENVIRONMENT


def test_code_values_are_their_names() -> None:
    assert all(code.value == code.name.lower() for code in Code)

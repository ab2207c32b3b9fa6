"""The words of every question for the store's key (decisions 011, 012); knows no dialog's inside and no key."""

from __future__ import annotations

from dataclasses import replace

from yuyue_desktop.domain.limits import STORE_PASSWORD_CHARACTERS
from yuyue_desktop.domain.store_key import password_problem
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.dialogs.secret_dialog import SecretRequest

PASSWORD = SecretRequest(
    "打开本机数据",
    "本机的草稿和回执用您自己的密码加密，输入后打开。",
    "本机密码",
    "这是首次使用时设的密码，与卡密码、登录密码无关。",
    other="用恢复码",
)
PRACTICE_PASSWORD = replace(PASSWORD, other="")
"""Practice gives out no recovery code (decision 012)."""


def _password_problem(password: str) -> str:
    error = password_problem(password.strip())
    return "" if error is None else str(error_words(error))


FIRST_PASSWORD = SecretRequest(
    "设置本机密码",
    "这台电脑没有可用的密钥保管，草稿和回执改用您自己的密码加密，每次打开程序时输入。密码不保存，请选记得住的。",
    "本机密码",
    f"至少 {STORE_PASSWORD_CHARACTERS} 个字符，可以用一句记得住的话；与卡密码、登录密码无关。",
    act="设置",
    busy="正在设置…",
    again="再输一次",
    other="重找密钥保管",
    problem=_password_problem,
)
NEW_PASSWORD = replace(
    FIRST_PASSWORD,
    title="设置新的本机密码",
    explanation="数据已经找回。请设一个新的本机密码，每次打开程序时输入；以前的密码不再有用。",
    other="",
)

LOST_KEY = SecretRequest(
    "用恢复码打开",
    "系统里找不到本机数据的密钥，可能换了系统账号，或重装过系统。数据都还在，请输入首次使用时抄下的恢复码。",
    "恢复码",
    "30 个字母和数字；大小写、空格和短横都不影响。",
    is_hidden=False,
)
SILENT_KEY_STORE = replace(
    LOST_KEY,
    explanation="系统的密钥保管没有应答。数据都还在：解锁后可以再试，也可以输入首次使用时抄下的恢复码。",
    other="再试一次",
)
FORGOTTEN_PASSWORD = replace(
    LOST_KEY,
    explanation="忘了本机密码，可以输入首次使用时抄下的恢复码，再设一个新密码。数据都还在。",
    other="用密码",
)

CODE_EXPLANATION = (
    "本机的草稿和回执是用您的密码加密的。忘了密码，只有这串恢复码能打开它们。请抄在纸上，与卡分开放；以后不再显示。"
)
"""What the recovery code is for where no key store keeps the key."""

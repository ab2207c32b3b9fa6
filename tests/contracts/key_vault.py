"""What every KeyVault does, whatever keeps the key."""

from __future__ import annotations

from abc import ABC, abstractmethod

import pytest

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.ports import KeyVault

KEY, OTHER_KEY = bytes(range(32)), bytes(range(32, 64))
PROFILE = "云岭"


class KeyVaultContract(ABC):
    """One suite for the fake and the real ones."""

    @abstractmethod
    def vault(self) -> KeyVault:
        """The vault anew, as the next start of the program makes it; it keeps what was kept before."""

    def test_nothing_is_kept_at_first(self) -> None:
        assert self.vault().load(PROFILE) is None

    def test_what_is_kept_comes_back_at_the_next_start(self) -> None:
        self.vault().keep(PROFILE, KEY)
        assert self.vault().load(PROFILE) == KEY
        assert self.vault().load(PROFILE) == KEY

    def test_a_key_takes_the_place_of_the_one_before(self) -> None:
        self.vault().keep(PROFILE, OTHER_KEY)
        self.vault().keep(PROFILE, KEY)
        assert self.vault().load(PROFILE) == KEY

    def test_a_key_is_never_the_answer_for_another_profile(self) -> None:
        self.vault().keep(PROFILE, KEY)
        try:
            answer = self.vault().load("another")
        except YuyueError:
            answer = None
        assert answer is None

    @pytest.mark.parametrize("key", [bytes(32), b"\xff" * 32])
    def test_every_key_is_kept_bit_by_bit(self, key: bytes) -> None:
        self.vault().keep(PROFILE, key)
        assert self.vault().load(PROFILE) == key

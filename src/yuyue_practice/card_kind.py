"""Which kind of practice card an office hands out; makes none."""

from __future__ import annotations

from enum import StrEnum


class CardKind(StrEnum):
    """A SoftHSM2 token, an e-port card behind a practice client control, or whichever this machine can have."""

    FITTING = "fitting"
    SOFTHSM2 = "softhsm2"
    CONTROL = "control"

    @property
    def is_behind_control(self) -> bool:
        """Whether it is the control's card: where SoftHSM2 is not installed, as mostly on Windows, it is."""
        return self is CardKind.CONTROL or (self is CardKind.FITTING and not _is_softhsm2_installed())


def _is_softhsm2_installed() -> bool:
    # Its module is heavy, and the command line answers quicker without it.
    from yuyue_practice.cards import installed_module  # noqa: PLC0415

    return installed_module() is not None

"""The window's side of a look at the reader service, in a process of its own; knows no driver and no card.

A driver that hangs holds the card process up, and the service itself may hang: neither hides what the other one says.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

from yuyue_desktop.card.child import NO_CONSOLE
from yuyue_desktop.card.protocol import decode_survey
from yuyue_desktop.domain.card import ReaderSurvey, ServiceState

PATIENCE_S = 10.0
"""A service answers within milliseconds; the process that asks it may start slowly on a busy machine."""


class SurveyProcess:
    """Implements domain.ports.ReaderService.

    Args:
        command: starts the card process; `--survey` is added.
        environment: added to the process's own.
        patience_s: how long it may take before the service counts as silent.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, patience_s: float = PATIENCE_S
    ) -> None:
        self._command = (*command, "--survey")
        self._environment = dict(environment or {})
        self._patience_s = patience_s

    def survey(self) -> ReaderSurvey:
        """What the service says of its readers now."""
        try:
            done = subprocess.run(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **self._environment},
                timeout=self._patience_s,
                creationflags=NO_CONSOLE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ReaderSurvey(ServiceState.SILENT)
        except OSError:
            return ReaderSurvey(ServiceState.NOT_ASKED)
        try:
            return decode_survey(done.stdout)
        except ValueError:
            return ReaderSurvey(ServiceState.SILENT)

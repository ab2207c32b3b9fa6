"""Whether this machine is ready for work before anybody signs in: the gateway and its clock; knows no screen."""

from __future__ import annotations

import time
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from yuyue_desktop.domain.ports import Clock, GatewayPort


@dataclass(frozen=True, slots=True)
class GatewayReadiness:
    """The gateway answered: after `round_trip_ms`, and its clock is `offset_s` seconds ahead of this machine's."""

    round_trip_ms: int
    offset_s: float


class Readiness:
    """Asks on the workers; Futures fail with what stands in the way."""

    def __init__(self, gateway: GatewayPort, clock: Clock, machine: Clock, workers: Executor) -> None:
        self._gateway = gateway
        self._clock = clock
        self._machine = machine
        self._workers = workers

    def gateway(self) -> Future[GatewayReadiness]:
        """Ask the gateway for its time. Fails as GatewayPort.time."""
        return self._workers.submit(self._ask_gateway)

    def _ask_gateway(self) -> GatewayReadiness:
        began = time.monotonic()
        self._gateway.time()
        round_trip_ms = round((time.monotonic() - began) * 1000)
        offset_s = (self._clock.now() - self._machine.now()).total_seconds()
        return GatewayReadiness(round_trip_ms, offset_s)

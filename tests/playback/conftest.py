from __future__ import annotations

import numpy as np
import pytest

from app.playback.mixdown import Stereo
from app.playback.player import Player


class HandCrankedOutput:
    """A device that pulls exactly as many samples as a test turns the crank for."""

    name = "Test device"
    latency_s = 0.0
    n_underflows = 0

    def __init__(self, player: Player, block: int = 256) -> None:
        self.sample_rate_hz = player.sample_rate_hz
        self._player = player
        self._block = block

    def driving(self, player: Player) -> HandCrankedOutput:
        return HandCrankedOutput(player, self._block)

    def pull(self, seconds: float) -> Stereo:
        out = np.full((round(seconds * self.sample_rate_hz), 2), 9.0, np.float32)
        for start in range(0, len(out), self._block):
            self._player.fill(out[start : start + self._block])
        return out


@pytest.fixture(autouse=True)
def _frozen_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two blocks no time passes: positions are exact."""
    monkeypatch.setattr("app.playback.player.time.perf_counter", lambda: 100.0)


@pytest.fixture
def player() -> Player:
    return Player(48_000)


@pytest.fixture
def device(player: Player) -> HandCrankedOutput:
    return HandCrankedOutput(player)

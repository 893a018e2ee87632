from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.document.workspace import Workspace
from app.model.clip import Asset, AudioLane, Clip
from app.model.ids import AssetId, ClipId
from app.model.lane import LaneId
from app.model.project import Project, new_project
from app.playback.audio_output import Fill
from app.playback.playback import Playback
from app.playback.sound_library import SoundLibrary
from engine.errors import BadInput
from engine.requests import Audio
from engine.timebase import Samples, TempoMap, Ticks

RATE = 32_000


class FakeDevice:
    name = "Fake"
    sample_rate_hz = RATE
    latency_s = 0.0
    n_underflows = 0

    def __init__(self) -> None:
        self.fill: Fill | None = None
        self.alive = True

    def start(self, fill: Fill) -> None:
        self.fill = fill

    def is_alive(self) -> bool:
        return self.alive

    def close(self) -> None:
        self.fill = None

    def pull(self, n: int) -> np.ndarray:
        assert self.fill is not None
        out = np.zeros((n, 2), np.float32)
        for start in range(0, n, 256):
            self.fill(out[start : start + 256])
        return out


def tone(hz: float) -> Audio:
    wave = 0.5 * np.sin(2 * np.pi * hz * np.arange(4 * RATE) / RATE)
    return Audio(wave[np.newaxis].astype(np.float32), RATE)


SOUNDS = {"a": tone(220.0), "b": tone(330.0)}


def read(asset: Asset) -> Audio:
    if asset.id not in SOUNDS:
        raise BadInput("The recording is missing.", "Locate it.")
    return SOUNDS[asset.id]


def playing(name: str) -> Project:
    asset = Asset(AssetId(name), "flac", RATE, 1, Samples(4 * RATE))
    clip = Clip(ClipId("clip"), asset, Ticks(0), asset.n_samples)
    return replace(new_project(tempo=TempoMap(120.0)), audio=AudioLane((clip,)))


@pytest.fixture
def device() -> FakeDevice:
    return FakeDevice()


@pytest.fixture
def playback(device: FakeDevice, qtbot: QtBot) -> Iterator[Playback]:
    playback = Playback(Workspace(), playing("a"), SoundLibrary(read), device)
    settle(playback, qtbot)
    yield playback
    playback.close()


def settle(playback: Playback, qtbot: QtBot) -> None:
    with qtbot.waitSignal(playback._writer.ready, timeout=5_000):
        playback.finish_rendering()


def test_a_clip_is_heard_as_it_was_recorded(playback: Playback, device: FakeDevice) -> None:
    playback.transport.play()
    sound = device.pull(8_192)
    assert np.array_equal(sound[1_000:, 0], SOUNDS["a"].samples[0, 1_000:8_192])


def test_switching_the_take_while_playing_keeps_the_position_and_does_not_click(
    playback: Playback, device: FakeDevice, qtbot: QtBot
) -> None:
    playback.transport.play()
    before = device.pull(10_240)
    playback.show_project(playing("b"))
    settle(playback, qtbot)
    after = device.pull(4_096)
    assert np.array_equal(after[1_000:, 0], SOUNDS["b"].samples[0, 11_240:14_336])
    steps = np.abs(np.diff(np.concatenate([before, after])[:, 0]))
    smooth = np.abs(np.diff(SOUNDS["b"].samples[0])).max()
    assert steps.max() < smooth + 0.01


def test_a_missing_recording_is_told_and_the_sound_before_goes_on(
    playback: Playback, device: FakeDevice, qtbot: QtBot
) -> None:
    playback.transport.play()
    with qtbot.waitSignal(playback.told) as told:
        playback.show_project(playing("lost"))
    assert told.args == ["The recording is missing.", "Locate it."]
    assert device.pull(4_096)[2_000:].any()


def test_a_device_that_vanishes_pauses_playback_and_leaves_a_working_clock(
    playback: Playback, device: FakeDevice, qtbot: QtBot
) -> None:
    playback.transport.play()
    device.pull(16_000)
    device.alive = False
    with qtbot.waitSignal(playback.told) as told:
        playback._on_heartbeat()
    assert "Fake" in told.args[0]
    assert not playback.transport.is_playing
    assert playback.output.name == "No sound device"


def test_the_meter_shows_what_is_heard(playback: Playback, device: FakeDevice) -> None:
    assert playback.levels() == (-np.inf, -np.inf)
    playback.transport.play()
    device.pull(16_000)
    left, right = playback.levels()
    assert left == pytest.approx(-6.02, abs=0.1)
    assert left == right


def test_a_lane_is_heard_where_no_clip_plays(
    playback: Playback, device: FakeDevice, qtbot: QtBot
) -> None:
    drums = Audio(np.full((2, 6 * RATE), 0.125, np.float32), RATE)
    playback.show_sketch(LaneId.DRUMS, drums)
    settle(playback, qtbot)
    playback.transport.play()
    sound = device.pull(5 * RATE)
    assert np.array_equal(sound[1_000:RATE, 0], SOUNDS["a"].samples[0, 1_000:RATE])
    assert np.all(sound[4 * RATE + 500 : 5 * RATE] == 0.125)

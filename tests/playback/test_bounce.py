from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.model.clip import Asset, AudioLane, Clip
from app.model.ids import AssetId, ClipId
from app.model.lane import LaneId
from app.model.project import Project, new_project
from app.playback.bounce import CEILING, Bounce, bounce, write_bounce
from app.playback.sound_library import SoundLibrary
from engine.audio.files import read_audio
from engine.requests import Audio
from engine.timebase import Samples, Seconds, Span, TempoMap, Ticks

RATE = 32_000
SOUND = np.random.default_rng(5).integers(-(2**22), 2**22, (2, 2 * RATE)) / 2**23
BEAT = 960


@pytest.fixture
def project() -> Project:
    asset = Asset(AssetId("a"), "flac", RATE, 2, Samples(2 * RATE))
    clip = Clip(ClipId("c"), asset, Ticks(0), asset.n_samples)
    return replace(new_project(tempo=TempoMap(120.0)), audio=AudioLane((clip,)))


@pytest.fixture
def library() -> SoundLibrary:
    return SoundLibrary(lambda _asset: Audio(SOUND.astype(np.float32), RATE))


def ticks(start: int, end: int) -> Span[Ticks]:
    return Span(Ticks(start), Ticks(end))


def test_a_generated_clip_leaves_as_it_is(
    project: Project, library: SoundLibrary, tmp_path: Path
) -> None:
    wanted = Bounce(ticks(0, 4 * BEAT), RATE)
    sound = bounce(project, library, {}, wanted)
    assert sound is not None
    write_bounce(tmp_path / "mix.wav", sound, wanted)
    assert np.array_equal(read_audio(tmp_path / "mix.wav").samples, SOUND.astype(np.float32))


def test_a_selection_starts_and_ends_on_its_samples_and_keeps_its_tail(
    project: Project, library: SoundLibrary
) -> None:
    sound = bounce(project, library, {}, Bounce(ticks(BEAT, 3 * BEAT), RATE))
    assert sound is not None
    assert np.array_equal(sound.T, SOUND[:, RATE // 2 : RATE * 3 // 2].astype(np.float32))
    longer = Bounce(ticks(BEAT, 3 * BEAT), RATE, tail=Seconds(1.0))
    tailed = bounce(project, library, {}, longer)
    assert tailed is not None
    assert len(tailed) == 2 * RATE


def test_normalising_puts_the_peak_just_below_full_scale(
    project: Project, library: SoundLibrary
) -> None:
    wanted = Bounce(ticks(0, 4 * BEAT), RATE, is_normalised=True)
    sound = bounce(project, library, {}, wanted)
    assert np.abs(sound).max() == pytest.approx(CEILING, abs=1e-6)


def test_a_lane_alone_is_heard_even_where_it_is_muted(
    project: Project, library: SoundLibrary
) -> None:
    muted = project.with_settings(LaneId.DRUMS, replace(project.drums.settings, is_muted=True))
    drums = Audio(np.full((1, RATE), 0.5, np.float32), RATE)

    alone = bounce(
        muted, library, {LaneId.DRUMS: drums}, Bounce(ticks(0, 2 * BEAT), RATE, lane=LaneId.DRUMS)
    )
    assert np.array_equal(alone, np.full((RATE, 2), 0.5, np.float32))


def test_a_cancelled_bounce_gives_nothing(project: Project, library: SoundLibrary) -> None:
    wanted = Bounce(ticks(0, 4 * BEAT), RATE)
    assert bounce(project, library, {}, wanted, lambda done, _total: done < 1) is None

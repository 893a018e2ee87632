"""What is ready of a take is heard and nothing clicks where the rest is still missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.model.clip import Asset, AudioLane, Clip
from app.model.ids import AssetId, ClipId
from app.model.lane import LaneId
from app.model.project import Project, new_project
from app.playback.growing_sound import EDGE_FADE_S, GrowingSound
from app.playback.mixdown import Stereo, mix_block
from app.playback.voices import Sources, project_voices
from engine.requests import Audio
from engine.timebase import Samples, Span, TempoMap, Ticks

RATE = 32_000
TEMPO = TempoMap(120.0)
BAR = 2 * RATE
BARS_2_TO_3 = TEMPO.bars(2, 3)
NEW, OLD, SKETCHED = 0.5, -0.25, 0.125


def level(seconds: float, value: float = NEW) -> Audio:
    return Audio(np.full((1, round(seconds * RATE)), value, np.float32), RATE)


def growing(*seconds: float) -> GrowingSound:
    sound = GrowingSound((BARS_2_TO_3,), TEMPO)
    at = BAR
    for length in seconds:
        sound = sound.with_piece(Samples(at), level(length))
        at += round(length * RATE)
    return sound


def four_bars_of_old_sound() -> Project:
    asset = Asset(AssetId("a" * 64), "flac", RATE, 1, Samples(4 * BAR))
    clip = Clip(ClipId("c"), asset, Ticks(0), asset.n_samples)
    return replace(new_project(tempo=TEMPO), audio=AudioLane((clip,)))


def heard(project: Project, sound: GrowingSound | None, rate: int = RATE) -> Stereo:
    def sketch_of(lane: LaneId) -> Stereo | None:
        return np.full((8 * rate, 2), SKETCHED, "f4") if lane is LaneId.CHORDS else None

    frames = np.full((8 * rate, 2), OLD, "f4")
    sources = Sources(rate, lambda _asset: frames, sketch_of)
    return mix_block(
        project_voices(project, sources, growing=sound), Span(Samples(0), Samples(8 * rate))
    )


def test_ready_pieces_are_heard_as_one_sound_where_they_belong() -> None:
    sound = heard(four_bars_of_old_sound(), growing(1.0, 0.5, 0.7))[:, 0]
    fade = round(EDGE_FADE_S * RATE)
    edge = BAR + round(2.2 * RATE)
    assert (sound[:BAR] == OLD).all()
    assert (sound[BAR : edge - fade] == NEW).all()
    assert (sound[edge + fade :] == OLD).all()


def test_at_the_growing_edge_new_and_old_sound_give_way_without_a_click() -> None:
    sound = heard(four_bars_of_old_sound(), growing(1.3))[:, 0]
    edge = BAR + round(1.3 * RATE)
    around = sound[edge - 500 : edge + 500]
    assert np.abs(np.diff(around)).max() < 2 * NEW / (EDGE_FADE_S * RATE)


def test_a_complete_region_meets_what_follows_sample_for_sample() -> None:
    sound = heard(four_bars_of_old_sound(), growing(2.5, 1.5))[:, 0]
    assert (sound[BAR : 3 * BAR] == NEW).all()
    assert (sound[3 * BAR :] == OLD).all()


def test_the_lanes_are_heard_until_the_take_has_reached_them() -> None:
    sound = heard(new_project(tempo=TEMPO), growing(1.0))[:, 0]
    assert sound[BAR + RATE // 2] == NEW
    assert sound[BAR + RATE + RATE // 2] == SKETCHED


def test_a_device_at_another_rate_hears_the_same_stretch() -> None:
    sound = heard(new_project(tempo=TEMPO), growing(1.0, 1.0), rate=48_000)[:, 0]
    assert np.allclose(sound[2 * 48_000 + 500 : 4 * 48_000 - 500], NEW, atol=1e-3)
    assert sound[2 * 48_000 - 500] == SKETCHED


def test_it_tells_how_much_is_ready_of_how_much() -> None:
    sound = growing(1.0, 0.5)
    assert (sound.ready_s, sound.wanted_s, sound.end) == (1.5, 4.0, BARS_2_TO_3.end)
    assert sound.with_piece(Samples(0), level(0.0)) is sound

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.model.clip import Asset, AudioLane, Clip
from app.model.ids import AssetId, ClipId
from app.model.lane import LaneId
from app.model.project import Project, new_project
from app.playback.mixdown import Stereo, mix_block
from app.playback.voices import Listening, Sources, click_voices, gaps_between, project_voices
from engine.timebase import Samples, Span, TempoMap, Ticks

RATE = 48_000
TEMPO = TempoMap(120.0)
BEAT_TICKS, BEAT = 960, RATE // 2


def asset(n_samples: int, rate: int = 32_000) -> Asset:
    return Asset(AssetId("a" * 64), "flac", rate, 1, Samples(n_samples))


def with_clip(start_beat: int = 4, n_beats: int = 2, **more: object) -> Project:
    recording = asset(n_beats * 16_000)
    clip = Clip(ClipId("c"), recording, Ticks(start_beat * BEAT_TICKS), recording.n_samples, **more)  # type: ignore[arg-type]
    return replace(new_project(tempo=TEMPO), audio=AudioLane((clip,)))


def sources(sketched: tuple[LaneId, ...] = (LaneId.CHORDS,), level: float = 1.0) -> Sources:
    def frames_of(recording: Asset) -> Stereo:
        return np.full((recording.n_samples * RATE // recording.sample_rate_hz, 2), 0.25, "f4")

    def sketch_of(lane: LaneId) -> Stereo | None:
        return np.full((8 * BEAT, 2), level, "f4") if lane in sketched else None

    return Sources(RATE, frames_of, sketch_of)


def heard(project: Project, listening: Listening = Listening.MIX) -> list[float]:
    """The level in the middle of each of eight beats."""
    voices = project_voices(project, sources(), listening)
    block = mix_block(voices, Span(Samples(0), Samples(8 * BEAT)))
    return block[BEAT // 2 :: BEAT, 0].tolist()


def muted(project: Project, lane: LaneId, **change: bool) -> Project:
    return project.with_settings(lane, replace(project.settings(lane), **change))


def test_sketches_step_back_where_a_clip_plays() -> None:
    assert heard(with_clip()) == [1, 1, 1, 1, 0.25, 0.25, 1, 1]


def test_a_muted_audio_lane_lets_the_sketches_through() -> None:
    assert heard(muted(with_clip(), LaneId.AUDIO, is_muted=True)) == [1.0] * 8


def test_a_soloed_lane_plays_alone_and_in_full() -> None:
    assert heard(muted(with_clip(), LaneId.CHORDS, is_solo=True)) == [1.0] * 8
    assert heard(muted(with_clip(), LaneId.AUDIO, is_solo=True)) == [0, 0, 0, 0, 0.25, 0.25, 0, 0]


def test_the_condition_is_the_lanes_that_steer_without_any_clip() -> None:
    assert heard(with_clip(), Listening.CONDITION) == [1.0] * 8
    off = muted(with_clip(), LaneId.CHORDS, is_on=False)
    assert heard(off, Listening.CONDITION) == [0.0] * 8


def test_clips_that_meet_at_their_own_rate_meet_at_the_device_rate() -> None:
    recording = asset(44_100, rate=44_100)
    first = Clip(ClipId("a"), recording, Ticks(0), Samples(11_027))
    second = replace(
        first, id=ClipId("b"), offset=Samples(11_027), length=Samples(9_000), nudge=Samples(11_027)
    )
    project = replace(new_project(tempo=TEMPO), audio=AudioLane((first, second)))
    left, right = project_voices(project, sources(sketched=()))
    assert left.end == right.start


def test_the_metronome_clicks_on_every_beat_and_higher_on_the_first() -> None:
    voices = click_voices(TEMPO, Ticks(8 * BEAT_TICKS), RATE)
    assert [voice.start for voice in voices] == [beat * BEAT for beat in range(8)]
    assert voices[0].frames is voices[4].frames
    assert voices[0].frames is not voices[1].frames


def test_gaps_are_what_no_span_covers() -> None:
    covered = [Span(Samples(5), Samples(8)), Span(Samples(2), Samples(6))]
    gaps = [(gap.start, gap.end) for gap in gaps_between(covered, 10)]
    assert gaps == [(0, 2), (8, 10)]
    assert gaps_between([Span(Samples(0), Samples(10))], 10) == []

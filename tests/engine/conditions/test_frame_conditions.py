from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.conditions.drums import DRUM_CLASSES, drum_class, drum_features
from engine.conditions.frame_conditions import LANE_BLOCKS, N_FEATURES, frame_features
from engine.conditions.grid import grid_features
from engine.conditions.inpaint_mask import inpaint_mask, n_kept_codebooks
from engine.conditions.piano_roll import note_features
from engine.requests import Control, Controls
from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import CodecClock, Meter, Seconds, Span

CLOCK = CodecClock(sample_rate_hz=32_000, hop=1_280, n_codebooks=6, codebook_size=512)
SCORE = Score(
    duration=Seconds(4.0),
    chords=(Chord(Span(Seconds(0.0), Seconds(2.0)), "C:maj"),),
    notes=(Note(Span(Seconds(0.5), Seconds(1.0)), 60, 127),),
    drums=(DrumHit(Seconds(1.0), 36, 127),),
)


def test_a_held_note_fills_its_frames_and_is_struck_once_as_hard_as_drawn() -> None:
    note = Note(Span(Seconds(0.05), Seconds(0.21)), 60, 64)
    features = note_features((note,), CLOCK, 0, 10)
    assert np.flatnonzero(features[:, 60]).tolist() == [1, 2, 3, 4, 5]
    assert np.flatnonzero(features[:, 128 + 60]).tolist() == [1]
    assert features[1, 128 + 60] == pytest.approx(64 / 127)
    assert features.sum() == pytest.approx(5 + 64 / 127)


def test_a_note_from_before_the_window_is_held_but_not_struck() -> None:
    note = Note(Span(Seconds(0.0), Seconds(0.4)), 60)
    features = note_features((note,), CLOCK, 5, 10)
    assert features[:5, 60].all()
    assert not features[:, 128:].any()


def test_a_hit_lands_in_its_half_frame_and_the_louder_one_counts() -> None:
    hits = (DrumHit(Seconds(0.041), 36, 100), DrumHit(Seconds(0.042), 35, 60))
    late = DrumHit(Seconds(0.065), 38, 127)
    features = drum_features((*hits, late), CLOCK, 0, 3)
    assert np.argwhere(features).tolist() == [[1, 0], [1, 3]]
    assert features[1, 0] == pytest.approx(100 / 127)
    assert features[1, 3] == 1.0


def test_every_percussion_key_has_a_class() -> None:
    names = {pitch: DRUM_CLASSES[drum_class(pitch)] for pitch in range(128)}
    assert (names[36], names[38], names[42], names[49], names[45], names[54]) == (
        "kick", "snare", "closed hat", "cymbal", "tom", "other",
    )  # fmt: skip


def test_the_grid_turns_once_per_beat_and_per_bar() -> None:
    score = replace(SCORE, tempo_bpm=150.0, meter=Meter(3, 4), first_downbeat=Seconds(0.4))
    beat_sin, beat_cos, bar_sin, bar_cos = grid_features(score, CLOCK, 0, 50).T
    assert np.flatnonzero(beat_cos > 0.9999).tolist() == [0, 10, 20, 30, 40]
    assert np.flatnonzero(bar_cos > 0.9999).tolist() == [10, 40]
    assert beat_sin[11] > 0
    assert bar_sin[11] > 0


def test_strength_zero_equals_a_lane_switched_off_exactly() -> None:
    for name in ("chords", "drums", "notes"):
        off = frame_features(
            SCORE, replace(Controls(), **{name: Control(is_on=False)}), CLOCK, 0, 100
        )
        zero = frame_features(
            SCORE, replace(Controls(), **{name: Control(strength=0.0)}), CLOCK, 0, 100
        )
        assert np.array_equal(off, zero)
        assert not off[:, LANE_BLOCKS[name]].any()
        others = [block for lane, block in LANE_BLOCKS.items() if lane != name]
        assert all(off[:, block].any() for block in others)


def test_strength_scales_the_whole_block_of_its_lane() -> None:
    full = frame_features(SCORE, Controls(), CLOCK, 0, 100)
    half = frame_features(SCORE, replace(Controls(), chords=Control(strength=0.5)), CLOCK, 0, 100)
    block = LANE_BLOCKS["chords"]
    assert np.array_equal(half[:, block], 0.5 * full[:, block])
    assert np.array_equal(half[:, block.stop :], full[:, block.stop :])


def test_an_empty_lane_that_is_on_differs_from_one_that_is_off() -> None:
    empty = Score(duration=Seconds(1.0))
    on = frame_features(empty, Controls(), CLOCK, 0, 25)
    assert on.shape == (25, N_FEATURES)
    for name in ("drums", "notes"):
        block = on[:, LANE_BLOCKS[name]]
        assert (block[:, 0] == 1).all()
        assert not block[:, 1:].any()


def test_a_window_is_a_cut_out_of_the_whole() -> None:
    whole = frame_features(SCORE, Controls(), CLOCK, 0, 100)
    assert np.array_equal(frame_features(SCORE, Controls(), CLOCK, 20, 50), whole[20:70])


def test_the_mask_covers_every_frame_its_region_touches() -> None:
    mask = inpaint_mask(Span(Seconds(0.05), Seconds(0.13)), CLOCK, 10)
    assert np.flatnonzero(mask).tolist() == [1, 2, 3]
    exact = inpaint_mask(Span(Seconds(0.04), Seconds(0.12)), CLOCK, 10)
    assert np.flatnonzero(exact).tolist() == [1, 2]


def test_a_gentler_mask_keeps_more_of_the_coarse_codebooks() -> None:
    assert [n_kept_codebooks(strength, 6) for strength in (1.0, 0.65, 0.35, 0.0)] == [0, 2, 4, 6]

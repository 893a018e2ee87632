"""Beats, bars, tempo and onsets out of activation curves."""

from __future__ import annotations

import numpy as np
import pytest

from engine.hearing.beat_decoder import NO_RHYTHM, decode_rhythm
from engine.hearing.onset_picker import peak_times, pick_notes, pick_peaks
from engine.hearing.pulse_classes import (
    BEATS_PER_BAR,
    N_BEAT_LENGTHS,
    Pulse,
    beat_length_places,
)
from engine.hearing.spectra import rhythm_frame_times


def activations(times: np.ndarray, n_frames: int, height: float = 0.9) -> np.ndarray:
    """Bumps about two frames wide at exact moments."""
    frames = rhythm_frame_times(n_frames)
    bumps = np.exp(-(((frames[:, None] - times[None, :]) / 0.015) ** 2)).max(axis=1)
    return 0.02 + height * bumps


@pytest.mark.parametrize("tempo_bpm", [52.0, 96.0, 133.0, 187.0])
def test_the_tempo_of_clicks_is_found_within_a_percent(tempo_bpm: float) -> None:
    beats = 0.3 + np.arange(0, 19.0, 60 / tempo_bpm)
    rhythm = decode_rhythm(activations(beats, 1000), activations(beats[::4], 1000))
    assert rhythm.tempo_bpm == pytest.approx(tempo_bpm, rel=0.01)
    inside = [time for time in rhythm.beats if 0.2 < time < 19.0]
    assert inside == pytest.approx([beat for beat in beats if beat < 19.0], abs=0.02)


def test_beats_go_on_where_a_few_clicks_are_missing() -> None:
    beats = 0.25 + np.arange(36) * 0.5
    heard = np.delete(beats, [7, 8, 20])
    rhythm = decode_rhythm(activations(heard, 950), activations(beats[::4], 950))
    assert rhythm.beats[:36] == pytest.approx(beats, abs=0.04)
    assert rhythm.tempo_bpm == pytest.approx(120, rel=0.01)


@pytest.mark.parametrize(("per_bar", "phase"), [(3, 0), (3, 2), (4, 1)])
def test_bars_are_counted_from_the_downbeats(per_bar: int, phase: int) -> None:
    beats = 0.1 + np.arange(30) * 0.6
    rhythm = decode_rhythm(activations(beats, 900), activations(beats[phase::per_bar], 900))
    assert rhythm.downbeats == pytest.approx(beats[phase::per_bar], abs=0.03)


def test_six_beats_to_the_bar_are_eighths() -> None:
    beats = 0.1 + np.arange(72) * 0.25
    rhythm = decode_rhythm(activations(beats, 910), activations(beats[::6], 910))
    assert rhythm.tempo_bpm == pytest.approx(120, rel=0.01)


def test_a_beat_may_fall_on_the_very_first_frame() -> None:
    beats = rhythm_frame_times(1)[0] + np.arange(20) * 0.5
    rhythm = decode_rhythm(activations(beats, 500), activations(beats[::4], 500))
    assert rhythm.beats[0] == pytest.approx(beats[0], abs=0.02)


def test_the_beat_goes_on_to_the_ends_of_the_recording() -> None:
    beats = np.arange(20) * 0.5
    rhythm = decode_rhythm(activations(beats[3:-3], 500), activations(beats[4:-3:4], 500))
    assert rhythm.beats == pytest.approx(beats, abs=0.02)


def test_accents_on_every_second_beat_do_not_halve_the_tempo() -> None:
    beats = 0.2 + np.arange(30) * 0.6
    beat = np.maximum(activations(beats, 920, 0.45), activations(beats[::2], 920, 0.9))
    rhythm = decode_rhythm(beat, activations(beats[::4], 920))
    assert rhythm.tempo_bpm == pytest.approx(100, rel=0.01)


def test_what_is_known_of_the_whole_decides_between_equal_levels() -> None:
    clicks = 0.1 + np.arange(60) * 0.3
    beat, downbeat = activations(clicks, 920), activations(clicks[::4], 920)
    for beat_s, n_beats in ((0.3, 60), (0.6, 30)):
        lengths = -2.0 * np.abs(np.arange(N_BEAT_LENGTHS) - beat_length_places(beat_s))
        pulse = Pulse(np.zeros(len(BEATS_PER_BAR)), lengths)
        assert len(decode_rhythm(beat, downbeat, pulse).beats) == pytest.approx(n_beats, abs=1)


def test_nothing_is_ruled_out_for_good() -> None:
    never = Pulse(np.full(len(BEATS_PER_BAR), -np.inf), np.full(N_BEAT_LENGTHS, -np.inf))
    assert np.isfinite(never.log_per_bar).all()
    assert np.isfinite(never.log_share_of_length(0.01))


def test_silence_has_no_rhythm() -> None:
    assert decode_rhythm(np.full(500, 0.01), np.full(500, 0.01)) == NO_RHYTHM


def test_peaks_stand_alone_within_their_gap() -> None:
    curve = np.array([0.0, 0.5, 0.9, 0.5, 0.6, 0.0, 0.0, 0.8, 0.8, 0.2])
    assert pick_peaks(curve, 0.4, least_gap=2).tolist() == [2, 7]
    assert pick_peaks(curve, 0.85, least_gap=1).tolist() == [2]
    assert pick_peaks(curve, 0.4, least_gap=1).tolist() == [2, 4, 7]


def test_a_peak_between_frames_is_placed_between_them() -> None:
    times = peak_times(activations(np.array([1.009]), 100), rhythm_frame_times(100), 0.3, 2)
    assert times == pytest.approx([1.009], abs=0.005)


def test_notes_last_while_held_and_end_at_the_next_stroke() -> None:
    struck, held = np.zeros((2, 20)), np.zeros((2, 20))
    struck[0, [2, 8]] = 0.9
    held[0, 2:12] = 0.8
    struck[1, 5] = 0.7
    assert pick_notes(struck, held, 0.5) == [(0, 2, 8), (1, 5, 6), (0, 8, 12)]

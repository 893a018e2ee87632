"""Held-out music in other sounds: the same music, another spectrum."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.evaluation.clips import HeldOutClip
from engine.evaluation.partials_voice import DRAWBAR_ORGAN, SINE, play_partials
from engine.evaluation.unseen_sounds import (
    in_noise,
    in_sine_tones,
    on_a_drawbar_organ,
    other_soundfont,
    played_by_other_soundfont,
)
from engine.requests import Audio
from engine.score import DrumHit, Note, Score
from engine.timebase import Seconds, Span
from engine.training.corpus.compose import compose

RATE_HZ = 32_000


def note(start: float, end: float, pitch: int) -> Note:
    return Note(Span(Seconds(start), Seconds(end)), pitch)


def clip() -> HeldOutClip:
    score = Score(Seconds(1.0), notes=(note(0.0, 0.9, 69),), drums=(DrumHit(Seconds(0.5), 36),))
    samples = 0.1 * np.random.default_rng(0).standard_normal((1, RATE_HZ))
    audio = Audio(samples.astype(np.float32), RATE_HZ)
    return HeldOutClip(7, "rock", "rock bass", "C:maj", score, audio)


def peaks_hz(samples: np.ndarray) -> list[int]:
    """Frequencies of the peaks within 30 dB of the highest, for a second of sound."""
    level = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    is_peak = (level[1:-1] > level[:-2]) & (level[1:-1] > level[2:])
    return (1 + np.flatnonzero(is_peak & (level[1:-1] > level.max() / 30))).tolist()


def test_a_sine_has_one_partial_and_an_organ_many() -> None:
    notes = [note(0.0, 1.0, 69)]
    sine = play_partials(SINE, notes, Seconds(1.0), RATE_HZ)
    organ = play_partials(DRAWBAR_ORGAN, notes, Seconds(1.0), RATE_HZ)
    assert sine.shape == organ.shape == (1, RATE_HZ)
    assert peaks_hz(sine[0]) == [440]
    assert peaks_hz(organ[0]) == [220, 440, 660, 880, 1320, 1760, 2640, 3520]


def test_partials_above_the_nyquist_rate_stay_silent() -> None:
    sound = play_partials({1.0: 1.0, 100.0: 1.0}, [note(0.0, 1.0, 69)], Seconds(1.0), RATE_HZ)
    assert peaks_hz(sound[0]) == [440]


def test_notes_sound_only_while_they_last_and_never_past_the_end() -> None:
    sound = play_partials(SINE, [note(0.25, 0.5, 60), note(0.9, 1.0, 72)], Seconds(1.0), RATE_HZ)
    assert not sound[0, : RATE_HZ // 4].any()
    assert sound[0, RATE_HZ // 4 : RATE_HZ // 2].any()
    assert not sound[0, int(0.54 * RATE_HZ) : int(0.89 * RATE_HZ)].any()


@pytest.mark.parametrize("change", [in_sine_tones, on_a_drawbar_organ])
def test_music_in_partials_asks_for_no_drums(change: Callable[[HeldOutClip], HeldOutClip]) -> None:
    changed = change(clip())
    assert changed.score.drums == ()
    assert changed.score.notes == clip().score.notes
    assert changed.audio.samples.shape == clip().audio.samples.shape


def test_noise_lies_ten_decibels_below_the_music() -> None:
    noise = in_noise(clip()).audio.samples - clip().audio.samples
    ratio_db = 20 * np.log10(np.std(clip().audio.samples) / np.std(noise))
    assert ratio_db == pytest.approx(10.0, abs=0.1)
    level = np.abs(np.fft.rfft(noise[0]))
    assert level[100:200].mean() > 2 * level[10_000:11_000].mean()


def test_another_soundfont_plays_the_same_bars() -> None:
    soundfont = other_soundfont()
    assert soundfont is not None, "pretty_midi brings one"
    piece = compose(1_000_000)
    played = played_by_other_soundfont(piece, soundfont)
    assert played.key == piece.key
    assert played.audio.duration == pytest.approx(played.score.duration, abs=1e-3)
    assert np.abs(played.audio.samples).max() > 0.05

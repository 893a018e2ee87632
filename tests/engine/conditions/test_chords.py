from __future__ import annotations

import numpy as np
import pytest

from engine.conditions.chords import N_CHORD_FEATURES, chord_features, chord_vector
from engine.harmony import UnknownChord
from engine.score import Chord
from engine.timebase import CodecClock, Seconds, Span

CLOCK = CodecClock(sample_rate_hz=32_000, hop=1_280, n_codebooks=6, codebook_size=512)


def ones(label: str) -> list[int]:
    return [int(i) for i in np.flatnonzero(chord_vector(label)[:37])]


@pytest.mark.parametrize(
    ("label", "indices"),
    [
        ("C:maj", [0, 12, 24, 28, 31]),
        ("Bb:maj", [10, 12, 24, 28, 31]),
        ("G:min/b3", [7, 15, 24, 27, 31]),
        ("C:maj9", [0, 12, 24, 28, 31, 35]),
        ("F:maj/3", [5, 16, 24, 28, 31]),
        ("A:min7/b7", [9, 22, 24, 27, 31, 34]),
        ("G:sus4", [7, 12, 24, 29, 31]),
        ("C:maj(9)", [0, 12, 24, 28, 31]),
        ("C:maj/2", [0, 14, 24, 26, 28, 31]),
        ("N", [36]),
        ("X", [36]),
    ],
)
def test_the_37_numbers_of_a_chord_are_those_of_the_published_encoder(
    label: str, indices: list[int]
) -> None:
    assert ones(label) == indices


def test_bass_and_tones_stand_once_more_in_absolute_pitch() -> None:
    absolute = np.flatnonzero(chord_vector("A:min/b3")[37:])
    assert absolute.tolist() == [0, 12 + 0, 12 + 4, 12 + 9]


def test_an_unknown_label_is_told() -> None:
    with pytest.raises(UnknownChord):
        chord_vector("H:maj")


def chord(start: float, end: float, label: str) -> Chord:
    return Chord(Span(Seconds(start), Seconds(end)), label)


def test_a_chord_sounds_from_the_frame_of_its_start_until_the_next_one() -> None:
    chords = (chord(0.1, 0.43, "C:maj"), chord(0.43, 0.8, "G:maj"))
    features = chord_features(chords, CLOCK, 0, 30)
    labels = ["N"] * 2 + ["C:maj"] * 8 + ["G:maj"] * 10 + ["N"] * 10
    expected = np.stack([chord_vector(label) for label in labels])
    assert features.shape == (30, N_CHORD_FEATURES)
    assert np.array_equal(features, expected)


def test_a_window_is_a_cut_out_of_the_whole() -> None:
    chords = tuple(chord(i * 0.7, i * 0.7 + 0.6, "A:min7") for i in range(6))
    whole = chord_features(chords, CLOCK, 0, 110)
    assert np.array_equal(chord_features(chords, CLOCK, 31, 40), whole[31:71])

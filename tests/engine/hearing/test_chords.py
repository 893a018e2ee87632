"""Chord classes, the steady path through frame scores, and the template recogniser."""

from __future__ import annotations

import numpy as np
import pytest

from engine.harmony import QUALITY_TONES
from engine.hearing.chord_classes import (
    KEYS,
    N_LABELS,
    NO_CHORD_CLASS,
    NO_CHORD_LABEL,
    QUALITIES,
    ChordClass,
    class_of_label,
    key_index,
    label_index,
    label_of_class,
    root_and_quality,
)
from engine.hearing.chord_decoder import change_costs, decode_chords, label_scores, steady_path
from engine.hearing.spectra import CHORD_RATE_HZ
from engine.hearing.template_chords import template_chords
from engine.requests import Audio
from engine.timebase import Seconds

N_FRAMES = 50


def log_shares(classes: list[int], n_classes: int, confidence: float = 0.9) -> np.ndarray:
    shares = np.full((len(classes), n_classes), (1 - confidence) / (n_classes - 1))
    shares[np.arange(len(classes)), classes] = confidence
    return np.log(shares)


def test_every_class_comes_back_from_its_label() -> None:
    for root in range(12):
        for quality, name in enumerate(QUALITIES):
            for tone in QUALITY_TONES[name]:
                chord = ChordClass(root, quality, (root + tone) % 12)
                assert class_of_label(label_of_class(chord)) == chord


def test_no_chord_comes_back_from_its_label() -> None:
    assert label_of_class(NO_CHORD_CLASS) == "N"
    assert class_of_label("N") == NO_CHORD_CLASS == class_of_label("X")


@pytest.mark.parametrize(
    ("label", "root", "quality", "bass"),
    [
        ("A:min9", 9, "min7", 9),
        ("Bb:13", 10, "7", 10),
        ("C:maj/b7", 0, "7", 10),
        ("C:maj/2", 0, "maj", 2),
        ("F#:sus4(b7)", 6, "sus4", 6),
        ("D:maj(9)", 2, "maj", 2),
        ("E:aug7", 4, "aug", 4),
        ("G/3", 7, "maj", 11),
    ],
)
def test_other_qualities_go_to_the_nearest_class(
    label: str, root: int, quality: str, bass: int
) -> None:
    assert class_of_label(label) == ChordClass(root, QUALITIES.index(quality), bass)


def test_vocabulary_positions_are_a_bijection() -> None:
    seen = {label_index(root, quality) for root in range(12) for quality in range(len(QUALITIES))}
    assert seen | {NO_CHORD_LABEL} == set(range(N_LABELS))
    assert all(root_and_quality(index)[0] == index // len(QUALITIES) for index in seen)


def test_keys_are_found_by_their_third() -> None:
    assert [key_index(key) for key in KEYS] == list(range(24))
    assert key_index("D:sus4") is None


def test_the_path_prefers_steady_chords_to_a_brief_flicker() -> None:
    scores = log_shares([0] * 20 + [1] * 2 + [0] * 20, 3, confidence=0.8)
    assert set(steady_path(scores, np.full(42, 12.0))) == {0}


def test_the_path_follows_a_lasting_change_at_its_frame() -> None:
    scores = log_shares([0] * 20 + [1] * 22, 3, confidence=0.8)
    assert steady_path(scores, np.full(42, 12.0)).tolist() == [0] * 20 + [1] * 22


def test_an_unsure_change_falls_on_the_downbeat() -> None:
    scores = log_shares([0] * 20 + [1] * 30, 3, confidence=0.9)
    scores[17:23] = np.log(1 / 3)
    beat = Seconds(18 / CHORD_RATE_HZ + 0.01)
    path = steady_path(scores, change_costs(N_FRAMES, [beat], [beat]))
    assert np.flatnonzero(np.diff(path)).tolist() == [17]


def test_decoded_chords_join_up_and_name_the_bass() -> None:
    root = log_shares([9] * 25 + [5] * 25, 13)
    quality = log_shares([QUALITIES.index("min")] * 25 + [QUALITIES.index("maj")] * 25, 15)
    bass = log_shares([9] * 25 + [9] * 25, 13)
    chords = decode_chords(root, quality, bass, Seconds(4.0))
    assert [chord.label for chord in chords] == ["A:min", "F:maj/3"]
    assert chords[0].span.start == 0.0
    assert chords[0].span.end == chords[1].span.start == pytest.approx(2.0, abs=0.03)
    assert chords[1].span.end == 4.0


def test_label_scores_are_a_distribution() -> None:
    scores = label_scores(log_shares([3, 12], 13), log_shares([1, 1], 15))
    np.testing.assert_allclose(np.exp(scores).sum(axis=1), 1.0)
    assert root_and_quality(int(scores[0].argmax())) == (3, 1)
    assert scores[1].argmax() == NO_CHORD_LABEL


def organ(pitches: tuple[int, ...], seconds: float, rate_hz: int) -> np.ndarray:
    """A sum of tones with six falling partials each."""
    times = np.arange(round(seconds * rate_hz)) / rate_hz
    tones = [
        np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * partial * times) / partial**1.5
        for pitch in pitches
        for partial in range(1, 7)
    ]
    return (0.08 * np.sum(tones, axis=0)).astype(np.float32)


def test_templates_name_four_organ_chords() -> None:
    rate_hz = 22_050
    played = [(48, 60, 64, 67), (45, 60, 64, 69), (41, 60, 65, 69), (43, 59, 62, 67)]
    samples = np.concatenate([organ(chord, 2.0, rate_hz) for chord in played])
    chords = template_chords(Audio(np.stack([samples, samples]), rate_hz))
    assert [chord.label for chord in chords] == ["C:maj", "A:min", "F:maj", "G:maj"]
    starts = [chord.span.start for chord in chords]
    assert starts == pytest.approx([0.0, 2.0, 4.0, 6.0], abs=0.15)
    assert chords[-1].span.end == pytest.approx(8.0)


def test_templates_hear_no_chord_in_silence() -> None:
    chords = template_chords(Audio(np.zeros((1, 64_000), np.float32), 32_000))
    assert [chord.label for chord in chords] == ["N"]

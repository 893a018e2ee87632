"""Keys out of chords and notes: what the judge sees, and that every tonic is asked alike."""

from __future__ import annotations

import numpy as np
import torch

from engine.hearing.chord_classes import KEYS
from engine.hearing.key_judge import KeyJudge, harmony_profile
from engine.score import Chord, Note
from engine.timebase import Seconds, Span


def chord(start: float, end: float, label: str) -> Chord:
    return Chord(Span(Seconds(start), Seconds(end)), label)


def test_a_profile_says_how_long_each_chord_and_note_sounds() -> None:
    chords = [chord(0.0, 3.0, "C:maj"), chord(3.0, 4.0, "G:7"), chord(4.0, 9.0, "N")]
    notes = [Note(Span(Seconds(0.0), Seconds(1.0)), 60), Note(Span(Seconds(0.0), Seconds(3.0)), 43)]
    profile = harmony_profile(chords, notes)
    assert profile.shape == (12, 11)
    np.testing.assert_allclose(profile[0, :8], [0.75**0.5, *[0.0] * 7], rtol=1e-6)
    assert profile[7, 2] == 0.5
    assert profile[:, 8].tolist() == [1.0, *[0.0] * 11]
    assert np.flatnonzero(profile[:, 9]).tolist() == [7]
    np.testing.assert_allclose(profile[[0, 7], 10], [0.75, 2.25])


def test_silence_has_an_empty_profile() -> None:
    assert not harmony_profile([chord(0.0, 2.0, "N")], []).any()


def test_transposed_music_is_judged_alike_in_the_transposed_key() -> None:
    torch.manual_seed(0)
    judge = KeyJudge().eval()
    profile = torch.rand(1, 12, 11)
    with torch.inference_mode():
        scores, raised = judge(profile), judge(profile.roll(4, dims=1))
    assert scores.shape == (1, len(KEYS))
    torch.testing.assert_close(raised.view(2, 12), scores.view(2, 12).roll(4, dims=1))

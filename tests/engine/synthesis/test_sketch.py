"""Lanes are voiced as they are written, and only the chosen ones sound."""

from __future__ import annotations

import numpy as np
import pytest

from engine.score import Chord, DrumHit, Note, Score
from engine.synthesis.builtin_voice import BuiltinVoice
from engine.synthesis.sketch import bass_notes, piano_notes, sketch
from engine.timebase import Meter, Seconds, Span

RATE_HZ = 16_000


def span(start: float, end: float) -> Span[Seconds]:
    return Span(Seconds(start), Seconds(end))


@pytest.fixture
def score() -> Score:
    """Two bars of 4/4 at 120: A minor over C, then no chord; one late note, one late stroke."""
    return Score(
        duration=Seconds(6.0),
        tempo_bpm=120.0,
        meter=Meter(4, 4),
        chords=(Chord(span(0.0, 4.0), "A:min/b3"), Chord(span(4.0, 6.0), "N")),
        notes=(Note(span(4.5, 5.0), 72, 100),),
        drums=(DrumHit(Seconds(5.5), 38, 100),),
    )


def test_chords_are_struck_again_at_each_downbeat(score: Score) -> None:
    starts = [note.span.start for note in bass_notes(score)]
    assert starts == [0.0, 2.0]


def test_piano_and_bass_state_the_chord(score: Score) -> None:
    assert {note.pitch % 12 for note in piano_notes(score)} == {9, 0, 4}
    assert {note.pitch % 12 for note in bass_notes(score)} == {0}


def test_no_chord_is_silent(score: Score) -> None:
    assert all(note.span.end <= 4.0 for note in piano_notes(score))


def test_only_the_chosen_lanes_sound(score: Score) -> None:
    voice = BuiltinVoice(RATE_HZ)

    def is_heard(start: float, end: float, **lanes: bool) -> bool:
        sound = sketch(score, voice, **lanes)
        return bool(np.abs(sound[:, round(start * RATE_HZ) : round(end * RATE_HZ)]).max() > 1e-3)

    assert is_heard(1.0, 2.0)
    assert not is_heard(0.0, 4.4, chords=False)
    assert is_heard(4.5, 5.0, chords=False, drums=False)
    assert not is_heard(4.5, 5.0, notes=False)
    assert is_heard(5.5, 5.6, chords=False, notes=False)
    assert not is_heard(5.5, 5.6, drums=False)


def test_empty_lanes_give_silence_of_the_right_length() -> None:
    sound = sketch(Score(duration=Seconds(1.5)), BuiltinVoice(RATE_HZ))
    assert sound.shape == (2, 24_000)
    assert not sound.any()


def test_a_dense_sketch_stays_inside_full_scale() -> None:
    notes = tuple(Note(span(0.0, 2.0), pitch, 127) for pitch in range(40, 90))
    sound = sketch(Score(duration=Seconds(2.0), notes=notes), BuiltinVoice(RATE_HZ))
    assert np.abs(sound).max() <= 1.0

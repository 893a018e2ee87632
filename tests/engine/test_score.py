"""Cutting stretches out of a score."""

from __future__ import annotations

import math

from engine.score import Chord, Score
from engine.timebase import Seconds, Span


def test_a_chord_that_rounding_leaves_nothing_of_is_not_in_the_slice() -> None:
    start, end = 5.732012745071716, 15.732012745071717
    sliver = Chord(Span(Seconds(math.nextafter(end, 0.0)), Seconds(20.0)), "C:maj")
    score = Score(Seconds(20.0), chords=(sliver,))
    assert score.slice(Span(Seconds(start), Seconds(end))).chords == ()


def test_chords_are_cut_at_the_ends_and_count_from_the_start() -> None:
    score = Score(Seconds(20.0), chords=(Chord(Span(Seconds(2.0), Seconds(9.0)), "A:min"),))
    cut = score.slice(Span(Seconds(4.0), Seconds(8.0)))
    assert cut.chords == (Chord(Span(Seconds(0.0), Seconds(4.0)), "A:min"),)
    assert cut.first_downbeat == -4.0

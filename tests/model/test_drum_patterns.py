"""Grooves: what is painted, and how they meet meters they were not written for."""

from __future__ import annotations

import pytest

from app.model.drum_hit import ACCENT
from app.model.drum_patterns import DRUM_PATTERNS, DrumPattern, drum_pattern
from engine.timebase import Meter, Span, TempoMap, Ticks

TEMPO = TempoMap(96)


def test_four_on_the_floor_kicks_on_every_beat() -> None:
    hits = drum_pattern("four-on-the-floor").hits(TEMPO.bars(1, 2), TEMPO)
    kicks = [hit.time for hit in hits if hit.pitch == 36]
    assert kicks == [beat * 960 for beat in range(8)]


def test_the_accent_letter_is_loud() -> None:
    hits = drum_pattern("backbeat").hits(TEMPO.bars(1, 1), TEMPO)
    assert {hit.velocity for hit in hits if hit.pitch == 38} == {ACCENT}


def test_a_two_bar_groove_starts_anew_where_it_is_painted() -> None:
    trap = drum_pattern("trap")
    first = trap.hits(TEMPO.bars(1, 2), TEMPO)
    later = trap.hits(TEMPO.bars(4, 5), TEMPO)
    assert [(hit.time - TEMPO.bar_start(4), hit.pitch) for hit in later] == [
        hit.order for hit in first
    ]


def test_a_bar_of_three_quarters_is_cut() -> None:
    waltz = TempoMap(96, Meter(3, 4))
    hits = drum_pattern("four-on-the-floor").hits(waltz.bars(1, 2), waltz)
    assert [hit.time for hit in hits if hit.pitch == 36] == [beat * 960 for beat in range(6)]


def test_nothing_lies_outside_the_painted_span() -> None:
    span = Span(Ticks(500), Ticks(4000))
    assert all(span.contains(hit.time) for hit in drum_pattern("breakbeat").hits(span, TEMPO))


@pytest.mark.parametrize("pattern", DRUM_PATTERNS, ids=lambda pattern: pattern.slug)
def test_every_row_fills_whole_bars(pattern: DrumPattern) -> None:
    for _, written in pattern.rows:
        assert len(written.replace(" ", "")) % pattern.steps_per_bar == 0

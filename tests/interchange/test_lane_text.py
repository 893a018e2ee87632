"""Notes and drum steps as text."""

from __future__ import annotations

import pytest
from arbitrary_projects import hits, notes
from hypothesis import given
from hypothesis import strategies as st

from app.interchange.lane_text import read_lanes, write_hits, write_notes
from app.model.drum_hit import DrumHit, DrumLane
from app.model.note import Note, settle_notes
from engine.timebase import Meter, Span, TempoMap, Ticks

TEMPO = TempoMap(96, Meter(6, 8))


@given(st.lists(notes, min_size=1, max_size=8))
def test_notes_come_back_from_their_text(drawn: list[Note]) -> None:
    settled = settle_notes(drawn)
    assert read_lanes(write_notes(settled, TEMPO, "Eb:maj"), TEMPO) == settled


@given(st.lists(hits, min_size=1, max_size=8, unique_by=lambda hit: hit.order))
def test_drum_steps_come_back_from_their_text(drawn: list[DrumHit]) -> None:
    lane = DrumLane().with_hits(drawn)
    assert read_lanes(write_hits(lane.hits, lane.rows, TEMPO), TEMPO) == lane.hits


def test_a_line_says_what_a_musician_would() -> None:
    note = Note(Span(Ticks(960), Ticks(1920)), 57, 80)
    assert write_notes((note,), TempoMap(), "A:min") == "1.2\tA3\t1.0\t80\n"


@pytest.mark.parametrize(
    "text", ["", "| Am | F |", "1.1\tC4\tx\t90", "0.1\tC4\t1\t90", "a\tb\tc\td"]
)
def test_other_text_is_neither(text: str) -> None:
    assert read_lanes(text, TEMPO) == ()

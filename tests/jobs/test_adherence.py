from __future__ import annotations

from collections.abc import Sequence

import pytest
from arbitrary_projects import EMPTY, make_recipe

from app.jobs.adherence import agreement_of, compare
from app.model.adherence import Agreement
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.mix import SetLane
from app.model.edits.tempo import SetTempo
from app.model.lane import LaneId, LaneSettings
from engine.events import Analysis
from engine.score import Chord
from engine.timebase import Seconds, Span, Ticks

PROJECT = PasteLeadSheet("Am F C G", Ticks(0)).apply(SetTempo(96.0).apply(EMPTY))


def heard(*labels: str, beats: Sequence[float] = ()) -> Analysis:
    """One label per bar of 2.5 s."""
    chords = tuple(
        Chord(Span(Seconds(2.5 * i), Seconds(2.5 * (i + 1))), label)
        for i, label in enumerate(labels)
    )
    times = tuple(Seconds(time) for time in beats)
    return Analysis(chords, times, (), {}, 96.0, "A:min", -20.0, -3.0)


@pytest.mark.parametrize(
    ("asked", "found", "agreement"),
    [
        ("A:min7", "A:min", Agreement.SAME),
        ("A:min", "A:maj", Agreement.ROOT),
        ("F:maj", "D:min", Agreement.OTHER),
        ("G:sus4", "G:maj", Agreement.ROOT),
        ("N", "N", Agreement.SAME),
        ("N", "C:maj", Agreement.OTHER),
        ("C:maj", "nonsense", Agreement.UNKNOWN),
    ],
)
def test_roots_and_modes_are_compared(asked: str, found: str, agreement: Agreement) -> None:
    assert agreement_of(asked, found) is agreement


def test_each_bar_is_judged_by_what_was_heard_most_in_it() -> None:
    region = PROJECT.tempo.bars(1, 4)
    strip = compare(
        make_recipe(PROJECT, "r", region), region, heard("A:min", "D:min", "C:min", "G:7")
    )
    assert [chord.agreement.value for chord in strip.chords] == ["same", "other", "root", "same"]
    assert [chord.heard for chord in strip.chords] == ["Am", "Dm", "Cm", "G7"]
    assert strip.n_same == 2


def test_a_take_in_the_middle_counts_from_its_own_start() -> None:
    region = PROJECT.tempo.bars(2, 3)
    strip = compare(make_recipe(PROJECT, "r", region), region, heard("F:maj", "C:maj"))
    assert [chord.agreement.value for chord in strip.chords] == ["same", "same"]
    assert strip.chords[0].span == PROJECT.tempo.bars(2, 2)


def test_a_lane_that_was_off_asked_for_nothing() -> None:
    project = SetLane(LaneId.CHORDS, LaneSettings(is_on=False)).apply(PROJECT)
    region = PROJECT.tempo.bars(1, 4)
    assert compare(make_recipe(project, "r", region), region, heard("A:min")).chords == ()


def test_beats_within_seventy_milliseconds_are_on_the_grid() -> None:
    region = PROJECT.tempo.bars(2, 2)
    analysis = heard("F:maj", beats=[0.06, 0.625 + 0.08, 1.25, 1.8])
    strip = compare(make_recipe(PROJECT, "r", region), region, analysis)
    assert [beat.is_on_grid for beat in strip.beats] == [True, False, True, False]
    assert strip.beats[0].position == region.start

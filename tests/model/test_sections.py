"""Sections: how they yield, what they ask for, what goes along with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.model.chord_block import ChordBlock
from app.model.edits.sections import MoveSections, PlaceSections, RemoveSections
from app.model.ids import SectionId
from app.model.project import Project, new_project
from app.model.section import Section, place_sections
from engine.timebase import Span, TempoMap, Ticks

BARS = TempoMap().bars
BAR = 3840


def section(name: str, first: int, last: int, **more: object) -> Section:
    return Section(SectionId(name), BARS(first, last), name, **more)  # type: ignore[arg-type]


def layout(project: Project) -> list[tuple[str, float, float]]:
    return [
        (each.name, each.span.start / BAR, each.span.end / BAR)
        for each in project.sections.sections
    ]


def song(*sections: Section) -> Project:
    return PlaceSections(sections).apply(new_project())


def test_a_placed_section_lets_what_is_under_it_yield() -> None:
    project = song(section("Intro", 1, 4), section("Verse", 5, 12))
    project = PlaceSections((section("Bridge", 4, 6),)).apply(project)
    assert layout(project) == [("Intro", 0, 3), ("Bridge", 3, 6), ("Verse", 6, 12)]


def test_a_section_that_would_be_cut_in_two_keeps_its_longer_part() -> None:
    old = (section("Verse", 1, 8),)
    assert [s.span for s in place_sections(old, (section("Solo", 2, 3),))] == [
        BARS(2, 3),
        BARS(4, 8),
    ]


def test_words_are_added_to_those_of_the_song() -> None:
    verse = section("Verse", 1, 4, prompt="soft drums", negative="choir", energy=2)
    assert verse.words("warm piano, ") == "warm piano, soft drums, calm"
    assert verse.unwanted("noise") == "noise, choir"
    assert section("Verse", 1, 4).words("") == ""


def test_moving_can_take_the_lanes_along() -> None:
    project = song(section("Verse", 1, 2), section("Chorus", 3, 4))
    blocks = tuple(ChordBlock(BARS(n, n), text) for n, text in enumerate(("Am", "F", "C"), 1))
    project = replace(project, chords=replace(project.chords, blocks=blocks))
    ids = frozenset((SectionId("Verse"),))
    alone = MoveSections(ids, Ticks(4 * BAR)).apply(project)
    assert alone.chords is project.chords
    assert layout(alone) == [("Chorus", 2, 4), ("Verse", 4, 6)]
    together = MoveSections(ids, Ticks(4 * BAR), carries=True).apply(project)
    assert [(b.span.start // BAR, b.text) for b in together.chords.blocks] == [
        (2, "C"),
        (4, "Am"),
        (5, "F"),
    ]


def test_nothing_moves_before_bar_one_and_unknown_sections_are_already_gone() -> None:
    project = song(section("Verse", 2, 3))
    moved = MoveSections(frozenset((SectionId("Verse"),)), Ticks(-5 * BAR)).apply(project)
    assert layout(moved) == [("Verse", 0, 2)]
    assert RemoveSections(frozenset((SectionId("x"),))).apply(project) == project


@pytest.mark.parametrize(
    "wrong", [{"energy": 6}, {"prompt": "x" * 2001}, {"name": ""}, {"span": Span(-1, 5)}]
)
def test_what_cannot_be_a_section_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"section|energy"):
        replace(section("Verse", 1, 2), **wrong)  # type: ignore[arg-type]

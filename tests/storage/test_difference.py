from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, Maker, makers, place_takes, play
from hypothesis import given
from hypothesis import strategies as st

from app.model.edits.notes import ChangeNotes
from app.model.edits.takes import SetTakeStar
from app.model.ids import TakeId
from app.model.note import Note
from app.model.project import Project
from app.storage import difference as difference_file
from app.storage.difference import difference, patched
from app.storage.project_file import parse_project, project_text
from app.storage.value_json import Json, from_json, json_text
from engine.timebase import Span, Ticks

N_NOTES = 5_000


def data(value: object) -> Json:
    return json.loads(json_text(value))


def between(before: Project, after: Project) -> Json:
    return json.loads(difference(before, after))


def note(number: int, pitch: int = 60) -> Note:
    return Note(Span(Ticks(number * 10), Ticks(number * 10 + 5)), pitch)


NOTES = tuple(note(number) for number in range(N_NOTES))
LARGE = ChangeNotes((), NOTES).apply(EMPTY)


@given(st.lists(makers, max_size=8), st.lists(makers, max_size=8))
def test_a_difference_leads_from_any_project_to_any_other(
    first: list[Maker], then: list[Maker]
) -> None:
    before = play(EMPTY, first)
    after = play(before, then)
    for one, other in ((before, after), (after, before)):
        found = patched(data(one), between(one, other))
        assert from_json(Project, found) == other


@given(st.lists(makers, max_size=10))
def test_differences_follow_one_another(edits: list[Maker]) -> None:
    project, found = EMPTY, data(EMPTY)
    for make in edits:
        with suppress(ValueError, KeyError):
            after = make(project).apply(project)
            found = patched(found, between(project, after))
            project = after
    assert from_json(Project, found) == project


def test_an_equal_project_differs_in_nothing() -> None:
    assert between(LARGE, replace(LARGE)) == {"members": {}}


@pytest.mark.parametrize(
    ("removed", "added"),
    [
        ((), (note(2_500, 64),)),
        ((NOTES[2_500],), ()),
        ((NOTES[17],), (replace(NOTES[17], velocity=3),)),
        ((NOTES[3], NOTES[4_990]), (note(9_000), note(9_001))),
    ],
)
def test_a_few_notes_of_very_many_cost_a_few_words(
    removed: tuple[Note, ...], added: tuple[Note, ...]
) -> None:
    after = ChangeNotes(removed, added).apply(LARGE)
    change = difference(LARGE, after)
    assert len(change) < 400
    assert from_json(Project, patched(data(LARGE), json.loads(change))) == after


def test_a_star_on_one_take_costs_only_the_star() -> None:
    before = place_takes(LARGE, "r", Span(Ticks(0), Ticks(3840)), True).apply(LARGE)
    after = SetTakeStar(TakeId("rb"), True).apply(before)
    change = difference(before, after)
    assert len(change) < 200
    assert from_json(Project, patched(data(before), json.loads(change))) == after


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": [[0, 3]]},
        {"items": [[-1, 1]]},
        {"items": [{"of": 7, "members": {}}]},
        {"members": {"title": {"is": "x"}}},
        {},
    ],
)
def test_a_difference_to_something_else_is_refused(wrong: Json) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        patched([1, 2], wrong)


def test_a_small_difference_cannot_grow_into_a_huge_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference_file, "MOST_ITEMS", 1_000)
    doubled: Json = [1]
    for _ in range(9):
        doubled = patched(doubled, {"items": [[0, len(doubled)], [0, len(doubled)]]})
    with pytest.raises(ValueError, match="too large"):
        patched(doubled, {"items": [[0, len(doubled)]] * 2})
    chain = {"new": [{"id": "r", "notes": [1] * 100}]}
    like = {"like": 1, "members": {"notes": {"items": [[0, 100]]}}}
    with pytest.raises(ValueError, match="too large"):
        patched([], {"items": [chain, *[like] * 20]})


def test_recipes_that_share_their_lanes_are_written_and_kept_once() -> None:
    project = LARGE
    for number in range(10):
        project = ChangeNotes(project.notes.notes[:1], (note(9_000 + number),)).apply(project)
        bars = project.tempo.bars(1, 1)
        project = place_takes(project, f"r{number}", bars, True).apply(project)
    text = project_text(project)
    assert len(text) < 2.5 * len(project_text(LARGE))
    again = parse_project(text, Path("p.inlay/project.json")).project
    assert again == project
    first, last = again.recipes[0].notes.notes, again.recipes[-1].notes.notes
    assert first[100] is last[91]

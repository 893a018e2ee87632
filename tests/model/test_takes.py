from __future__ import annotations

from dataclasses import replace

import pytest
from arbitrary_projects import ASSET, EMPTY, make_take, place_takes

from app.model.adherence import Adherence
from app.model.audio_run import audio_runs
from app.model.chord_block import ChordBlock
from app.model.clip import Clip
from app.model.edits.chords import PlaceChords
from app.model.edits.clips import AddClips
from app.model.edits.takes import (
    BinTake,
    HearTake,
    HearTakeWithin,
    KeepTake,
    NewTakes,
    PlaceTakes,
    RecallRecipe,
    RestoreTake,
    SetAdherence,
    SetTakeStar,
)
from app.model.ids import ClipId, RecipeId, TakeId
from app.model.project import Project
from engine.timebase import Samples, Span, Ticks

BAR = 3840


def span(start: int, end: int) -> Span[Ticks]:
    return Span(Ticks(start), Ticks(end))


def bars(first: int, last: int) -> Span[Ticks]:
    return EMPTY.tempo.bars(first, last)


EIGHT_SECONDS = Clip(ClipId("c"), ASSET, Ticks(0), Samples(256_000))
BEFORE = AddClips((EIGHT_SECONDS,)).apply(EMPTY)
PLACED = place_takes(BEFORE, "r", bars(2, 3), True).apply(BEFORE)
GROUP = PLACED.take_groups[0]
FIRST, SECOND = GROUP.takes


def heard_between(project: Project, start: int, end: int) -> set[TakeId | None]:
    return {
        c.take_id for c in project.audio.clips if c.span(project.tempo).overlaps(span(start, end))
    }


def test_a_placed_take_is_heard_in_its_region_only() -> None:
    assert (FIRST.number, SECOND.number, GROUP.heard) == (1, 2, FIRST.id)
    assert heard_between(PLACED, 0, BAR) == {None}
    assert heard_between(PLACED, BAR, 3 * BAR) == {FIRST.id}
    assert heard_between(PLACED, 3 * BAR, 4 * BAR) == {None}
    assert GROUP.original[0].span(EMPTY.tempo) == bars(2, 3)


def test_other_takes_and_the_original_are_heard_instead() -> None:
    second = HearTake(GROUP.id, SECOND.id).apply(PLACED)
    assert heard_between(second, BAR, 3 * BAR) == {SECOND.id}
    original = HearTake(GROUP.id, None).apply(second)
    assert heard_between(original, 0, 4 * BAR) == {None}
    (run,) = audio_runs(original.audio.clips, original.tempo)
    assert [c.offset for c in run.clips] == [0, 64_000, 192_000]


def test_parts_of_several_takes_are_composed() -> None:
    composed = HearTakeWithin(GROUP.id, SECOND.id, bars(3, 3)).apply(PLACED)
    assert heard_between(composed, BAR, 2 * BAR) == {FIRST.id}
    assert heard_between(composed, 2 * BAR, 3 * BAR) == {SECOND.id}
    with pytest.raises(ValueError, match="outside"):
        HearTakeWithin(GROUP.id, SECOND.id, bars(8, 8)).apply(PLACED)


def test_keeping_a_take_bins_the_unstarred_others() -> None:
    kept = KeepTake(GROUP.id, SECOND.id).apply(PLACED)
    assert [take.is_binned for take in kept.take_groups[0].takes] == [True, False]
    starred = KeepTake(GROUP.id, SECOND.id).apply(SetTakeStar(FIRST.id, True).apply(PLACED))
    assert not any(take.is_binned for take in starred.take_groups[0].takes)


def test_a_binned_take_is_no_longer_heard_and_can_return() -> None:
    binned = BinTake(FIRST.id).apply(PLACED)
    assert heard_between(binned, 0, 4 * BAR) == {None}
    assert RestoreTake(FIRST.id).apply(binned).take(FIRST.id) == FIRST


def test_findings_reach_only_their_take() -> None:
    project = SetAdherence(FIRST.id, Adherence(), -12.0).apply(PLACED)
    assert project.take(FIRST.id).level_db == -12.0
    assert project.take(SECOND.id) is SECOND
    assert SetAdherence(TakeId("none"), Adherence()).apply(PLACED) is PLACED


def test_a_recipe_brings_words_and_lanes_back() -> None:
    other = replace(
        PlaceChords((ChordBlock(span(0, 100), "Am"),)).apply(PLACED), prompt="changed", seed=1
    )
    words = RecallRecipe(RecipeId("r")).apply(other)
    assert (words.prompt, words.seed, words.is_seed_locked) == ("", 7, True)
    assert words.chords is other.chords
    assert RecallRecipe(RecipeId("r"), with_lanes=True).apply(other).chords == PLACED.chords


def test_placing_the_same_run_twice_is_refused() -> None:
    again = place_takes(PLACED, "r", bars(2, 3), True)
    with pytest.raises(ValueError, match="one id"):
        again.apply(PLACED)


def test_results_of_several_masks_are_several_groups() -> None:
    run = place_takes(EMPTY, "r", bars(1, 8), True)
    several = PlaceTakes(
        (
            NewTakes(bars(1, 1), (make_take("x", "r"),)),
            NewTakes(bars(4, 4), (make_take("y", "r"),)),
        ),
        run.recipe,
        "Inpaint",
    )
    project = several.apply(EMPTY)
    assert [group.region for group in project.take_groups] == [bars(1, 1), bars(4, 4)]
    assert len(project.audio.clips) == 2

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from arbitrary_projects import EMPTY

from app.jobs.build_request import Run, RunOptions, build_run
from app.jobs.place_result import place_partial, place_takes, store_takes
from app.jobs.stitch import stitch
from app.jobs.target import choose_target
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.clips import ClearAudio, SetClipGain
from app.model.edits.takes import HearTake
from app.model.edits.tempo import SetTempo
from app.model.project import Project
from app.storage.audio_pool import AudioPool
from engine.cancel import Cancelled, CancelToken
from engine.events import Finished, Preview, Recipe
from engine.requests import Audio
from engine.timebase import Span, Ticks
from engine.tone_backend import ToneBackend

AT_96 = PasteLeadSheet("Am F C G Am F C G", Ticks(0)).apply(SetTempo(96.0).apply(EMPTY))


def bars(first: int, last: int) -> Span[Ticks]:
    return AT_96.tempo.bars(first, last)


@pytest.fixture
def pool(tmp_path: Path) -> AudioPool:
    return AudioPool(tmp_path / "audio")


def played(run: Run) -> Finished:
    for event in ToneBackend().run(run.request, CancelToken()):
        if isinstance(event, Finished):
            return event
    raise AssertionError("the run has no end")


def run_over(project: Project, span: Span[Ticks], pool: AudioPool, n_takes: int = 1) -> Run:
    options = RunOptions(seed=3, n_takes=n_takes)
    return build_run(project, choose_target(project, span), options, pool.read)


def after_run(project: Project, span: Span[Ticks], pool: AudioPool, n_takes: int = 1) -> Project:
    run = run_over(project, span, pool, n_takes)
    return place_takes(run, store_takes(run, played(run), pool.add), project).apply(project)


def with_other_chords(project: Project) -> Project:
    """Bars 3 to 6 ask for something else than what was played there."""
    return PasteLeadSheet("E B E B", bars(3, 3).start).apply(project)


def whole(project: Project, pool: AudioPool, span: Span[Ticks]) -> Audio:
    return stitch(project.audio.clips, span, project.tempo, pool.read)


def test_a_generated_take_fills_its_region_and_is_heard(pool: AudioPool) -> None:
    project = after_run(AT_96, bars(1, 8), pool, n_takes=2)
    (clip,) = project.audio.clips
    (group,) = project.take_groups
    assert [take.number for take in group.takes] == [1, 2]
    assert [take.seed for take in group.takes] == [3, 4]
    assert (group.heard, clip.take_id) == (group.takes[0].id,) * 2
    assert clip.span(project.tempo) == bars(1, 8)
    assert clip.length == 640_000
    assert project.recipe(group.takes[0].recipe_id).engine["model"] == "tones"


def test_an_inpaint_leaves_every_sample_outside_as_it_was(pool: AudioPool) -> None:
    project = with_other_chords(after_run(AT_96, bars(1, 8), pool))
    changed = after_run(project, bars(3, 4), pool)
    before, after = whole(project, pool, bars(1, 8)), whole(changed, pool, bars(1, 8))
    inside = slice(160_000, 320_000)
    assert np.array_equal(before.samples[:, : inside.start], after.samples[:, : inside.start])
    assert np.array_equal(before.samples[:, inside.stop :], after.samples[:, inside.stop :])
    assert not np.array_equal(before.samples[:, inside], after.samples[:, inside])
    take = changed.take_groups[-1].takes[0]
    assert take.is_untouched_verified
    assert not take.is_unchanged
    assert take.asset.n_samples == 160_000


def test_two_inpaints_are_chosen_independently(pool: AudioPool) -> None:
    first = with_other_chords(after_run(AT_96, bars(1, 8), pool))
    second = after_run(first, bars(3, 4), pool, n_takes=2)
    third = after_run(second, bars(5, 6), pool)
    group = third.take_groups[1]
    original = HearTake(group.id, None).apply(third)
    heard = whole(original, pool, bars(1, 8)).samples
    assert np.array_equal(heard[:, :320_000], whole(first, pool, bars(1, 4)).samples)
    assert np.array_equal(heard[:, 320_000:], whole(third, pool, bars(5, 8)).samples)


def test_an_extension_continues_without_touching_what_was_there(pool: AudioPool) -> None:
    project = after_run(AT_96, bars(1, 4), pool)
    longer = after_run(project, bars(5, 8), pool)
    assert len(longer.audio.clips) == 2
    before, after = whole(project, pool, bars(1, 4)), whole(longer, pool, bars(1, 8))
    assert after.samples.shape == (1, 640_000)
    assert np.array_equal(after.samples[:, :320_000], before.samples)


def test_the_same_region_stacks_its_takes(pool: AudioPool) -> None:
    project = after_run(AT_96, bars(1, 2), pool)
    again = after_run(project, bars(1, 2), pool)
    (group,) = again.take_groups
    assert [take.number for take in group.takes] == [1, 2]
    assert group.heard == group.takes[1].id
    assert group.original == ()


def test_takes_wait_in_the_panel_when_the_sound_moved_on(pool: AudioPool) -> None:
    project = after_run(AT_96, bars(1, 8), pool)
    run = run_over(project, bars(3, 4), pool)
    stored = store_takes(run, played(run), pool.add)
    for moved in (
        ClearAudio(bars(4, 4)).apply(project),
        SetTempo(97.0).apply(project),
        SetClipGain(project.audio.clips[0].id, -3.0).apply(project),
    ):
        placed = place_takes(run, stored, moved).apply(moved)
        assert placed.audio == moved.audio
        assert placed.take_groups[-1].heard is None
        assert len(placed.take_groups[-1].takes) == 1
    elsewhere = ClearAudio(bars(7, 8)).apply(project)
    assert place_takes(run, stored, elsewhere).is_heard


def cancelled_after(run: Run, seconds: float) -> Finished:
    cancel = CancelToken()
    events = ToneBackend().run(run.request, cancel)
    for event in events:
        if isinstance(event, Preview) and event.start > seconds:
            cancel.cancel()
        if isinstance(event, Finished):
            break
    with pytest.raises(Cancelled):
        next(events)
    assert isinstance(event, Finished)
    return event


def test_a_cancelled_run_leaves_its_beginning_in_the_bin(pool: AudioPool) -> None:
    run = run_over(AT_96, bars(1, 8), pool)
    finished = cancelled_after(run, 2.0)
    project = place_partial(run, store_takes(run, finished, pool.add)).apply(AT_96)
    (take,) = project.take_groups[0].takes
    assert take.is_partial
    assert take.is_binned
    assert project.audio.clips == ()
    heard = HearTake(project.take_groups[0].id, take.id).apply(project)
    assert heard.audio.clips[0].length == take.asset.n_samples < 640_000


def test_a_result_equal_to_its_source_says_so(pool: AudioPool) -> None:
    project = after_run(AT_96, bars(1, 8), pool)
    run = run_over(project, bars(3, 4), pool)
    (take,) = played(run).takes
    recipe = Recipe("m", "h", "cpu", "float32", 1, 1, {"generate": 1.5})
    same = Finished((replace(take, audio=run.request.audio),), recipe)
    stored = store_takes(run, same, pool.add)
    assert stored.takes[0][0].is_unchanged
    assert stored.engine["generate_s"] == 1.5

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.cancel import Cancelled, CancelToken
from engine.conditions.frame_conditions import frame_features
from engine.errors import EngineError
from engine.events import Event, Finished, Preview, Progress, Stage
from engine.requests import Brief, Control, Controls, GenerateRequest, Sampling
from engine.score import Chord, Score
from engine.tasks.generate import generate
from engine.tasks.models import LARGEST_BATCH, Models
from engine.timebase import Seconds, Span

SCORE = Score(Seconds(4.33), chords=(Chord(Span(Seconds(0.0), Seconds(4.0)), "A:min"),))
BRIEF = Brief(SCORE, prompt="rock bass", sampling=Sampling(seed=11))


def run(models: Models, brief: Brief) -> list[Event]:
    return list(generate(models, GenerateRequest(brief), CancelToken()))


def finished(events: list[Event]) -> Finished:
    assert isinstance(events[-1], Finished)
    return events[-1]


def previews(events: list[Event], take: int) -> list[Preview]:
    return [e for e in events if isinstance(e, Preview) and e.take == take]


def test_the_length_is_exact_to_the_sample_and_frames_are_rounded_up(models: Models) -> None:
    (take,) = finished(run(models, BRIEF)).takes
    assert take.audio.samples.shape == (1, round(4.33 * 3200))
    assert take.codes.shape == (3, 109)
    assert take.codes.dtype == np.int16
    assert not take.is_partial


def test_the_same_request_gives_the_same_samples(models: Models) -> None:
    first, again = (finished(run(models, BRIEF)).takes[0] for _ in range(2))
    assert np.array_equal(first.audio.samples, again.audio.samples)
    other = finished(run(models, replace(BRIEF, sampling=Sampling(seed=12)))).takes[0]
    assert not np.array_equal(first.audio.samples, other.audio.samples)


def test_a_take_sounds_the_same_alone_and_beside_others(models: Models) -> None:
    n_takes = LARGEST_BATCH + 2
    takes = finished(run(models, replace(BRIEF, n_takes=n_takes))).takes
    assert [take.seed for take in takes] == list(range(11, 11 + n_takes))
    for index in (0, 3, n_takes - 1):
        alone = replace(BRIEF, sampling=Sampling(seed=11 + index))
        (take,) = finished(run(models, alone)).takes
        assert np.array_equal(take.codes, takes[index].codes)
        assert np.allclose(take.audio.samples, takes[index].audio.samples, atol=1e-6)


def test_joined_previews_are_the_take_sample_for_sample(models: Models) -> None:
    events = run(models, replace(BRIEF, n_takes=2))
    for index, take in enumerate(finished(events).takes):
        pieces = previews(events, index)
        assert len(pieces) >= 4
        joined = np.concatenate([piece.audio.samples for piece in pieces], axis=1)
        assert np.array_equal(joined, take.audio.samples)
        starts = np.cumsum([0] + [piece.audio.samples.shape[1] for piece in pieces[:-1]])
        assert [round(piece.start * 3200) for piece in pieces] == starts.tolist()


def test_the_sound_equals_one_decode_of_all_codes(models: Models) -> None:
    (take,) = finished(run(models, BRIEF)).takes
    whole = models.codec.decode(torch.from_numpy(take.codes).long()[None])[0].numpy()
    difference = whole[:, : take.audio.samples.shape[1]] - take.audio.samples
    assert np.abs(difference).max() < 1e-5


def test_progress_counts_up_to_its_total(models: Models) -> None:
    events = run(models, replace(BRIEF, n_takes=LARGEST_BATCH + 1))
    steps = [e for e in events if isinstance(e, Progress) and e.stage is Stage.GENERATING]
    assert [e.done for e in steps] == sorted(e.done for e in steps)
    assert {e.total for e in steps} == {2 * 109}
    assert steps[-1].done == 2 * 109


@pytest.mark.parametrize("lane", ["chords", "drums", "notes"])
def test_strength_zero_sounds_exactly_like_the_lane_switched_off(models: Models, lane: str) -> None:
    sounds = [
        finished(run(models, replace(BRIEF, controls=replace(Controls(), **{lane: control}))))
        .takes[0]
        .audio.samples
        for control in (Control(is_on=False), Control(strength=0.0))
    ]
    assert np.array_equal(*sounds)


def test_the_lanes_words_and_guidance_shape_the_codes(models: Models) -> None:
    plain = finished(run(models, BRIEF)).takes[0].codes
    others = [
        replace(BRIEF, controls=Controls(chords=Control(is_on=False))),
        replace(BRIEF, prompt="bass"),
        replace(BRIEF, negative="bass"),
        replace(BRIEF, sampling=replace(BRIEF.sampling, guidance=1.0)),
    ]
    for other in others:
        assert not np.array_equal(finished(run(models, other)).takes[0].codes, plain)


def until(events: Iterator[Event], done: int) -> None:
    for event in events:
        if isinstance(event, Progress) and event.stage is Stage.GENERATING and event.done >= done:
            return


def test_a_cancel_after_more_than_a_second_leaves_the_finished_beginning(models: Models) -> None:
    whole = finished(run(models, BRIEF)).takes[0]
    cancel = CancelToken()
    events = generate(models, GenerateRequest(BRIEF), cancel)
    until(events, 40)
    cancel.cancel()
    left = next(events)
    assert isinstance(left, Finished)
    (take,) = left.takes
    assert take.is_partial
    assert take.codes.shape == (3, 40)
    assert np.array_equal(take.codes, whole.codes[:, :40])
    n = 39 * 128  # the last frame leans on one that was never played
    assert np.allclose(take.audio.samples[:, :n], whole.audio.samples[:, :n], atol=1e-6)
    with pytest.raises(Cancelled):
        next(events)


def test_a_cancel_within_a_second_leaves_nothing(models: Models) -> None:
    cancel = CancelToken()
    events = generate(models, GenerateRequest(BRIEF), cancel)
    until(events, 20)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)
    assert list(events) == []


def test_a_cancel_in_the_second_batch_keeps_the_first(models: Models) -> None:
    cancel = CancelToken()
    brief = replace(BRIEF, n_takes=LARGEST_BATCH + 1)
    events = generate(models, GenerateRequest(brief), cancel)
    until(events, 109 + 10)
    cancel.cancel()
    left = next(events)
    assert isinstance(left, Finished)
    assert len(left.takes) == LARGEST_BATCH
    assert not any(take.is_partial for take in left.takes)
    with pytest.raises(Cancelled):
        next(events)


@pytest.mark.parametrize(("sample", "message"), [(0.0, "silence"), (np.nan, "broke down")])
def test_silence_and_broken_numbers_are_told(
    models: Models, monkeypatch: pytest.MonkeyPatch, sample: float, message: str
) -> None:
    class Stuck:
        def push(self, codes: torch.Tensor) -> torch.Tensor:
            return torch.full((codes.shape[0], 1, 128 * codes.shape[2]), sample)

        def finish(self) -> torch.Tensor:
            return torch.zeros(1, 1, 0)

    monkeypatch.setattr(models.codec, "stream", Stuck)
    with pytest.raises(EngineError, match=message):
        run(models, BRIEF)


def test_the_recipe_says_how_the_take_was_made(models: Models) -> None:
    recipe = finished(run(models, replace(BRIEF, n_takes=2))).recipe
    assert (recipe.model, recipe.device, recipe.dtype, recipe.threads) == (
        "toy", "cpu", "float32", 1,
    )  # fmt: skip
    assert recipe.batch_size == 2
    assert recipe.timings_s["total"] > 0


def test_the_features_are_those_of_the_score(models: Models) -> None:
    features = frame_features(SCORE, Controls(), models.clock, 0, 109)
    guide = models.lm.guide("rock", "", features, None)
    assert guide.condition is not None
    assert guide.condition.shape == (2, 109 + 2, 32)

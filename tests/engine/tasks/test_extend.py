from __future__ import annotations

import numpy as np
import pytest

from engine.cancel import Cancelled, CancelToken
from engine.errors import BadInput
from engine.events import EngineTake, Finished, Progress, Stage
from engine.requests import Audio, Brief, ExtendRequest, Sampling
from engine.score import Score
from engine.tasks.extend import extend
from engine.tasks.models import Models
from engine.timebase import Seconds


def recording(seconds: float = 3.013, rate: int = 4_410, channels: int = 2) -> Audio:
    n = round(seconds * rate)
    tone = 0.5 * np.sin(2 * np.pi * 110 * np.arange(n) / rate)
    return Audio(np.repeat(tone[None], channels, axis=0).astype(np.float32), rate)


def request(audio: Audio, seconds: float, is_backward: bool = False) -> ExtendRequest:
    brief = Brief(Score(Seconds(seconds)), prompt="rock", sampling=Sampling(seed=3))
    return ExtendRequest(brief, audio, is_backward)


def extended(models: Models, asked: ExtendRequest) -> EngineTake:
    *_, last = extend(models, asked, CancelToken())
    assert isinstance(last, Finished)
    (take,) = last.takes
    return take


def test_the_old_sound_stays_and_the_new_one_follows_it_without_a_click(models: Models) -> None:
    audio = recording()
    n_old = audio.samples.shape[1]
    take = extended(models, request(audio, 5.5))
    result = take.audio.samples
    assert result.shape == (2, round(5.5 * 4410))
    assert np.array_equal(result[:, :n_old], audio.samples)
    assert take.is_untouched_verified
    assert result[0, n_old] == pytest.approx(result[0, n_old - 1], abs=1e-6)
    assert np.abs(result[:, n_old + 50 :]).max() > 0.05
    assert take.codes.min() >= 0


def test_backward_the_new_sound_leads_up_to_the_old_one(models: Models) -> None:
    audio = recording()
    n_new = round(5.5 * 4410) - audio.samples.shape[1]
    take = extended(models, request(audio, 5.5, is_backward=True))
    result = take.audio.samples
    assert result.shape == (2, round(5.5 * 4410))
    assert np.array_equal(result[:, n_new:], audio.samples)
    assert take.is_untouched_verified
    assert result[0, n_new - 1] == pytest.approx(result[0, n_new], abs=1e-6)
    assert np.abs(result[:, : n_new - 50]).max() > 0.05
    assert take.codes.min() >= 0


@pytest.mark.parametrize("is_backward", [False, True])
def test_more_than_a_window_is_extended_too(models: Models, is_backward: bool) -> None:
    take = extended(models, request(recording(1.0), 8.0, is_backward))
    assert take.audio.samples.shape == (2, 8 * 4410)
    assert take.codes.shape == (3, 200)
    assert take.codes.min() >= 0
    assert take.is_untouched_verified


def test_a_recording_of_less_than_a_frame_can_be_extended(models: Models) -> None:
    take = extended(models, request(recording(0.03), 2.0))
    assert take.codes.min() >= 0
    assert take.is_untouched_verified


@pytest.mark.parametrize("seconds", [1.0, 3.013])
def test_nothing_to_add_is_told(models: Models, seconds: float) -> None:
    with pytest.raises(BadInput, match="nothing to add"):
        extended(models, request(recording(), seconds))


def test_a_cancelled_extension_ends_where_it_was_reached(models: Models) -> None:
    audio = recording()
    cancel = CancelToken()
    events = extend(models, request(audio, 9.0), cancel)
    for event in events:
        if isinstance(event, Progress) and event.stage is Stage.GENERATING and event.done >= 40:
            break
    cancel.cancel()
    left = next(events)
    assert isinstance(left, Finished)
    (take,) = left.takes
    n_old = audio.samples.shape[1]
    assert np.array_equal(take.audio.samples[:, :n_old], audio.samples)
    assert take.is_partial
    assert take.audio.duration == pytest.approx(3.013 + 40 / 25, abs=0.1)
    assert take.codes.min() >= 0
    with pytest.raises(Cancelled):
        next(events)


def test_a_cancelled_lead_in_leaves_nothing_as_it_does_not_reach_the_sound(models: Models) -> None:
    cancel = CancelToken()
    events = extend(models, request(recording(), 9.0, is_backward=True), cancel)
    for event in events:
        if isinstance(event, Progress) and event.stage is Stage.GENERATING and event.done >= 40:
            break
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)

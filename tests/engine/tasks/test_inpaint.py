from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

import engine.tasks.canvas
from engine.cancel import Cancelled, CancelToken
from engine.errors import BadInput, EngineError
from engine.events import EngineTake, Event, Finished, Preview, Progress, Stage
from engine.requests import Audio, Brief, InpaintRequest, Mask, Sampling
from engine.score import Score
from engine.tasks.canvas import Canvas, encode_canvas
from engine.tasks.inpaint import inpaint
from engine.tasks.models import Models
from engine.timebase import Samples, Seconds, Span


def recording(seconds: float = 6.0, rate: int = 3_200, channels: int = 1) -> Audio:
    random = np.random.default_rng(5)
    n = round(seconds * rate)
    tone = np.sin(2 * np.pi * 110 * np.arange(n) / rate)
    noise = random.uniform(-0.2, 0.2, (channels, n))
    return Audio((0.5 * tone + noise).astype(np.float32), rate)


def region(start: float, end: float) -> Span[Seconds]:
    return Span(Seconds(start), Seconds(end))


def request(audio: Audio, *masks: Mask, n_takes: int = 1, seed: int = 3) -> InpaintRequest:
    score = Score(max([audio.duration, *(mask.region.end for mask in masks)]))
    brief = Brief(score, prompt="rock", sampling=Sampling(seed=seed), n_takes=n_takes)
    return InpaintRequest(brief, audio, masks)


def takes(models: Models, asked: InpaintRequest) -> tuple[EngineTake, ...]:
    *_, last = inpaint(models, asked, CancelToken())
    assert isinstance(last, Finished)
    return last.takes


@pytest.mark.parametrize("rate", [3_200, 4_410, 8_000, 44_100])
@pytest.mark.parametrize("channels", [1, 2])
def test_samples_outside_the_mask_are_bit_identical_in_the_inputs_format(
    models: Models, rate: int, channels: int
) -> None:
    audio = recording(rate=rate, channels=channels)
    (take,) = takes(models, request(audio, Mask(region(2.013, 4.177))))
    start, end = round(2.013 * rate), round(4.177 * rate)
    result, old = take.audio.samples, audio.samples
    assert take.audio.sample_rate_hz == rate
    assert result.shape == old.shape
    assert np.array_equal(result[:, :start], old[:, :start])
    assert np.array_equal(result[:, end:], old[:, end:])
    assert take.is_untouched_verified
    fade = round(0.04 * rate)
    inside = result[:, start + fade : end - fade]
    assert np.abs(inside - old[:, start + fade : end - fade]).max() > 0.1
    assert (inside == inside[:1]).all()


def test_the_new_part_is_the_decoded_codes(models: Models) -> None:
    (take,) = takes(models, request(recording(), Mask(region(0.0, 6.0))))
    whole = models.codec.decode(torch.from_numpy(take.codes).long()[None])[0].numpy()
    assert np.allclose(take.audio.samples, whole[:, : round(6.0 * 3200)], atol=1e-6)


def test_codes_outside_the_mask_are_the_recordings(models: Models) -> None:
    audio = recording()
    (take,) = takes(models, request(audio, Mask(region(2.0, 4.0))))
    heard = models.codec.encode(torch.from_numpy(audio.samples)[None])[0].numpy()
    assert take.codes.shape == heard.shape
    is_outside = np.ones(heard.shape[1], dtype=bool)
    is_outside[50:100] = False
    assert np.array_equal(take.codes[:, is_outside], heard[:, is_outside])
    assert not np.array_equal(take.codes[:, 50:100], heard[:, 50:100])


def test_a_long_recording_is_encoded_in_blocks_that_a_cancel_can_end(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    audio = recording()
    canvas = Canvas(audio.samples, 3_200, Span(Samples(0), Samples(audio.samples.shape[1])))
    whole = models.codec.encode(torch.from_numpy(audio.samples)[None])
    monkeypatch.setattr(engine.tasks.canvas, "ENCODE_FRAMES", 40)
    cancel = CancelToken()
    assert torch.equal(encode_canvas(models, canvas, cancel), whole)
    cancel.cancel()
    with pytest.raises(Cancelled):
        encode_canvas(models, canvas, cancel)


def test_strength_zero_keeps_every_code_and_half_keeps_the_coarse_ones(models: Models) -> None:
    audio = recording()
    heard = models.codec.encode(torch.from_numpy(audio.samples)[None])[0].numpy()
    for strength, n_kept in ((0.0, 3), (0.35, 2), (0.65, 1)):
        (take,) = takes(models, request(audio, Mask(region(2.0, 4.0), strength=strength)))
        assert np.array_equal(take.codes[:n_kept], heard[:n_kept])
        assert n_kept == 3 or not np.array_equal(take.codes[n_kept:], heard[n_kept:])


def test_several_masks_are_all_played_and_all_else_stays(models: Models) -> None:
    audio = recording()
    masks = (Mask(region(4.0, 5.0), prompt="bass"), Mask(region(1.0, 2.0)))
    (take,) = takes(models, request(audio, *masks))
    changed = take.audio.samples[0] != audio.samples[0]
    assert take.is_untouched_verified
    assert changed[3200:6400].mean() > 0.9
    assert changed[12_800:16_000].mean() > 0.9
    assert changed.sum() <= 6400


def test_a_masks_own_prompt_is_heard(models: Models) -> None:
    plain, own = (
        takes(models, request(recording(), Mask(region(2.0, 4.0), prompt=prompt)))[0].codes
        for prompt in (None, "bass")
    )
    assert not np.array_equal(plain, own)


def test_a_mask_past_the_end_makes_the_recording_longer(models: Models) -> None:
    audio = recording(3.0)
    (take,) = takes(models, request(audio, Mask(region(2.0, 4.5))))
    assert take.audio.samples.shape == (1, round(4.5 * 3200))
    assert np.array_equal(take.audio.samples[:, :6400], audio.samples[:, :6400])
    assert take.codes.min() >= 0
    assert np.abs(take.audio.samples[:, 9600:]).max() > 0.05
    assert take.is_untouched_verified


def test_each_take_is_the_same_alone_and_beside_others(models: Models) -> None:
    mask = Mask(region(2.0, 4.0))
    together = takes(models, request(recording(), mask, n_takes=3))
    assert [take.seed for take in together] == [3, 4, 5]
    (alone,) = takes(models, request(recording(), mask, seed=4))
    assert np.array_equal(alone.codes, together[1].codes)
    assert not np.array_equal(together[0].codes, together[1].codes)


def test_a_region_longer_than_the_window_is_played_whole(models: Models) -> None:
    (take,) = takes(models, request(recording(8.0), Mask(region(0.5, 7.5))))
    assert take.codes.min() >= 0
    assert take.is_untouched_verified


@pytest.mark.parametrize("masks", [(), (Mask(region(7.0, 8.0)),), (Mask(region(-1.0, 1.0)),)])
def test_a_region_outside_the_recording_is_refused(models: Models, masks: tuple[Mask, ...]) -> None:
    with pytest.raises(BadInput):
        takes(models, request(recording(), *masks))


def test_broken_numbers_are_told_and_nothing_is_returned(
    models: Models, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck:
        def push(self, codes: torch.Tensor) -> torch.Tensor:
            return torch.full((codes.shape[0], 1, 128 * codes.shape[2]), torch.nan)

        def finish(self) -> torch.Tensor:
            return torch.zeros(1, 1, 0)

    monkeypatch.setattr(models.codec, "stream", Stuck)
    with pytest.raises(EngineError, match="broke down"):
        takes(models, request(recording(), Mask(region(2.0, 4.0))))


def until(events: Iterator[Event], done: int) -> None:
    for event in events:
        if isinstance(event, Progress) and event.stage is Stage.GENERATING and event.done >= done:
            return


def test_a_cancel_puts_the_finished_beginning_in_place(models: Models) -> None:
    audio = recording()
    cancel = CancelToken()
    events = inpaint(models, request(audio, Mask(region(1.0, 5.0))), cancel)
    until(events, 50)
    cancel.cancel()
    left = next(event for event in events if not isinstance(event, Preview))
    assert isinstance(left, Finished)
    (take,) = left.takes
    assert take.is_partial
    assert take.is_untouched_verified
    changed = np.flatnonzero(take.audio.samples[0] != audio.samples[0])
    assert changed[0] >= 3200
    assert 9000 < changed[-1] < 9600
    with pytest.raises(Cancelled):
        next(events)


def test_a_cancel_within_a_second_leaves_nothing(models: Models) -> None:
    cancel = CancelToken()
    events = inpaint(models, request(recording(), Mask(region(1.0, 5.0))), cancel)
    until(events, 20)
    cancel.cancel()
    with pytest.raises(Cancelled):
        next(events)


def test_a_cancel_in_the_second_mask_keeps_the_first(models: Models) -> None:
    audio = recording()
    cancel = CancelToken()
    masks = (Mask(region(0.0, 1.5)), Mask(region(3.0, 5.0)), Mask(region(5.5, 8.0)))
    events = inpaint(models, request(audio, *masks), cancel)
    for event in events:
        if isinstance(event, Progress) and event == Progress(Stage.DECODING, 1, 1):
            break
    until(events, 3)
    cancel.cancel()
    left = next(events)
    assert isinstance(left, Finished)
    (take,) = left.takes
    assert take.audio.samples.shape == audio.samples.shape
    changed = np.flatnonzero(take.audio.samples[0] != audio.samples[0])
    assert changed[-1] < 4800
    assert take.is_partial
    assert take.is_untouched_verified
    assert take.codes.min() >= 0

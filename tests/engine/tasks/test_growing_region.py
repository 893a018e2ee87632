"""Inpainting and extending are heard while they are being played."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from engine.cancel import CancelToken
from engine.events import Event, Finished, Preview
from engine.requests import Audio, Brief, ExtendRequest, InpaintRequest, Mask
from engine.score import Score
from engine.tasks.extend import extend
from engine.tasks.inpaint import inpaint
from engine.tasks.models import Models
from engine.timebase import Seconds, Span, samples_span


def recording(seconds: float, rate: int, channels: int) -> Audio:
    time = np.arange(round(seconds * rate)) / rate
    tones = [np.sin(2 * np.pi * (220 + 110 * channel) * time) for channel in range(channels)]
    return Audio((0.3 * np.stack(tones)).astype(np.float32), rate)


def joined(events: Iterable[Event], take: int, rate: int) -> tuple[int, np.ndarray, int]:
    """First sample, samples and number of a take's previews; each must follow the one before."""
    pieces = [each for each in events if isinstance(each, Preview) and each.take == take]
    starts = [round(piece.start * rate) for piece in pieces]
    lengths = [piece.audio.samples.shape[1] for piece in pieces]
    assert starts == list(starts[0] + np.cumsum([0, *lengths[:-1]]))
    return starts[0], np.concatenate([p.audio.samples for p in pieces], axis=1), len(pieces)


@pytest.mark.parametrize(("rate", "channels"), [(3_200, 1), (4_410, 2)])
def test_the_previews_of_a_mask_are_its_take_sample_for_sample(
    models: Models, rate: int, channels: int
) -> None:
    mask = Mask(Span(Seconds(1.31), Seconds(5.77)))
    audio = recording(8.0, rate, channels)
    request = InpaintRequest(Brief(Score(Seconds(8.0)), n_takes=2), audio, (mask,))
    events = list(inpaint(models, request, CancelToken()))
    assert isinstance(events[-1], Finished)
    place = samples_span(mask.region, rate)
    for index, take in enumerate(events[-1].takes):
        start, samples, n_pieces = joined(events, index, rate)
        assert start == place.start
        assert n_pieces >= 4
        np.testing.assert_array_equal(samples, take.audio.samples[:, place.start : place.end])


def test_two_masks_are_heard_one_after_the_other(models: Models) -> None:
    masks = tuple(Mask(Span(Seconds(at), Seconds(at + 1.5))) for at in (1.0, 4.0))
    request = InpaintRequest(Brief(Score(Seconds(7.0))), recording(7.0, 3_200, 1), masks)
    events = list(inpaint(models, request, CancelToken()))
    assert isinstance(events[-1], Finished)
    heard = np.zeros(7 * 3_200, np.bool_)
    for each in events:
        if isinstance(each, Preview):
            first = round(each.start * 3_200)
            part = slice(first, first + each.audio.samples.shape[1])
            result = events[-1].takes[0].audio.samples
            np.testing.assert_array_equal(each.audio.samples, result[:, part])
            heard[part] = True
    wanted = np.zeros_like(heard)
    for mask in masks:
        place = samples_span(mask.region, 3_200)
        wanted[place.start : place.end] = True
    np.testing.assert_array_equal(heard, wanted)


@pytest.mark.parametrize("is_backward", [False, True])
def test_an_extension_is_heard_while_it_grows(models: Models, is_backward: bool) -> None:
    audio = recording(3.0, 3_200, 1)
    request = ExtendRequest(Brief(Score(Seconds(7.0))), audio, is_backward)
    events = list(extend(models, request, CancelToken()))
    assert isinstance(events[-1], Finished)
    start, samples, n_pieces = joined(events, 0, 3_200)
    first, end = (0, 12_800) if is_backward else (9_600, 22_400)
    assert (start, start + samples.shape[1]) == (first, end)
    assert n_pieces >= 3
    np.testing.assert_array_equal(samples, events[-1].takes[0].audio.samples[:, first:end])


def test_the_first_preview_does_not_wait_for_the_end(models: Models) -> None:
    mask = Mask(Span(Seconds(1.0), Seconds(7.0)))
    request = InpaintRequest(Brief(Score(Seconds(8.0))), recording(8.0, 3_200, 1), (mask,))
    run = inpaint(models, request, CancelToken())
    first = next(event for event in run if isinstance(event, Preview))
    assert 0 < first.audio.duration <= 1.1

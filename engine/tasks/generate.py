"""Play a brief from nothing: takes side by side, heard while they grow."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from engine.cancel import Cancelled, CancelToken
from engine.events import EngineTake, Event, Finished, Preview, Progress, Stage
from engine.lm.delay_pattern import UNKNOWN
from engine.requests import Audio, Brief, GenerateRequest
from engine.tasks.models import LARGEST_BATCH, Models
from engine.tasks.sounding import FloatArray, GrowingSound, check_audible
from engine.tasks.windows import play_windows
from engine.timebase import Frames, Samples, Seconds, Span, samples_at, seconds_of

PREVIEW_EVERY = Seconds(1.0)
SHORTEST_PARTIAL = Seconds(1.0)


def generate(models: Models, request: GenerateRequest, cancel: CancelToken) -> Iterator[Event]:
    """Play ``request.brief.score.duration`` seconds of each take.

    Frames are rounded up and the sound is trimmed to the exact number of samples. Cancelled, it
    yields the takes whose finished beginning lasts more than a second, then raises ``Cancelled``.
    """
    brief = request.brief
    started = time.perf_counter()
    total = models.clock.frames_lasting(brief.score.duration)
    yield Progress(Stage.READING, 0, total)
    finished: list[EngineTake] = []
    for first in range(0, brief.n_takes, LARGEST_BATCH):
        seeds = take_seeds(brief)[first : first + LARGEST_BATCH]
        codes = unknown_codes(models, len(seeds), total)
        sound = GrowingSound(models.codec, len(seeds))
        try:
            yield from _play(models, brief, codes, sound, seeds, first, cancel)
        except Cancelled:
            n_complete = int((codes[0, 0] != UNKNOWN).sum())
            sound.add(codes[:, :, :n_complete])
            sound.finish()
            partial = _takes(models, brief, codes[:, :, : sound.n_frames], sound.samples, seeds)
            if partial and partial[0].audio.duration > SHORTEST_PARTIAL:
                finished += partial
            if finished:
                timings = {"total": time.perf_counter() - started}
                yield Finished(tuple(finished), models.recipe(brief.n_takes, timings))
            raise
        finished += _takes(models, brief, codes, sound.samples, seeds)
    check_audible(np.concatenate([take.audio.samples for take in finished], axis=1))
    timings = {"total": time.perf_counter() - started}
    yield Finished(tuple(finished), models.recipe(brief.n_takes, timings))


def take_seeds(brief: Brief) -> tuple[int, ...]:
    """The seed of each take."""
    return tuple(brief.sampling.seed + index for index in range(brief.n_takes))


def unknown_codes(models: Models, n_takes: int, n_frames: int) -> Tensor:
    """An empty grid, int64 ``[B, K, T]``."""
    shape = (n_takes, models.clock.n_codebooks, n_frames)
    return torch.full(shape, UNKNOWN, device=models.device.torch_device)


def _play(
    models: Models,
    brief: Brief,
    codes: Tensor,
    sound: GrowingSound,
    seeds: Sequence[int],
    first_take: int,
    cancel: CancelToken,
) -> Iterator[Event]:
    """Fill ``codes`` and ``sound``; progress at every step, a preview every second."""
    total = Frames(codes.shape[2])
    n_batches = -(-brief.n_takes // LARGEST_BATCH)
    steps_before = total * (first_take // LARGEST_BATCH)
    preview_frames = models.clock.frames_lasting(PREVIEW_EVERY)
    heard = 0
    run = Span(Frames(0), total)
    for complete in play_windows(models, brief, None, codes, run, seeds, cancel):
        yield Progress(Stage.GENERATING, steps_before + complete, total * n_batches)
        if complete - sound.n_frames >= preview_frames and complete < total:
            piece = sound.add(codes[:, :, :complete])
            yield from _previews(models, brief, piece, heard, first_take)
            heard += piece.shape[2]
    yield Progress(Stage.DECODING, 0, 1)
    rest = np.concatenate([sound.add(codes), sound.finish()], axis=2)
    yield from _previews(models, brief, rest, heard, first_take)
    yield Progress(Stage.DECODING, 1, 1)


def _previews(
    models: Models, brief: Brief, piece: FloatArray, heard: int, first_take: int
) -> Iterator[Event]:
    """One preview per take of samples ``[B, 1, n]`` that follow ``heard`` samples."""
    rate = models.clock.sample_rate_hz
    kept = piece[:, :, : max(0, samples_at(brief.score.duration, rate) - heard)]
    if kept.shape[2] == 0:
        return
    for index, samples in enumerate(kept):
        start = seconds_of(Samples(heard), rate)
        yield Preview(first_take + index, start, Audio(samples.copy(), rate))


def _takes(
    models: Models, brief: Brief, codes: Tensor, samples: FloatArray, seeds: Sequence[int]
) -> list[EngineTake]:
    """Takes of codes ``[B, K, T]`` and samples ``[B, 1, N]``, trimmed to the asked length."""
    rate = models.clock.sample_rate_hz
    asked = samples_at(brief.score.duration, rate)
    kept = samples[:, :, :asked]
    is_partial = kept.shape[2] < asked
    numbers = codes.to("cpu", torch.int16).numpy()
    return [
        EngineTake(Audio(kept[row].copy(), rate), numbers[row], seed, is_partial=is_partial)
        for row, seed in enumerate(seeds)
    ]

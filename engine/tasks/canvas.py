"""A recording with room around it, and what the codec hears of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.audio.resample import resample
from engine.cancel import CancelToken
from engine.lm.delay_pattern import UNKNOWN
from engine.tasks.models import Models
from engine.timebase import CodecClock, Frames, Samples, Seconds, Span, seconds_of

FloatArray = NDArray[np.float32]

ENCODE_FRAMES = 250
"""Frames encoded between two looks at the cancel flag."""

BESIDE = Seconds(1.0)
"""Sound heard to either side of a block of frames; further than any codec here listens."""


@dataclass(frozen=True, slots=True, eq=False)
class Canvas:
    """Float32 ``[C, N]`` that holds sound within ``known`` and is empty elsewhere."""

    samples: FloatArray
    sample_rate_hz: int
    known: Span[Samples]

    @property
    def duration(self) -> Seconds:
        """Length with the room."""
        return seconds_of(Samples(self.samples.shape[1]), self.sample_rate_hz)


@torch.inference_mode()
def encode_canvas(models: Models, canvas: Canvas, cancel: CancelToken) -> Tensor:
    """Codes of the channels' mean, int64 ``[1, K, T]``; ``UNKNOWN`` where there is no sound.

    Works in blocks, each heard with what lies beside it: codes depend on their neighbourhood,
    and a cancel must not wait for a whole song. Raises ``Cancelled``.
    """
    clock = models.clock
    mono = canvas.samples.mean(axis=0, keepdims=True, dtype=np.float32)
    mono = resample(mono, canvas.sample_rate_hz, clock.sample_rate_hz)
    n_frames = clock.frames_lasting(canvas.duration)
    samples = torch.zeros(1, 1, clock.samples_of(n_frames))
    n_copied = min(mono.shape[1], samples.shape[2])
    samples[0, 0, :n_copied] = torch.from_numpy(mono[0, :n_copied])
    samples = samples.to(models.device.torch_device)
    beside = clock.frames_lasting(BESIDE)
    solid = solid_frames(clock, canvas)
    codes = torch.full((1, clock.n_codebooks, n_frames), UNKNOWN, device=samples.device)
    for start in range(solid.start, solid.stop, ENCODE_FRAMES):
        cancel.raise_if_cancelled()
        end = min(start + ENCODE_FRAMES, solid.stop)
        first, last = max(0, start - beside), min(n_frames, end + beside)
        block = slice(clock.samples_of(Frames(first)), clock.samples_of(Frames(last)))
        heard = models.codec.encode(samples[:, :, block])
        codes[:, :, start:end] = heard[:, :, start - first : end - first]
    return codes


def solid_frames(clock: CodecClock, canvas: Canvas) -> slice:
    """The frames that hold nothing but known sound.

    Beside the room one frame more is left out: in it the codec already heard the emptiness.
    """
    known, rate = canvas.known, canvas.sample_rate_hz
    within = clock.frames_within(Span(seconds_of(known.start, rate), seconds_of(known.end, rate)))
    n_frames = clock.frames_lasting(canvas.duration)
    if within is None:
        return slice(0, 0)
    start = 0 if known.start == 0 else within.start + 1
    end = n_frames if known.end == canvas.samples.shape[1] else within.end - 1
    return slice(start, max(start, end))

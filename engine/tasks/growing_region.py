"""A region that is heard while it is being played: decoded, resampled and fitted piece by piece.

Letters: ``B`` takes, ``C`` channels, ``K`` codebooks, ``T`` codec frames, ``N`` samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from torch import Tensor

from engine.audio.resample import ResampleStream
from engine.events import Preview
from engine.requests import Audio, Mask
from engine.tasks.canvas import Canvas
from engine.tasks.models import Models
from engine.tasks.sounding import FloatArray, GrowingSound
from engine.tasks.splice import fitted, longest_fade
from engine.timebase import Frames, Samples, Seconds, Span, samples_at, samples_span, seconds_of

PREVIEW_EVERY = Seconds(1.0)


class GrowingRegion:
    """One mask's new sound. What it previews is final, the fade into the old sound included."""

    def __init__(
        self,
        models: Models,
        canvas: Canvas,
        mask: Mask,
        run: Span[Frames],
        first_frame: Frames,
        n_takes: int,
    ) -> None:
        """``run`` are the frames that will be played; decoding starts at ``first_frame``."""
        clock, rate = models.clock, canvas.sample_rate_hz
        self._canvas = canvas
        self._mask = mask
        self._first_frame = first_frame
        self._sound = GrowingSound(models.codec, n_takes)
        self._resampled = ResampleStream(clock.sample_rate_hz, rate)
        self._place = samples_span(mask.region, rate)
        self._before = self._place.start - samples_at(clock.seconds_at(first_frame), rate)
        self._new: FloatArray = np.zeros((n_takes, 0), np.float32)
        self._n_told = 0
        self._told_frame = run.start
        self._every = clock.frames_lasting(PREVIEW_EVERY)

    def is_due(self, complete: Frames) -> bool:
        """Whether enough frames were played since the last preview."""
        return complete - self._told_frame >= self._every

    def grow(
        self, codes: Tensor, complete: Frames, olds: Sequence[FloatArray]
    ) -> Iterator[Preview]:
        """Preview what ``codes`` ``[B, K, T]`` settle up to the frame ``complete``.

        ``olds`` are the takes' sounds without the region, each ``[C, N]``.
        """
        self._told_frame = complete
        self._keep(self._sound.add(codes[:, :, self._first_frame : complete]))
        n, fade = self._place.end - self._place.start, self._n_fade
        if self._new.shape[1] >= fade:
            yield from self._previews(min(self._new.shape[1], n - fade), olds)

    def finish(
        self, codes: Tensor, last_frame: Frames, olds: Sequence[FloatArray]
    ) -> Iterator[Preview]:
        """Decode what follows the region too, and preview the rest of it."""
        self.end(codes, last_frame)
        yield from self._previews(self._place.end - self._place.start, olds)

    def end(self, codes: Tensor, last_frame: Frames) -> None:
        """Decode up to ``last_frame``; nothing can be added afterwards."""
        self._keep(self._sound.add(codes[:, :, self._first_frame : last_frame]))
        self._keep(self._sound.finish())
        self._append(self._resampled.finish())

    def sounds(self, n_samples: int) -> FloatArray:
        """The first samples of the region, ``[B, n_samples]``, before any fade."""
        new = self._new[:, :n_samples]
        return np.pad(new, ((0, 0), (0, n_samples - new.shape[1])))  # a sample short at most

    @property
    def _n_fade(self) -> int:
        return longest_fade(self._place, self._mask.fade, self._canvas.sample_rate_hz)

    def _keep(self, piece: FloatArray) -> None:
        self._append(self._resampled.push(piece[:, 0]))

    def _append(self, piece: FloatArray) -> None:
        skipped = min(self._before, piece.shape[1])
        self._before -= skipped
        self._new = np.concatenate([self._new, piece[:, skipped:]], axis=1)

    def _previews(self, end: int, olds: Sequence[FloatArray]) -> Iterator[Preview]:
        start, self._n_told = self._n_told, max(self._n_told, end)
        if end <= start:
            return
        rate, known = self._canvas.sample_rate_hz, self._canvas.known
        at = seconds_of(Samples(self._place.start + start), rate)
        news = self.sounds(self._place.end - self._place.start)
        for take, (old, new) in enumerate(zip(olds, news, strict=True)):
            whole = fitted(old, known, new[None], self._place, self._mask.fade, rate)
            yield Preview(take, at, Audio(np.ascontiguousarray(whole[:, start:end]), rate))

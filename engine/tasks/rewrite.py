"""Playing regions of a recording anew: the common part of inpainting and extending.

Letters: ``B`` takes, ``C`` channels, ``K`` codebooks, ``T`` codec frames, ``N`` samples.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.cancel import Cancelled, CancelToken
from engine.conditions.inpaint_mask import inpaint_mask, n_kept_codebooks
from engine.events import EngineTake, Event, Finished, Preview, Progress, Stage
from engine.lm.delay_pattern import UNKNOWN
from engine.requests import Audio, Brief, Mask
from engine.tasks.canvas import Canvas, encode_canvas, solid_frames
from engine.tasks.generate import SHORTEST_PARTIAL, take_seeds
from engine.tasks.growing_region import GrowingRegion
from engine.tasks.models import LARGEST_BATCH, Models
from engine.tasks.splice import splice
from engine.tasks.windows import play_windows
from engine.timebase import Frames, Seconds, Span, samples_at, samples_span

FloatArray = NDArray[np.float32]

LEAD = Seconds(2.0)
"""Sound decoded before and after a region, for the codec to settle in; it is cut away."""


def rewrite(
    models: Models, brief: Brief, canvas: Canvas, masks: Sequence[Mask], cancel: CancelToken
) -> Iterator[Event]:
    """Play each mask anew, from left to right; whatever is not known must lie in a mask.

    Each mask hears what lies before it, masks already played included, and what follows it.
    Cancelled, it yields what is played so far where that is more than a second, then raises
    ``Cancelled``.
    """
    started = time.perf_counter()

    def finished(takes: list[EngineTake]) -> Finished:
        timings = {"total": time.perf_counter() - started}
        return Finished(tuple(takes), models.recipe(brief.n_takes, timings))

    yield Progress(Stage.READING, 0, 1)
    heard = encode_canvas(models, canvas, cancel)
    yield Progress(Stage.READING, 1, 1)
    takes: list[EngineTake] = []
    for first in range(0, brief.n_takes, LARGEST_BATCH):
        seeds = take_seeds(brief)[first : first + LARGEST_BATCH]
        codes = heard.repeat(len(seeds), 1, 1)
        batch = _Batch(models, brief, canvas, codes, seeds, first)
        try:
            for mask in sorted(masks, key=lambda mask: mask.region.start):
                yield from batch.play(mask, cancel)
        except Cancelled:
            takes += batch.partial_takes()
            if takes:
                yield finished(takes)
            raise
        takes += batch.takes()
    yield finished(takes)


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A mask that is being played: its frames, its sound, and the first frame still missing."""

    mask: Mask
    run: Span[Frames]
    growing: GrowingRegion
    complete: Frames


class _Batch:
    """Some takes of a rewrite, side by side: codes ``[B, K, T]`` and one sound per take."""

    def __init__(
        self,
        models: Models,
        brief: Brief,
        canvas: Canvas,
        codes: Tensor,
        seeds: Sequence[int],
        first_take: int,
    ) -> None:
        self._models = models
        self._brief = brief
        self._canvas = canvas
        self._heard = codes.clone()
        self._codes = codes
        self._seeds = seeds
        self._first_take = first_take
        self._sounds = [canvas.samples] * len(seeds)
        self._is_outside = np.zeros(canvas.samples.shape[1], dtype=np.bool_)
        self._is_outside[canvas.known.start : canvas.known.end] = True
        self._has_placed = False
        self._under_way: _UnderWay | None = None

    def play(self, mask: Mask, cancel: CancelToken) -> Iterator[Event]:
        """Fill one mask and put its sound in place."""
        clock = self._models.clock
        run = self._frames_to_play(mask)
        n_kept = n_kept_codebooks(mask.strength, clock.n_codebooks)
        self._codes[:, n_kept:, run.start : run.end] = UNKNOWN
        stretch = self._stretch_around(mask.region, run)
        growing = GrowingRegion(
            self._models, self._canvas, mask, run, stretch.start, len(self._seeds)
        )
        steps = play_windows(
            self._models, self._brief, mask.prompt, self._codes, run, self._seeds, cancel
        )
        for complete in steps:
            self._under_way = _UnderWay(mask, run, growing, complete)
            yield Progress(Stage.GENERATING, complete - run.start, run.end - run.start)
            if growing.is_due(complete) and complete < run.end:
                yield from self._numbered(growing.grow(self._codes, complete, self._sounds))
        yield Progress(Stage.DECODING, 0, 1)
        yield from self._numbered(growing.finish(self._codes, stretch.end, self._sounds))
        self._place(mask.region, mask.fade, growing)
        self._under_way = None
        yield Progress(Stage.DECODING, 1, 1)

    def takes(self) -> list[EngineTake]:
        """The results; the samples outside the masks are compared with the input's."""
        return self._takes(self._canvas.samples.shape[1], self._codes.shape[2], is_partial=False)

    def partial_takes(self) -> list[EngineTake]:
        """What there is after a cancel: the masks played so far, and of the one under way the
        finished beginning, where that is more than a second; none where there is neither.

        What is left of a mask keeps the old sound; where there is none, the take ends. A mask
        before the sound has no use until it reaches it.
        """
        clock, known = self._models.clock, self._canvas.known
        rate = self._canvas.sample_rate_hz
        under_way = self._under_way
        if under_way is not None:
            mask, run, complete = under_way.mask, under_way.run, under_way.complete
            end = Seconds(min(clock.seconds_at(complete), mask.region.end))
            is_long_enough = end - mask.region.start > SHORTEST_PARTIAL
            if is_long_enough and samples_at(end, rate) >= known.start:
                under_way.growing.end(self._codes, complete)
                self._place(Span(mask.region.start, end), mask.fade, under_way.growing)
            else:
                complete = run.start
            self._codes[:, :, complete : run.end] = self._heard[:, :, complete : run.end]
        if not self._has_placed:
            return []
        n_samples, n_frames = self._canvas.samples.shape[1], self._codes.shape[2]
        missing = (self._codes[0] == UNKNOWN).any(dim=0).nonzero()
        if len(missing):
            n_frames = int(missing[0])
            reached = samples_at(clock.seconds_at(Frames(n_frames)), rate)
            n_samples = max(known.end, min(reached, n_samples))
        return self._takes(n_samples, n_frames, is_partial=True)

    def _frames_to_play(self, mask: Mask) -> Span[Frames]:
        """The mask's frames, and those at the edge of the known sound that nobody can hear."""
        marked = inpaint_mask(mask.region, self._models.clock, self._codes.shape[2]).nonzero()[0]
        start, end = int(marked[0]), int(marked[-1]) + 1
        is_unknown = (self._codes[0, 0] == UNKNOWN).cpu().numpy()
        first_solid = solid_frames(self._models.clock, self._canvas).start
        while start > 0 and is_unknown[start - 1]:
            start -= 1
        while end < first_solid and is_unknown[end]:
            end += 1
        return Span(Frames(start), Frames(end))

    def _stretch_around(self, region: Span[Seconds], run: Span[Frames]) -> Span[Frames]:
        """What is decoded for a region: as much beside it as there will be once it is played."""
        clock = self._models.clock
        is_complete = (self._codes[0] != UNKNOWN).all(dim=0).cpu().numpy()
        is_complete[run.start : run.end] = True
        return _complete_stretch(
            is_complete, clock.frames_covering(region), clock.frames_lasting(LEAD)
        )

    def _place(self, region: Span[Seconds], fade: Seconds, growing: GrowingRegion) -> None:
        """Splice the region into every take."""
        rate = self._canvas.sample_rate_hz
        place = samples_span(region, rate)
        for row, new in enumerate(growing.sounds(place.end - place.start)):
            old = self._sounds[row]
            self._sounds[row] = splice(old, self._canvas.known, new[None], place, fade, rate)
        self._is_outside[place.start : place.end] = False
        self._has_placed = True

    def _numbered(self, previews: Iterable[Preview]) -> Iterator[Preview]:
        """The previews with the numbers that their takes have among all of the run."""
        for preview in previews:
            yield replace(preview, take=self._first_take + preview.take)

    def _takes(self, n_samples: int, n_frames: int, is_partial: bool) -> list[EngineTake]:
        rate = self._canvas.sample_rate_hz
        codes = self._codes[:, :, :n_frames].to("cpu", torch.int16).numpy()
        old, is_outside = self._canvas.samples, self._is_outside
        return [
            EngineTake(
                Audio(np.ascontiguousarray(sound[:, :n_samples]), rate),
                codes[row],
                seed,
                is_partial=is_partial,
                is_untouched_verified=np.array_equal(sound[:, is_outside], old[:, is_outside]),
            )
            for row, (seed, sound) in enumerate(zip(self._seeds, self._sounds, strict=True))
        ]


def _complete_stretch(
    is_complete: NDArray[np.bool_], inside: Span[Frames], most_beyond: Frames
) -> Span[Frames]:
    """The complete frames around ``inside``, without a gap, at most so many to either side."""
    first, last = int(inside.start), int(inside.start)
    while first > max(0, inside.start - most_beyond) and is_complete[first - 1]:
        first -= 1
    while last < min(len(is_complete), inside.end + most_beyond) and is_complete[last]:
        last += 1
    return Span(Frames(first), Frames(last))

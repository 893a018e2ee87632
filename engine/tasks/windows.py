"""Playing longer than the model's window: stretches that overlap, each hearing the one before.

Letters: ``B`` takes, ``K`` codebooks, ``T`` codec frames of the whole music.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor

from engine.cancel import CancelToken
from engine.conditions.frame_conditions import frame_features
from engine.lm.decode import decode
from engine.lm.delay_pattern import UNKNOWN, delay
from engine.requests import Brief, Passage
from engine.tasks.models import Models
from engine.timebase import CodecClock, Frames, Seconds, Span


def plan_windows(
    run: Span[Frames], window_frames: int, overlap_frames: int
) -> tuple[Span[Frames], ...]:
    """Windows that play the frames of ``run`` in order.

    Each is at most ``window_frames`` long and begins at least ``overlap_frames`` before its
    first new frame, as far as there is music before it. The last one reaches back as far as it
    can: what it hears before the end is free.
    """
    windows = []
    played = run.start
    while played < run.end:
        start = max(0, played - overlap_frames)
        end = min(run.end, start + window_frames)
        if end == run.end:
            start = max(0, end - window_frames)
        windows.append(Span(Frames(start), Frames(end)))
        played = Frames(end)
    return tuple(windows)


def worded_parts(
    brief: Brief, prompt: str | None, clock: CodecClock, run: Span[Frames]
) -> tuple[tuple[Passage, Span[Frames]], ...]:
    """The parts of ``run`` that share their words, in order and without a gap.

    ``prompt`` holds for all of it; None takes the brief's passages, and its own words between
    them. An edge of a passage is rounded up to a whole frame.
    """
    whole = Span(Seconds(0.0), brief.score.duration)
    plain = Passage(whole, brief.prompt if prompt is None else prompt, brief.negative)
    parts: list[tuple[Passage, Span[Frames]]] = []
    position = run.start
    for passage in brief.passages if prompt is None else ():
        start = max(position, clock.frames_lasting(passage.span.start))
        end = min(run.end, clock.frames_lasting(passage.span.end))
        if start >= end:
            continue
        if start > position:
            parts.append((plain, Span(position, start)))
        parts.append((passage, Span(start, end)))
        position = end
    if position < run.end:
        parts.append((plain, Span(position, run.end)))
    return tuple(parts)


def play_windows(
    models: Models,
    brief: Brief,
    prompt: str | None,
    codes: Tensor,
    run: Span[Frames],
    seeds: Sequence[int],
    cancel: CancelToken,
) -> Iterator[Frames]:
    """Fill the ``UNKNOWN`` cells of ``codes`` within ``run``, in place.

    Args:
        models: what plays.
        brief: its score counts from frame 0 of ``codes``.
        prompt: the words for this run; None takes the brief's, with its passages.
        codes: int64 ``[B, K, T]``. What lies before the run is heard as its beginning; the frames
            after it, up to the first unknown one, as what follows, read from the first take.
        run: the frames to play.
        seeds: one per take.
        cancel: read at every step; raises ``Cancelled``.

    Yields:
        after every step, the first frame that is not complete yet.
    """
    lm, clock = models.lm, models.clock
    config = lm.decoder.config
    rule = lm.rule.asked(brief.sampling)
    delays = torch.tensor(config.delays, device=codes.device)
    codebooks = torch.arange(config.n_codebooks, device=codes.device)
    complete = run.start
    for words, part in worded_parts(brief, prompt, clock, run):
        for window in plan_windows(part, lm.window_frames, lm.overlap_frames):
            n_frames = window.end - window.start
            is_last = window.end == part.end
            right = _following(codes[0], window.end, lm.right_frames) if is_last else None
            features = frame_features(brief.score, brief.controls, clock, window.start, n_frames)
            guide = lm.guide(words.prompt, words.negative, features, right)
            grid = delay(codes[:, :, window.start : window.end], config.delays, config.special)
            for position in decode(lm.decoder, grid, guide, rule, seeds, window.start, cancel):
                frame = position - 1 - max(config.delays)
                if window.start + frame >= complete:
                    codes[:, :, window.start + frame] = grid[:, codebooks, 1 + frame + delays]
                    complete = Frames(window.start + frame + 1)
                yield complete


def _following(codes: Tensor, frame: int, most: int) -> Tensor | None:
    """Known frames ``[K, R]`` from ``frame`` on, at most ``most``; None where there are none."""
    after = codes[:, frame : frame + most]
    holes = (after == UNKNOWN).any(dim=0).nonzero()
    n_known = int(holes[0]) if len(holes) else after.shape[1]
    return after[:, :n_known] if n_known else None

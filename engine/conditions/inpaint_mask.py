"""Which codec frames a region touches, and which of the old codes it may keep."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.timebase import CodecClock, Seconds, Span


def inpaint_mask(region: Span[Seconds], clock: CodecClock, n_frames: int) -> NDArray[np.bool_]:
    """Mark the frames to play anew, bool ``[T]``, True = rewrite.

    Rounds outwards, so that the new frames cover the region and the cross-fade can restore its
    exact edges.
    """
    frames = clock.frames_covering(region)
    mask = np.zeros(n_frames, dtype=np.bool_)
    mask[max(0, frames.start) : frames.end] = True
    return mask


def n_kept_codebooks(strength: float, n_codebooks: int) -> int:
    """How many of the coarse codebooks stay when a region is rewritten with ``strength``.

    Each codebook refines the ones before it: keeping the first ones keeps harmony and rhythm and
    plays the detail anew. Strength 1 keeps none, 0 keeps all.
    """
    return round((1.0 - strength) * n_codebooks)

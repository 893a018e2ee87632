"""The picture of a stretch of sound, as the number of a colour for every pixel."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from app.playback.peaks import Peaks

CLIPPED_LEVEL = 0.999
CLIP_MARK_PX = 3


class Ink(IntEnum):
    """What a pixel of the picture shows."""

    NOTHING = 0
    PEAK = 1
    RMS = 2
    CLIPPED = 3


def wave_picture(
    peaks: Peaks, start_sample: float, end_sample: float, width: int, height: int
) -> NDArray[np.uint8]:
    """Samples ``[start_sample, end_sample)`` over ``width`` columns: ``Ink`` ``[height, width]``.

    ``end_sample`` must exceed ``start_sample``; sizes are at least 1.
    """
    columns = peaks.columns(start_sample, end_sample, width)
    middle, half = np.float32(height / 2), np.float32(height / 2 - 1)
    row = (np.arange(height, dtype=np.float32) + 0.5)[:, np.newaxis]  # [height, 1]
    # A silent column still shows a hairline: the clip is there, it only says nothing.
    top = middle - columns.high.clip(-1, 1) * half - np.float32(0.5)
    bottom = middle - columns.low.clip(-1, 1) * half + np.float32(0.5)
    ink = ((row >= top) & (row < bottom)).astype(np.uint8)  # [height, width]
    ink += np.abs(row - middle) < columns.rms.clip(0, 1) * half
    is_clipped = np.maximum(columns.high, -columns.low) >= CLIPPED_LEVEL
    ink[:CLIP_MARK_PX, is_clipped] = Ink.CLIPPED
    return ink

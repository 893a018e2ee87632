"""The promise that what was not to be played anew is as it was: kept by comparing every sample."""

from __future__ import annotations

import numpy as np

from app.jobs.build_request import Run
from engine.requests import Audio, ExtendRequest, GenerateRequest


def count_untouched(run: Run, result: Audio) -> int | None:
    """How many samples, over all channels, lie outside the run's regions and are bit-identical.

    None where one of them differs, or where the run started from no sound. A result that ends
    early is compared as far as it goes.
    """
    request = run.request
    if isinstance(request, GenerateRequest):
        return None
    before, after = request.audio.samples, result.samples
    is_backward = isinstance(request, ExtendRequest) and request.is_backward
    start = max(0, after.shape[1] - before.shape[1]) if is_backward else 0
    n = min(before.shape[1], after.shape[1] - start)
    is_outside = np.ones(after.shape[1], np.bool_)
    for cut in run.cuts:
        is_outside[cut.start : cut.end] = False
    is_outside = is_outside[start : start + n]
    old, new = before[:, :n][:, is_outside], after[:, start : start + n][:, is_outside]
    return int(old.size) if np.array_equal(old, new) else None

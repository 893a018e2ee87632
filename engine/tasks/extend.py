"""Continue a recording after its end, or lead up to its start."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.cancel import CancelToken
from engine.errors import BadInput
from engine.events import Event
from engine.requests import ExtendRequest, Mask
from engine.tasks.canvas import Canvas
from engine.tasks.models import Models
from engine.tasks.rewrite import rewrite
from engine.timebase import Samples, Seconds, Span, samples_at, seconds_of


def extend(models: Models, request: ExtendRequest, cancel: CancelToken) -> Iterator[Event]:
    """Play ``request.audio`` longer, to ``brief.score.duration``; the old samples stay as they are.

    Raises ``BadInput`` where the result would not be longer.
    """
    audio, rate = request.audio, request.audio.sample_rate_hz
    n_old = audio.samples.shape[1]
    n_new = samples_at(request.brief.score.duration, rate) - n_old
    if n_old == 0 or n_new <= 0:
        raise BadInput(
            f"The recording lasts {audio.duration:.2f} s already; there is nothing to add.",
            "Ask for more bars.",
        )
    if request.is_backward:
        samples = np.pad(audio.samples, ((0, 0), (n_new, 0)))
        known = Span(Samples(n_new), Samples(n_new + n_old))
        region = Span(Seconds(0.0), seconds_of(known.start, rate))
    else:
        samples = np.pad(audio.samples, ((0, 0), (0, n_new)))
        known = Span(Samples(0), Samples(n_old))
        region = Span(seconds_of(known.end, rate), seconds_of(Samples(n_old + n_new), rate))
    canvas = Canvas(samples, rate, known)
    yield from rewrite(models, request.brief, canvas, (Mask(region),), cancel)

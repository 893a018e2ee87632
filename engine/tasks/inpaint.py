"""Play the masked regions of a recording anew; everything else stays bit-identical."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.cancel import CancelToken
from engine.errors import BadInput
from engine.events import Event
from engine.requests import InpaintRequest
from engine.tasks.canvas import Canvas
from engine.tasks.models import Models
from engine.tasks.rewrite import rewrite
from engine.timebase import Samples, Span, samples_at


def inpaint(models: Models, request: InpaintRequest, cancel: CancelToken) -> Iterator[Event]:
    """Rewrite each mask of ``request``; a mask that reaches past the end makes the sound longer.

    The result keeps the input's rate and channels: the new part, which is mono, sounds on all
    of them. Raises ``BadInput`` where there is no mask, or one lies wholly outside the sound.
    """
    audio = request.audio
    if not request.masks:
        raise BadInput("No region is selected.", "Select the bars to play anew.")
    for mask in request.masks:
        if mask.region.start < 0 or mask.region.start > audio.duration:
            raise BadInput(
                f"The region at {mask.region.start:.2f} s begins outside the recording, which "
                f"lasts {audio.duration:.2f} s.",
                "Select a region that begins inside it, or extend it first.",
            )
    rate = audio.sample_rate_hz
    n_old = audio.samples.shape[1]
    n_all = max(n_old, *(samples_at(mask.region.end, rate) for mask in request.masks))
    samples = np.pad(audio.samples, ((0, 0), (0, n_all - n_old)))
    canvas = Canvas(samples, rate, Span(Samples(0), Samples(n_old)))
    yield from rewrite(models, request.brief, canvas, request.masks, cancel)

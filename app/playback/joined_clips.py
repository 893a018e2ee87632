"""Several clips rendered to the one sound they make together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.model.clip import Asset, AudioLane, Clip
from app.model.project import Mix, Project
from app.playback.bounce import Bounce, bounce
from app.playback.sound_library import SoundLibrary
from engine.requests import Audio
from engine.timebase import Span


def join_clips(project: Project, clips: tuple[Clip, ...], read: Callable[[Asset], Audio]) -> Audio:
    """From the first start to the last end, with gains and fades, at the first clip's rate.

    Mono where all clips are, else stereo; lane and master settings do not count. ``read`` gives
    a recording's samples, and what it raises goes through.
    """
    plain = replace(project, audio=AudioLane(clips=clips), mix=Mix())
    rate = clips[0].asset.sample_rate_hz
    spans = [clip.span(project.tempo) for clip in clips]
    span = Span(min(span.start for span in spans), max(span.end for span in spans))
    sound = bounce(plain, SoundLibrary(read), {}, Bounce(span, rate))
    assert sound is not None  # nobody cancels it
    is_mono = all(clip.asset.n_channels == 1 for clip in clips)
    return Audio(np.ascontiguousarray(sound.T[: 1 if is_mono else 2]), rate)

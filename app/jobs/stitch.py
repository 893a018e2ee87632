"""The audio lane as one recording, sample for sample, for runs that start from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from app.model.audio_run import sample_span
from app.model.clip import Asset, Clip
from engine.requests import Audio
from engine.timebase import Span, TempoMap, Ticks

ReadAudio = Callable[[Asset], Audio]


def stitch(clips: Iterable[Clip], span: Span[Ticks], tempo: TempoMap, read: ReadAudio) -> Audio:
    """What lies inside ``span``, at the clips' own rate and with their own channels.

    Samples are taken as recorded: gains and fades belong to playback, so that nothing is ever
    rounded twice. Overlapping clips are added, gaps are silent. All clips have one format;
    raises ValueError otherwise, or without any clip.
    """
    clips = tuple(clips)
    formats = {(clip.asset.sample_rate_hz, clip.asset.n_channels) for clip in clips}
    if len(formats) != 1:
        raise ValueError(f"clips of one format are stitched, not of {len(formats)}")
    ((rate, n_channels),) = formats
    wanted = sample_span(span, tempo, rate)
    whole = np.zeros((n_channels, wanted.end - wanted.start), np.float32)
    filled = np.zeros(whole.shape[1], np.bool_)
    for clip in clips:
        start = clip.start_sample(tempo)
        first, last = max(start, wanted.start), min(clip.end_sample(tempo), wanted.end)
        if first >= last:
            continue
        source = clip.offset + first - start
        part = read(clip.asset).samples[:, source : source + last - first]
        place = slice(first - wanted.start, last - wanted.start)
        # Adding zero would turn -0.0 into 0.0: the first sound in a place is copied.
        whole[:, place] = np.where(filled[place], whole[:, place] + part, part)
        filled[place] = True
    return Audio(whole, rate)

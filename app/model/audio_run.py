"""Runs: stretches of the audio lane that sound without a gap, in one format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.model.clip import Clip
from engine.timebase import Samples, Span, TempoMap, Ticks, samples_at

LONGEST_GAP_S = 0.001


@dataclass(frozen=True, slots=True)
class AudioRun:
    """Clips that meet or overlap, all of one rate and number of channels, in order.

    ``span`` is what they cover, its end rounded down to a whole tick.
    """

    clips: tuple[Clip, ...]
    span: Span[Ticks]

    @property
    def sample_rate_hz(self) -> int:
        """The clips' rate."""
        return self.clips[0].asset.sample_rate_hz

    @property
    def n_channels(self) -> int:
        """The clips' channels."""
        return self.clips[0].asset.n_channels


def audio_runs(clips: Iterable[Clip], tempo: TempoMap) -> tuple[AudioRun, ...]:
    """Join clips into runs; a gap of more than a millisecond, or another format, ends a run."""
    runs: list[list[Clip]] = []
    for clip in sorted(clips, key=lambda clip: clip.seconds(tempo).start):
        if runs and _continues(runs[-1], clip, tempo):
            runs[-1].append(clip)
        else:
            runs.append([clip])
    return tuple(AudioRun(tuple(run), _covered(run, tempo)) for run in runs)


def _continues(run: list[Clip], clip: Clip, tempo: TempoMap) -> bool:
    first = run[0].asset
    if (clip.asset.sample_rate_hz, clip.asset.n_channels) != (
        first.sample_rate_hz,
        first.n_channels,
    ):
        return False
    end = max(other.end_sample(tempo) for other in run)
    return clip.start_sample(tempo) - end <= LONGEST_GAP_S * first.sample_rate_hz


def _covered(run: list[Clip], tempo: TempoMap) -> Span[Ticks]:
    end = max(clip.end_sample(tempo) for clip in run)
    start = run[0].position
    last = max(clip.span(tempo).end for clip in run)
    rate = run[0].asset.sample_rate_hz
    # Rounding to the nearest tick may overshoot the sound by half a tick.
    while last > start + 1 and samples_at(tempo.seconds_at(last), rate) > end:
        last = Ticks(last - 1)
    return Span(start, Ticks(max(last, start + 1)))


def sample_span(span: Span[Ticks], tempo: TempoMap, sample_rate_hz: int) -> Span[Samples]:
    """A span in samples from bar 1; raises ValueError where it holds none."""
    return Span(
        samples_at(tempo.seconds_at(span.start), sample_rate_hz),
        samples_at(tempo.seconds_at(span.end), sample_rate_hz),
    )

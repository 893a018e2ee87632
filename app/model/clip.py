"""The audio lane: clips, which are windows onto recordings that never change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.model.ids import AssetId, ClipId, TakeId, new_id
from app.model.lane import MAX_GAIN_DB, MIN_GAIN_DB, LaneSettings
from engine.timebase import Samples, Seconds, Span, TempoMap, Ticks, samples_at, seconds_of


@dataclass(frozen=True, slots=True)
class Asset:
    """A recording in the pool, named by the hash of its file; never edited."""

    id: AssetId
    extension: str
    sample_rate_hz: int
    n_channels: int
    n_samples: Samples

    def __post_init__(self) -> None:
        if min(self.sample_rate_hz, self.n_channels, self.n_samples) < 1:
            raise ValueError(f"a recording has samples, channels and a rate: {self}")


@dataclass(frozen=True, slots=True)
class Clip:
    """``length`` samples of a recording from ``offset`` on, starting at ``position``.

    All samples are counted at the recording's own rate. ``nudge`` shifts the start by single
    samples, so that pieces of one recording still meet exactly after a move or a new tempo.
    ``fade_in`` and ``fade_out`` are lengths. ``take_id`` tells which take it shows; None for
    imported sound.
    """

    id: ClipId
    asset: Asset
    position: Ticks
    length: Samples
    offset: Samples = Samples(0)
    nudge: Samples = Samples(0)
    gain_db: float = 0.0
    fade_in: Samples = Samples(0)
    fade_out: Samples = Samples(0)
    name: str = ""
    take_id: TakeId | None = None

    def __post_init__(self) -> None:
        if self.position < 0:
            raise ValueError(f"a clip cannot start before bar 1: {self.position}")
        if self.length < 1 or self.offset < 0 or self.offset + self.length > self.asset.n_samples:
            raise ValueError(
                f"a clip lies inside its recording of {self.asset.n_samples} samples, "
                f"not {self.offset}+{self.length}"
            )
        if self.fade_in < 0 or self.fade_out < 0 or self.fade_in + self.fade_out > self.length:
            raise ValueError(f"fades fit into the clip: {self.fade_in} + {self.fade_out}")
        if not MIN_GAIN_DB <= self.gain_db <= MAX_GAIN_DB:
            raise ValueError(f"gain lies between -60 and 12 dB, not {self.gain_db}")

    def start_sample(self, tempo: TempoMap) -> Samples:
        """Where the clip starts, in samples of its own rate from bar 1."""
        grid = samples_at(tempo.seconds_at(self.position), self.asset.sample_rate_hz)
        return Samples(grid + self.nudge)

    def end_sample(self, tempo: TempoMap) -> Samples:
        """Where the clip has ended, in samples of its own rate from bar 1."""
        return Samples(self.start_sample(tempo) + self.length)

    def seconds(self, tempo: TempoMap) -> Span[Seconds]:
        """When the clip sounds."""
        rate = self.asset.sample_rate_hz
        return Span(
            seconds_of(self.start_sample(tempo), rate), seconds_of(self.end_sample(tempo), rate)
        )

    def span(self, tempo: TempoMap) -> Span[Ticks]:
        """When the clip sounds, with its end at the nearest tick; at least one tick long."""
        end = tempo.ticks_at(self.seconds(tempo).end)
        return Span(self.position, Ticks(max(end, self.position + 1)))


@dataclass(frozen=True, slots=True)
class AudioLane:
    """Clips in order of position. Where two overlap, both sound."""

    clips: tuple[Clip, ...] = ()
    settings: LaneSettings = LaneSettings()

    def __post_init__(self) -> None:
        ids = [clip.id for clip in self.clips]
        if len(set(ids)) != len(ids):
            raise ValueError("two clips have one id")

    def clip(self, clip_id: ClipId) -> Clip:
        """The clip of that id; raises KeyError where there is none."""
        for clip in self.clips:
            if clip.id == clip_id:
                return clip
        raise KeyError(clip_id)

    def with_clips(self, clips: Iterable[Clip]) -> AudioLane:
        """The lane with other clips, sorted."""
        return replace(self, clips=tuple(sorted(clips, key=lambda clip: clip.position)))


def cut_clip(clip: Clip, span: Span[Ticks], tempo: TempoMap) -> Clip | None:
    """The part of a clip inside ``span``, or None where they share no sample.

    A cut falls on the sample nearest to its tick, so the parts of a cut clip meet exactly.
    Keeps the id; fades stay only at ends that were not cut.
    """
    rate = clip.asset.sample_rate_hz
    first, last = clip.start_sample(tempo), clip.end_sample(tempo)
    start = samples_at(tempo.seconds_at(span.start), rate)
    end = samples_at(tempo.seconds_at(span.end), rate)
    if end <= first or start >= last:
        return None
    if start <= first and end >= last:
        return clip
    length = min(end, last) - max(start, first)
    fade_in = min(clip.fade_in, length) if start <= first else 0
    fade_out = min(clip.fade_out, length - fade_in) if end >= last else 0
    return replace(
        clip,
        position=clip.position if start <= first else span.start,
        nudge=clip.nudge if start <= first else Samples(0),
        offset=Samples(clip.offset + max(0, start - first)),
        length=Samples(length),
        fade_in=Samples(fade_in),
        fade_out=Samples(fade_out),
    )


def clips_within(clips: Iterable[Clip], span: Span[Ticks], tempo: TempoMap) -> tuple[Clip, ...]:
    """The parts of clips inside ``span``, under their own ids."""
    return tuple(part for clip in clips if (part := cut_clip(clip, span, tempo)) is not None)


def carve_clips(clips: Iterable[Clip], span: Span[Ticks], tempo: TempoMap) -> tuple[Clip, ...]:
    """Make room: what lies inside ``span`` is removed, clips that reach into it are cut.

    Where a clip is left on both sides, the right part gets a new id.
    """
    kept: list[Clip] = []
    for clip in clips:
        whole = clip.span(tempo)
        if cut_clip(clip, span, tempo) is None:
            kept.append(clip)
            continue
        left = right = None
        if clip.position < span.start:
            left = cut_clip(clip, Span(clip.position, span.start), tempo)
        if whole.end > span.end:
            right = cut_clip(clip, Span(span.end, Ticks(whole.end + 1)), tempo)
        if left is not None:
            kept.append(left)
        if right is not None:
            kept.append(replace(right, id=ClipId(new_id())) if left is not None else right)
    return tuple(kept)


def shift_clips(
    clips: Iterable[Clip], tempo: TempoMap, ticks: Ticks, new_tempo: TempoMap | None = None
) -> tuple[Clip, ...]:
    """Move clips together by ``ticks``; with ``new_tempo``, re-count them there instead.

    Every clip moves by the same time, to the sample, so clips that met still meet.
    """
    target = new_tempo or tempo
    shifted: list[Clip] = []
    anchor: Seconds | None = None
    for clip in sorted(clips, key=lambda clip: clip.position):
        rate = clip.asset.sample_rate_hz
        if anchor is None:
            old, new = (
                tempo.seconds_at(clip.position),
                tempo.seconds_at(Ticks(clip.position + ticks)),
            )
            anchor = Seconds(new - old)
        start = clip.start_sample(tempo) + samples_at(anchor, rate)
        position = Ticks(max(0, target.ticks_at(seconds_of(Samples(start), rate))))
        nudge = start - samples_at(target.seconds_at(position), rate)
        shifted.append(replace(clip, position=position, nudge=Samples(nudge)))
    return tuple(shifted)

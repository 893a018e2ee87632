"""Sound of a take that is still being played: what is ready can be heard and seen at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from app.model.clip import Clip, carve_clips
from app.model.ids import ClipId, new_id
from app.model.lane import LaneSettings
from app.playback.mixdown import Voice
from app.playback.peaks import Peaks, build_peaks
from app.playback.sound_library import stereo_frames
from engine.requests import Audio
from engine.timebase import (
    Samples,
    Seconds,
    Span,
    TempoMap,
    Ticks,
    samples_at,
    samples_span,
    seconds_of,
)

EDGE_FADE_S = Seconds(0.006)
"""How fast the sound gives way where it is not ready yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of ready sound; ``start`` counts samples of its own rate from bar 1."""

    start: Samples
    audio: Audio
    peaks: Peaks

    @property
    def span(self) -> Span[Seconds]:
        """When it sounds, in seconds from bar 1."""
        rate = self.audio.sample_rate_hz
        end = Samples(self.start + self.audio.samples.shape[1])
        return Span(seconds_of(self.start, rate), seconds_of(end, rate))


@dataclass(frozen=True, slots=True, eq=False)
class GrowingSound:
    """The regions of a run, and what is ready of its first take, in order of arrival.

    ``tempo`` is the one the run plays in.
    """

    regions: tuple[Span[Ticks], ...]
    tempo: TempoMap
    pieces: tuple[Piece, ...] = ()

    @property
    def end(self) -> Ticks:
        """Where the last region ends."""
        return max(region.end for region in self.regions)

    @property
    def ready_s(self) -> float:
        """Seconds of sound that are ready."""
        return sum(piece.audio.duration for piece in self.pieces)

    @property
    def wanted_s(self) -> float:
        """Seconds of sound there will be."""
        spans = [self.tempo.seconds_span(region) for region in self.regions]
        return sum(span.end - span.start for span in spans)

    def with_piece(self, start: Samples, audio: Audio) -> GrowingSound:
        """The sound with one more piece; an empty one changes nothing."""
        if audio.samples.shape[1] == 0:
            return self
        piece = Piece(start, audio, build_peaks(audio.samples, audio.sample_rate_hz))
        return replace(self, pieces=(*self.pieces, piece))

    def stretches(self) -> tuple[tuple[Samples, Audio], ...]:
        """Pieces that follow each other without a gap, joined: first sample and sound."""
        joined: list[list[Piece]] = []
        for piece in sorted(self.pieces, key=lambda piece: piece.start):
            last = joined[-1][-1] if joined else None
            if last is not None and last.start + last.audio.samples.shape[1] == piece.start:
                joined[-1].append(piece)
            else:
                joined.append([piece])
        return tuple(
            (
                run[0].start,
                Audio(
                    np.concatenate([piece.audio.samples for piece in run], axis=1),
                    run[0].audio.sample_rate_hz,
                ),
            )
            for run in joined
        )


def voices_of(growing: GrowingSound, sample_rate_hz: int, settings: LaneSettings) -> list[Voice]:
    """What is ready, as voices at the device's rate; they fade out where more is to come."""
    voices = []
    borders = _borders(growing)
    for start, audio in growing.stretches():
        rate = audio.sample_rate_hz
        end = seconds_of(Samples(start + audio.samples.shape[1]), rate)
        place = samples_span(Span(seconds_of(start, rate), end), sample_rate_hz)
        length = place.end - place.start
        fade = 0 if _is_border(end, borders) else samples_at(EDGE_FADE_S, sample_rate_hz)
        voices.append(
            Voice(
                frames=stereo_frames(audio, sample_rate_hz),
                start=place.start,
                length=Samples(length),
                gain_db=settings.gain_db,
                pan=settings.pan,
                fade_out=Samples(min(fade, length)),
            )
        )
    return voices


def clips_around(growing: GrowingSound, clips: Iterable[Clip]) -> tuple[Clip, ...]:
    """The clips, making room for what is ready; they fade in again where it is not."""
    clips, tempo = tuple(clips), growing.tempo
    borders = _borders(growing)
    for start, audio in growing.stretches():
        rate = audio.sample_rate_hz
        end = seconds_of(Samples(start + audio.samples.shape[1]), rate)
        first = tempo.ticks_at(seconds_of(start, rate))
        span = Span(first, Ticks(max(first + 1, tempo.ticks_at(end))))
        clips = carve_clips(clips, span, tempo)
        if not _is_border(end, borders):
            clips = tuple(_fading_in(clip) if clip.position == span.end else clip for clip in clips)
    return clips


def _fading_in(clip: Clip) -> Clip:
    fade = samples_at(EDGE_FADE_S, clip.asset.sample_rate_hz)
    most = clip.length - clip.fade_out
    return replace(clip, id=ClipId(new_id()), fade_in=Samples(min(max(clip.fade_in, fade), most)))


def _borders(growing: GrowingSound) -> list[float]:
    return [growing.tempo.seconds_at(region.end) for region in growing.regions]


def _is_border(end: Seconds, borders: list[float]) -> bool:
    """Whether the sound is complete up to a region's end: it meets what follows exactly there."""
    return any(abs(end - border) < EDGE_FADE_S / 4 for border in borders)

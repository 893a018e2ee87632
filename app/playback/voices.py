"""Which sounds a project makes: clips, sketches of the lanes, and the metronome."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

import numpy as np

from app.model.clip import Asset, Clip
from app.model.ids import TakeId
from app.model.lane import CONDITION_LANES, MIN_GAIN_DB, LaneId, LaneSettings
from app.model.project import Project
from app.model.take import TakeGroup
from app.playback.growing_sound import GrowingSound, clips_around, voices_of
from app.playback.mixdown import Stereo, Voice, is_audible
from engine.timebase import Samples, Seconds, Span, TempoMap, Ticks, samples_at

FramesOf = Callable[[Asset], Stereo]
SketchOf = Callable[[LaneId], Stereo | None]
"""A lane played by the built-in sounds from bar 1 on; None where it is empty."""

JOINT_FADE_S = Seconds(0.004)
CLICK_S = 0.03
SOFTEST_DB = -50.0


class Listening(Enum):
    """What is heard: everything, the lanes as the engine gets them, or only what a take changed."""

    MIX = auto()
    CONDITION = auto()
    DIFFERENCE = auto()


@dataclass(frozen=True, slots=True)
class Sources:
    """Where sounds come from, all at ``sample_rate_hz``."""

    sample_rate_hz: int
    frames_of: FramesOf
    sketch_of: SketchOf


def project_voices(
    project: Project,
    sources: Sources,
    listening: Listening = Listening.MIX,
    growing: GrowingSound | None = None,
    *,
    is_level_matched: bool = False,
) -> tuple[Voice, ...]:
    """Everything that sounds. A lane's sketch steps back where the audio lane plays.

    A soloed lane does not step back: whoever solos it wants to hear it. What is ready of a take
    that is still ``growing`` is heard instead of the clips in its place. ``is_level_matched``
    plays the takes of each region as loud as the softest of them, to compare them fairly.
    """
    if listening is Listening.DIFFERENCE:
        return _difference_voices(project, sources)
    any_solo = any(project.settings(lane).is_solo for lane in LaneId)
    voices: list[Voice] = []
    covered: list[Span[Samples]] = []
    audio = project.audio.settings
    if listening is Listening.MIX and is_audible(audio.is_muted, audio.is_solo, any_solo):
        clips = project.audio.clips
        if growing is not None:
            clips = clips_around(growing, clips)
            voices += voices_of(growing, sources.sample_rate_hz, audio)
        if is_level_matched:
            clips = level_matched(clips, project.take_groups)
        voices += _clip_voices(clips, project, sources, audio)
        covered = [Span(voice.start, voice.end) for voice in voices]
    for lane in CONDITION_LANES:
        settings = project.settings(lane)
        if not is_audible(settings.is_muted, settings.is_solo, any_solo):
            continue
        if listening is Listening.CONDITION and not settings.is_on:
            continue
        sketch = sources.sketch_of(lane)
        if sketch is not None:
            around = [] if settings.is_solo else covered
            voices += _sketch_voices(sketch, settings, around, sources.sample_rate_hz)
    return tuple(voices)


def level_matched(clips: Iterable[Clip], groups: Iterable[TakeGroup]) -> tuple[Clip, ...]:
    """The clips, those of takes brought down to the softest take of their region.

    Takes that are almost silent, or whose level is not known, are left out of the comparison.
    """
    gains: dict[TakeId, float] = {}
    for group in groups:
        levels = {
            take.id: take.level_db
            for take in group.takes
            if not take.is_binned and take.level_db is not None and take.level_db > SOFTEST_DB
        }
        for take_id, level in levels.items():
            gains[take_id] = min(levels.values()) - level
    return tuple(
        replace(clip, gain_db=max(MIN_GAIN_DB, clip.gain_db + gains[clip.take_id]))
        if clip.take_id in gains
        else clip
        for clip in clips
    )


def click_voices(tempo: TempoMap, end: Ticks, sample_rate_hz: int) -> tuple[Voice, ...]:
    """The metronome: one click per beat up to ``end``, higher on the first beat of a bar."""
    low, high = _click(1_000.0, sample_rate_hz), _click(1_600.0, sample_rate_hz)
    voices = []
    for beat, position in enumerate(range(0, end, tempo.meter.beat_ticks)):
        frames = high if beat % tempo.meter.beats == 0 else low
        start = samples_at(tempo.seconds_at(Ticks(position)), sample_rate_hz)
        voices.append(Voice(frames, start, Samples(len(frames))))
    return tuple(voices)


def _clip_voices(
    clips: Iterable[Clip], project: Project, sources: Sources, settings: LaneSettings
) -> list[Voice]:
    return [
        _clip_voice(clip, project.tempo, sources, settings.gain_db, settings.pan) for clip in clips
    ]


def _clip_voice(clip: Clip, tempo: TempoMap, sources: Sources, gain_db: float, pan: float) -> Voice:
    own_hz, out_hz = clip.asset.sample_rate_hz, sources.sample_rate_hz

    def at_output(samples: int) -> Samples:
        return Samples(round(samples * out_hz / own_hz))

    start = clip.start_sample(tempo)
    # Ends are rounded, not lengths, so that clips which meet still meet at the output's rate.
    first, last = at_output(start), at_output(start + clip.length)
    return Voice(
        frames=sources.frames_of(clip.asset),
        start=first,
        length=Samples(last - first),
        offset=at_output(clip.offset),
        gain_db=clip.gain_db + gain_db,
        pan=pan,
        fade_in=at_output(clip.fade_in),
        fade_out=at_output(clip.fade_out),
    )


def _sketch_voices(
    sketch: Stereo, settings: LaneSettings, covered: list[Span[Samples]], sample_rate_hz: int
) -> list[Voice]:
    fade = samples_at(JOINT_FADE_S, sample_rate_hz)
    return [
        Voice(
            frames=sketch,
            start=gap.start,
            length=Samples(gap.end - gap.start),
            offset=gap.start,
            gain_db=settings.gain_db,
            pan=settings.pan,
            fade_in=fade if gap.start > 0 else Samples(0),
            fade_out=fade if gap.end < len(sketch) else Samples(0),
        )
        for gap in gaps_between(covered, len(sketch))
    ]


def gaps_between(covered: list[Span[Samples]], end: int) -> list[Span[Samples]]:
    """The stretches of ``[0, end)`` that no span covers."""
    gaps, position = [], 0
    for span in sorted(covered, key=lambda span: span.start):
        if span.start > position:
            gaps.append(Span(Samples(position), Samples(min(span.start, end))))
        position = max(position, span.end)
        if position >= end:
            return gaps
    if position < end:
        gaps.append(Span(Samples(position), Samples(end)))
    return gaps


def _difference_voices(project: Project, sources: Sources) -> tuple[Voice, ...]:
    """The takes being heard, minus what lay there before them."""
    heard = [clip for clip in project.audio.clips if clip.take_id is not None]
    settings = LaneSettings()
    voices = _clip_voices(heard, project, sources, settings)
    for group in project.take_groups:
        if group.heard is not None:
            before = _clip_voices(group.original, project, sources, settings)
            voices += [replace(voice, frames=-voice.frames) for voice in before]
    return tuple(voices)


@lru_cache(maxsize=8)
def _click(frequency_hz: float, sample_rate_hz: int) -> Stereo:
    time = np.arange(round(CLICK_S * sample_rate_hz)) / sample_rate_hz
    wave = 0.35 * np.sin(2 * np.pi * frequency_hz * time) * np.exp(-time / 0.006)
    return np.repeat(wave.astype(np.float32)[:, np.newaxis], 2, axis=1)

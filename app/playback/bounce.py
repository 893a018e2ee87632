"""Writing what is heard to a file, faster than real time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.model.lane import LaneId
from app.model.project import Project
from app.playback.mixdown import Stereo, mix_block
from app.playback.program_writer import BLOCK_S, blocks_from
from app.playback.sound_library import SoundLibrary, stereo_frames
from app.playback.voices import Sources, project_voices
from engine.audio.files import write_audio
from engine.requests import Audio
from engine.timebase import Samples, Seconds, Span, Ticks, samples_at, samples_span

Sketches = Mapping[LaneId, Audio]
"""The sound of each lane that is not empty, from bar 1 on."""
OnProgress = Callable[[int, int], bool]
"""Blocks done, blocks in all; False cancels."""

CEILING = 10.0 ** (-0.3 / 20.0)
"""Where normalising puts the highest peak: -0.3 dBFS."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What to write. ``encoding`` as in ``engine.audio.files``; None takes the container's own.

    ``lane`` None is the mix; else that lane alone, whatever is muted. ``tail`` is added
    after the span.
    """

    span: Span[Ticks]
    sample_rate_hz: int
    encoding: str | None = None
    lane: LaneId | None = None
    tail: Seconds = Seconds(0.0)
    is_normalised: bool = False


def bounce(
    project: Project,
    library: SoundLibrary,
    sketches: Sketches,
    wanted: Bounce,
    on_progress: OnProgress = lambda _done, _total: True,
) -> Stereo | None:
    """The sound ``[N, 2]`` of a project's span; None where it was cancelled.

    Raises ``EngineError`` where a recording is missing.
    """
    rate = wanted.sample_rate_hz
    if wanted.lane is not None:
        project = _with_lane_alone(project, wanted.lane)
    sources = Sources(
        rate,
        lambda asset: library.frames(asset, rate),
        lambda lane: _sketch(sketches.get(lane), rate),
    )
    voices = project_voices(project, sources)
    inside = samples_span(project.tempo.seconds_span(wanted.span), rate)
    n_samples = inside.end - inside.start + samples_at(wanted.tail, rate)
    sound: Stereo = np.zeros((n_samples, 2), np.float32)
    blocks = tuple(blocks_from(0, n_samples, round(BLOCK_S * rate)))
    for done, block in enumerate(blocks):
        if not on_progress(done, len(blocks)):
            return None
        on_line = Span(Samples(block.start + inside.start), Samples(block.end + inside.start))
        sound[block.start : block.end] = mix_block(voices, on_line, project.mix.master_gain_db)
    if wanted.is_normalised and (peak := float(np.abs(sound).max(initial=0.0))) > 0.0:
        sound *= CEILING / peak
    return sound


def write_bounce(path: Path, sound: Stereo, wanted: Bounce) -> None:
    """Save a bounced sound; the ending chooses the container. Whole or not at all.

    Raises ``EngineError``.
    """
    samples = np.ascontiguousarray(sound.T)
    write_audio(path, Audio(samples, wanted.sample_rate_hz), wanted.encoding)


def _with_lane_alone(project: Project, lane: LaneId) -> Project:
    for other in LaneId:
        settings = project.settings(other)
        plain = replace(settings, is_muted=False, is_solo=other is lane)
        project = project.with_settings(other, plain)
    return project


def _sketch(audio: Audio | None, sample_rate_hz: int) -> Stereo | None:
    return None if audio is None else stereo_frames(audio, sample_rate_hz)

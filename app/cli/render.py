"""``inlay render``: what is heard of a project, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.errors import BadInput

if TYPE_CHECKING:
    from app.model.project import Project
    from app.storage.audio_pool import AudioPool
    from engine.requests import Audio

LANES_RATE_HZ = 44_100
"""Rate of a project without recordings."""


def render(
    folder: Annotated[Path, typer.Argument(metavar="PROJECT", help="A folder NAME.inlay.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    midi: Annotated[Path | None, typer.Option(help="Also write the lanes as MIDI.")] = None,
) -> None:
    """Mix a project as it is heard: clips, and the lanes where no clip plays."""
    from app.cli.output import check_place, check_sound_place
    from app.interchange.midi_out import write_midi
    from app.storage.audio_pool import AudioPool
    from app.storage.project_file import read_project
    from app.storage.project_folder import AUDIO_NAME
    from engine.audio.files import write_audio, write_bytes_whole

    check_sound_place(output)
    if midi is not None:
        check_place(midi)
    project = read_project(folder).project
    if project.end == 0:
        raise BadInput(f"“{folder.name}” is empty: there is nothing to hear.")
    pool = AudioPool(folder / AUDIO_NAME)
    if missing := pool.missing(project):
        raise BadInput(
            f"“{folder.name}” lacks {len(missing)} of its recordings, such as "
            f"{pool.path(missing[0]).name}.",
            "Open it in the studio to say where they are.",
        )
    write_audio(output, mix(project, pool))
    if midi is not None:
        write_bytes_whole(midi, write_midi(project))
    typer.echo(output)


def mix(project: Project, pool: AudioPool) -> Audio:
    """The project in stereo, at the highest rate of its recordings."""
    import numpy as np

    from app.model.lane import LaneId
    from app.model.performance import perform
    from app.playback.mixdown import Stereo, mix_block
    from app.playback.sound_library import SoundLibrary
    from app.playback.voices import Sources, project_voices
    from engine.requests import Audio
    from engine.synthesis.sketch import sketch
    from engine.synthesis.voice import open_voice
    from engine.timebase import Samples, Span, Ticks, samples_at

    rate = max((clip.asset.sample_rate_hz for clip in project.audio.clips), default=LANES_RATE_HZ)
    score = perform(project, Span(Ticks(0), project.end))
    filled = {
        LaneId.CHORDS: bool(score.chords),
        LaneId.DRUMS: bool(score.drums),
        LaneId.NOTES: bool(score.notes),
    }
    library = SoundLibrary(pool.read)
    voice = open_voice(rate)

    def sketch_of(lane: LaneId) -> Stereo | None:
        if not filled[lane]:
            return None
        samples = sketch(
            score,
            voice,
            chords=lane is LaneId.CHORDS,
            notes=lane is LaneId.NOTES,
            drums=lane is LaneId.DRUMS,
        )
        return np.ascontiguousarray(samples.T)

    try:
        sources = Sources(rate, lambda asset: library.frames(asset, rate), sketch_of)
        voices = project_voices(project, sources)
    finally:
        voice.close()
    whole = Span(Samples(0), samples_at(project.tempo.seconds_at(project.end), rate))
    return Audio(np.ascontiguousarray(mix_block(voices, whole, project.mix.master_gain_db).T), rate)

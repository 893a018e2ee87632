"""``inlay analyze``: what is heard in a recording."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli.session import session_of
from engine.events import Analysis


def analyze(
    context: typer.Context,
    recording: Annotated[Path, typer.Argument(metavar="IN", help="The recording.")],
    as_json: Annotated[bool, typer.Option("--json", help="All of it, as JSON.")] = False,
) -> None:
    """Hear chords, beats, tempo, key and level of a recording.

    Chords are printed as .lab lines: start and end in seconds and the chord in Harte's grammar.
    """
    from engine.audio.files import read_audio

    analysis = session_of(context).listen(read_audio(recording))
    typer.echo(json.dumps(as_data(analysis), indent=2) if as_json else as_text(analysis))


def as_text(analysis: Analysis) -> str:
    """Lines that start with ``#`` for everything but the chords, then the chords as .lab."""
    beats = " ".join(f"{time:.3f}" for time in analysis.beats)
    lines = [
        f"# tempo {analysis.tempo_bpm:.2f} bpm",
        f"# key {analysis.key}",
        f"# level {analysis.level_db:.1f} dBFS, peak {analysis.peak_db:.1f} dBFS",
        f"# beats {beats}",
    ]
    lines += [
        f"{chord.span.start:.3f}\t{chord.span.end:.3f}\t{chord.label}" for chord in analysis.chords
    ]
    return "\n".join(lines)


def as_data(analysis: Analysis) -> dict[str, Any]:
    """The analysis in plain lists and numbers; times in seconds."""
    return {
        "tempo_bpm": analysis.tempo_bpm,
        "key": analysis.key,
        "level_db": analysis.level_db,
        "peak_db": analysis.peak_db,
        "chords": [
            {"start": chord.span.start, "end": chord.span.end, "label": chord.label}
            for chord in analysis.chords
        ],
        "beats": list(analysis.beats),
        "downbeats": list(analysis.downbeats),
        "drum_onsets": {name: list(times) for name, times in analysis.drum_onsets.items()},
    }

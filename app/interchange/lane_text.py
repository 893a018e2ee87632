"""Notes and drum steps as plain text, for the clipboard and for other programs.

One line each, by tabs: position (``bar.beat`` or ``bar.beat.ticks``), then for a note its pitch,
length in beats and velocity, and for a step its MIDI key, the row's name and velocity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.model.drum_hit import DrumHit, DrumRow
from app.model.note import Note
from app.model.note_name import pitch_name, read_pitch
from app.model.region import describe_position
from engine.timebase import Span, TempoMap, Ticks

MOST_LINES = 20_000
_POSITION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?$")


def write_notes(notes: Iterable[Note], tempo: TempoMap, key: str) -> str:
    """One line per note; reading it back gives the same notes, unmuted and unlinked."""
    beat = tempo.meter.beat_ticks
    return "".join(
        f"{describe_position(note.span.start, tempo)}\t{pitch_name(note.pitch, key)}\t"
        f"{(note.span.end - note.span.start) / beat!r}\t{note.velocity}\n"
        for note in sorted(notes, key=lambda note: note.order)
    )


def write_hits(hits: Iterable[DrumHit], rows: Iterable[DrumRow], tempo: TempoMap) -> str:
    """One line per step; reading it back gives the same steps."""
    names = {row.pitch: row.name for row in rows}
    return "".join(
        f"{describe_position(hit.time, tempo)}\t{hit.pitch}\t{names[hit.pitch]}\t{hit.velocity}\n"
        for hit in sorted(hits, key=lambda hit: hit.order)
    )


def read_lanes(text: str, tempo: TempoMap) -> tuple[Note, ...] | tuple[DrumHit, ...]:
    """Notes or steps, whichever the lines are; empty where the text is neither."""
    lines = [line.split("\t") for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES:
        return ()
    try:
        if all(len(line) == 4 and line[1].isdigit() for line in lines):
            return tuple(
                DrumHit(_position(line[0], tempo), int(line[1]), int(line[3])) for line in lines
            )
        return tuple(_note(line, tempo) for line in lines)
    except ValueError:
        return ()


def _note(line: list[str], tempo: TempoMap) -> Note:
    position, pitch, beats, velocity = line
    start = _position(position, tempo)
    length = max(1, round(float(beats) * tempo.meter.beat_ticks))
    return Note(Span(start, Ticks(start + length)), read_pitch(pitch), int(velocity))


def _position(text: str, tempo: TempoMap) -> Ticks:
    match = _POSITION.match(text.strip())
    if match is None:
        raise ValueError(f"not a position: {text!r}")
    return tempo.ticks_of_position(*(int(part) for part in match.groups("0")))

"""A piece of the corpus and the JSON file that holds the whole truth about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.score import Chord, DrumHit, Note, Score
from engine.timebase import Meter, Seconds, Span

DRUMS = "drums"
FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One player: ``role`` in the band, instrument in words, General MIDI program (of a drum
    part: the kit; its hits are the score's)."""

    role: str
    instrument: str
    program: int
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the form: intro, verse, chorus, break or outro."""

    name: str
    span: Span[Seconds]


@dataclass(frozen=True, slots=True)
class Piece:
    """A composed piece. ``key`` is a Harte label such as ``A:min``; ``score.notes`` are the
    notes of all parts in order of time."""

    seed: int
    style: str
    key: str
    score: Score
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    moods: tuple[str, ...]
    captions: tuple[str, ...]

    @property
    def has_drums(self) -> bool:
        """Whether anyone plays drums."""
        return any(part.role == DRUMS for part in self.parts)

    def part(self, role: str) -> Part | None:
        """The player of a role, or None where nobody plays it."""
        return next((part for part in self.parts if part.role == role), None)


def notes_in_order(parts: tuple[Part, ...]) -> tuple[Note, ...]:
    """All notes of all parts, by start and then pitch."""
    notes = [note for part in parts for note in part.notes]
    return tuple(sorted(notes, key=lambda note: (note.span.start, note.pitch, note.span.end)))


def save_piece(piece: Piece, path: Path) -> None:
    """Write the truth as JSON; times in seconds."""
    score = piece.score
    document = {
        "version": FORMAT_VERSION,
        "seed": piece.seed,
        "style": piece.style,
        "key": piece.key,
        "tempo_bpm": score.tempo_bpm,
        "meter": str(score.meter),
        "duration": score.duration,
        "first_downbeat": score.first_downbeat,
        "moods": piece.moods,
        "captions": piece.captions,
        "sections": [[part.span.start, part.span.end, part.name] for part in piece.sections],
        "chords": [[chord.span.start, chord.span.end, chord.label] for chord in score.chords],
        "drums": [[hit.time, hit.pitch, hit.velocity] for hit in score.drums],
        "parts": [
            {
                "role": part.role,
                "instrument": part.instrument,
                "program": part.program,
                "notes": [
                    [note.span.start, note.span.end, note.pitch, note.velocity]
                    for note in part.notes
                ],
            }
            for part in piece.parts
        ],
    }
    path.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")


def load_piece(path: Path) -> Piece:
    """Read what ``save_piece`` wrote.

    Raises:
        ValueError: if the file is not a piece of this format.
    """
    document: Any = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.get("version") != FORMAT_VERSION:
        raise ValueError(f"{path} is not a piece of format {FORMAT_VERSION}")
    parts = tuple(
        Part(
            entry["role"], entry["instrument"], entry["program"],
            tuple(Note(Span(start, end), pitch, velocity)
                  for start, end, pitch, velocity in entry["notes"]),
        )
        for entry in document["parts"]
    )  # fmt: skip
    score = Score(
        duration=Seconds(document["duration"]),
        tempo_bpm=document["tempo_bpm"],
        meter=Meter.parse(document["meter"]),
        first_downbeat=Seconds(document["first_downbeat"]),
        chords=tuple(Chord(Span(start, end), label) for start, end, label in document["chords"]),
        notes=notes_in_order(parts),
        drums=tuple(DrumHit(time, pitch, velocity) for time, pitch, velocity in document["drums"]),
    )
    return Piece(
        seed=document["seed"],
        style=document["style"],
        key=document["key"],
        score=score,
        parts=parts,
        sections=tuple(
            Section(name, Span(start, end)) for start, end, name in document["sections"]
        ),
        moods=tuple(document["moods"]),
        captions=tuple(document["captions"]),
    )

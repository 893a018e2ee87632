"""The material given for each lane: a lead sheet, a drum pattern, or a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import typer

from app.cli.controls import ControlOptions, sentence
from app.interchange.lab import read_lab
from app.interchange.midi_in import read_midi
from app.model.chord_block import ChordLane
from app.model.drum_hit import DrumLane
from app.model.drum_pattern import PATTERNS, pattern_hits
from app.model.lead_sheet import Reading, read_lead_sheet
from app.model.performance import perform_chords, perform_drums, perform_notes
from engine.errors import BadInput
from engine.score import Score, bars_duration
from engine.timebase import Meter, Span, TempoMap, Ticks

PATTERN_BARS = 2
"""Patterns vary over pairs of bars."""
MIDI_SUFFIXES = (".mid", ".midi")
DEFAULT_BPM = 120.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One lane: a score that holds it alone and is as long as the material.

    ``repeats``: it starts over until the music ends, as lead sheets and drum patterns do;
    files are played once. ``sets_length``: where no length is asked for, it counts.
    """

    score: Score
    repeats: bool
    sets_length: bool = True


def parts_of(controls: ControlOptions, tempo: TempoMap) -> tuple[Part, ...]:
    """The lanes that were given; raises ``BadInput`` for what cannot be read."""
    parts = []
    if controls.chords is not None:
        parts.append(_chords(controls.chords, tempo))
    if controls.drums is not None:
        parts.append(_drums(controls.drums, tempo))
    if controls.notes is not None:
        parts.append(_notes(controls.notes, tempo))
    return tuple(parts)


def tempo_of(controls: ControlOptions) -> TempoMap:
    """Tempo and meter as given, else those of the MIDI files, else 120 in 4/4.

    Raises ``BadInput`` for absurd ones.
    """
    songs = [read_midi(path) for path in _midi_files(controls)]
    bpm = [controls.bpm, *(song.tempo_bpm for song in songs), DEFAULT_BPM]
    try:
        meter = [
            Meter.parse(controls.meter) if controls.meter else None,
            *(song.meter for song in songs),
            Meter(),
        ]
        return TempoMap(_first(bpm), _first(meter))
    except ValueError as error:
        raise BadInput(f"{sentence(error)}.") from error


def _first(values: Iterable[T | None]) -> T:
    return next(value for value in values if value is not None)


def _midi_files(controls: ControlOptions) -> list[Path]:
    given = [controls.notes, Path(controls.drums) if controls.drums is not None else None]
    return [path for path in given if path is not None and _is_midi(path)]


def _is_midi(path: Path) -> bool:
    return path.suffix.lower() in MIDI_SUFFIXES


def _chords(given: str, tempo: TempoMap) -> Part:
    if given.lower().endswith(".lab"):
        return _lab(Path(given))
    try:
        sheet = read_lead_sheet(given, tempo.meter)
    except ValueError as error:
        raise BadInput(f"The chords cannot be read: {error}.") from error
    if sheet.errors:
        wrong = sheet.errors[0]
        hint = f"Did you mean {wrong.suggestion}?" if wrong.suggestion else ""
        raise BadInput(f"“{wrong.text}” is not a chord.", hint)
    if not sheet.bars:
        raise BadInput("There are no chords in --chords.", "Leave it out to play freely.")
    if sheet.reading is Reading.SINGLE_BAR:
        typer.echo(
            f"The chords are read as {sheet.explanation}; "
            f"for one chord per bar write '{sheet.alternative}'.",
            err=True,
        )
    n_bars = len(sheet.bars)
    span = Span(Ticks(0), Ticks(n_bars * tempo.meter.bar_ticks))
    chords = perform_chords(ChordLane(sheet.blocks(tempo.meter)), tempo, span)
    return Part(Score(bars_duration(n_bars, tempo), chords=chords), repeats=True)


def _lab(path: Path) -> Part:
    chords = read_lab(path)
    if not chords:
        raise BadInput(f"“{path.name}” holds no chords.")
    return Part(Score(chords[-1].span.end, chords=chords), repeats=False)


def _drums(given: str, tempo: TempoMap) -> Part:
    if _is_midi(Path(given)):
        return _drum_file(Path(given), tempo)
    if given not in PATTERNS:
        if Path(given).suffix:
            raise BadInput(f"“{given}” cannot be the drums.", "Give a preset or a .mid file.")
        raise BadInput(f"There is no drum preset “{given}”.", f"There are {', '.join(PATTERNS)}.")
    hits = pattern_hits(given, tempo.meter, PATTERN_BARS)
    span = Span(Ticks(0), Ticks(PATTERN_BARS * tempo.meter.bar_ticks))
    drums = perform_drums(DrumLane().with_hits(hits), tempo, span)
    score = Score(bars_duration(PATTERN_BARS, tempo), drums=drums)
    return Part(score, repeats=True, sets_length=False)


def _drum_file(path: Path, tempo: TempoMap) -> Part:
    hits = read_midi(path).hits
    if not hits:
        raise BadInput(f"“{path.name}” has no drums.", "Drums are what is on channel 10.")
    span = Span(Ticks(0), Ticks(hits[-1].time + 1))
    drums = perform_drums(DrumLane().with_hits(hits), tempo, span)
    return Part(Score(tempo.seconds_at(span.end), drums=drums), repeats=False)


def _notes(path: Path, tempo: TempoMap) -> Part:
    song = read_midi(path)
    if song.note:
        typer.echo(f"{path.name}: {song.note}", err=True)
    if not song.notes:
        raise BadInput(f"“{path.name}” has no pitched notes.", "Drums belong to --drums.")
    span = Span(Ticks(0), max(note.span.end for note in song.notes))
    notes = perform_notes(song.notes, tempo, span)
    return Part(Score(tempo.seconds_at(span.end), notes=notes), repeats=False)

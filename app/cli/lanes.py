"""The material given for each lane: a lead sheet, a drum pattern, or a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from app.cli.controls import ControlOptions
from app.model.chord_block import ChordLane
from app.model.drum_hit import DrumLane
from app.model.drum_pattern import PATTERNS, pattern_hits
from app.model.lead_sheet import Reading, read_lead_sheet
from app.model.performance import perform_chords, perform_drums
from engine.errors import BadInput
from engine.score import Score, bars_duration
from engine.timebase import Span, TempoMap, Ticks

PATTERN_BARS = 2
"""Patterns vary over pairs of bars."""
MIDI_SUFFIXES = (".mid", ".midi")


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


def _chords(given: str, tempo: TempoMap) -> Part:
    if given.lower().endswith(".lab"):
        raise BadInput(".lab files cannot be read yet.", "Write the chords as text.")
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


def _drums(given: str, tempo: TempoMap) -> Part:
    if given.lower().endswith(MIDI_SUFFIXES):
        raise BadInput("MIDI files cannot be read yet.", "Give a preset.")
    if given not in PATTERNS:
        if Path(given).suffix:
            raise BadInput(f"“{given}” cannot be the drums.", "Give a preset or a .mid file.")
        raise BadInput(f"There is no drum preset “{given}”.", f"There are {', '.join(PATTERNS)}.")
    hits = pattern_hits(given, tempo.meter, PATTERN_BARS)
    span = Span(Ticks(0), Ticks(PATTERN_BARS * tempo.meter.bar_ticks))
    drums = perform_drums(DrumLane().with_hits(hits), tempo, span)
    score = Score(bars_duration(PATTERN_BARS, tempo), drums=drums)
    return Part(score, repeats=True, sets_length=False)


def _notes(given: Path, tempo: TempoMap) -> Part:
    raise BadInput(f"{given}: MIDI files cannot be read yet.")

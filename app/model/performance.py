"""The lanes as they are played: a ``Score`` in seconds, with swing, nudges and mutes applied."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.chord_block import ChordBlock, ChordLane
from app.model.chord_symbol import harte_of
from app.model.drum_hit import DrumHit, DrumLane
from app.model.note import Note
from app.model.project import Project
from engine.harmony import NO_CHORD
from engine.score import Chord, Score
from engine.score import DrumHit as ScoreHit
from engine.score import Note as ScoreNote
from engine.timebase import Seconds, Span, TempoMap, Ticks


def perform(project: Project, span: Span[Ticks]) -> Score:
    """What lies inside ``span``, in seconds from its start.

    Chords and notes reaching over an end are cut there. Gaps between chords, unknown text and
    ``N.C.`` are chords labelled ``N``, so the score's chords cover ``span`` without a gap,
    except that an empty chord lane gives none. Muted notes and rows are left out; a solo row
    silences the others. Lane switches are not looked at.
    """
    tempo = project.tempo
    start = tempo.seconds_at(span.start)
    return Score(
        duration=Seconds(tempo.seconds_at(span.end) - start),
        tempo_bpm=tempo.tempo_bpm,
        meter=tempo.meter,
        first_downbeat=Seconds(tempo.seconds_at(_next_bar(span.start, tempo)) - start),
        chords=perform_chords(project.chords, tempo, span),
        notes=perform_notes(project.notes.notes, tempo, span),
        drums=perform_drums(project.drums, tempo, span),
    )


def perform_chords(lane: ChordLane, tempo: TempoMap, span: Span[Ticks]) -> tuple[Chord, ...]:
    """Chords inside ``span`` in seconds from its start; gaps are ``N``, an empty lane is empty."""
    if not lane.blocks:
        return ()
    blocks = lane.within(span)
    labelled: list[tuple[Ticks, Ticks, str]] = []
    position = span.start
    for block in blocks:
        start, end = max(block.span.start, span.start), min(block.span.end, span.end)
        if start > position:
            labelled.append((position, start, NO_CHORD))
        labelled.append((start, end, harte_of(block.text, lane.has_german_names)))
        position = end
    if position < span.end:
        labelled.append((position, span.end, NO_CHORD))
    return tuple(
        Chord(_from_start(Span(first, last), tempo, span.start), label)
        for first, last, label in labelled
    )


def perform_notes(
    notes: Iterable[Note], tempo: TempoMap, span: Span[Ticks]
) -> tuple[ScoreNote, ...]:
    """Notes inside ``span`` in seconds from its start; muted ones are left out."""
    played = []
    for note in notes:
        cut = note.span.intersection(span)
        if cut is not None and not note.is_muted:
            seconds = _from_start(cut, tempo, span.start)
            played.append(ScoreNote(seconds, note.pitch, note.velocity))
    return tuple(played)


def perform_drums(lane: DrumLane, tempo: TempoMap, span: Span[Ticks]) -> tuple[ScoreHit, ...]:
    """Strokes of ``span`` in seconds from its start, in order, with swing and row nudges.

    A nudge never carries a stroke over an end of ``span``.
    """
    start, end = tempo.seconds_at(span.start), tempo.seconds_at(span.end)
    rows = {row.pitch: row for row in lane.rows}
    has_solo = any(row.is_solo for row in lane.rows)
    played = []
    for hit in lane.within(span):
        row = rows[hit.pitch]
        if row.is_muted or (has_solo and not row.is_solo):
            continue
        late = tempo.seconds_at(Ticks(hit.time + swing_delay(hit, lane)))
        time = late + row.nudge_ms / 1000.0 - start
        last = (end - start) * (1 - 1e-9)
        played.append(ScoreHit(Seconds(min(max(time, 0.0), last)), hit.pitch, hit.velocity))
    return tuple(sorted(played, key=lambda hit: (hit.time, hit.pitch)))


def swing_delay(hit: DrumHit, lane: DrumLane) -> Ticks:
    """How much later a stroke is played: only those on every second swing step are delayed."""
    step = lane.swing_step
    if hit.time % (2 * step) != step:
        return Ticks(0)
    return Ticks(round((lane.swing_percent - 50.0) / 50.0 * step))


def score_of_blocks(
    blocks: tuple[ChordBlock, ...], tempo: TempoMap, german_names: bool = False
) -> tuple[Chord, ...]:
    """Chord blocks as the engine's chords, in seconds from bar 1, up to the last block's end."""
    if not blocks:
        return ()
    lane = ChordLane(blocks=blocks, has_german_names=german_names)
    return perform_chords(lane, tempo, Span(Ticks(0), blocks[-1].span.end))


def _next_bar(position: Ticks, tempo: TempoMap) -> Ticks:
    bar_ticks = tempo.meter.bar_ticks
    return Ticks(-(-position // bar_ticks) * bar_ticks)


def _from_start(span: Span[Ticks], tempo: TempoMap, start: Ticks) -> Span[Seconds]:
    origin = tempo.seconds_at(start)
    return Span(
        Seconds(tempo.seconds_at(span.start) - origin), Seconds(tempo.seconds_at(span.end) - origin)
    )

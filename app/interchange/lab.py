"""Chord labels as ``.lab``: per line start and end in seconds and a Harte label, by tabs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.model.chord_block import MAX_CHORD_TEXT, ChordBlock
from app.model.chord_symbol import harte_of, symbol_of_harte
from engine.errors import BadInput
from engine.harmony import UnknownChord, parse_harte
from engine.score import Chord
from engine.timebase import Seconds, Span, TempoMap, Ticks

LARGEST_BYTES = 4 * 1024 * 1024
MOST_LINES = 20_000
LONGEST_S = 24 * 3600.0


def read_lab(path: Path) -> tuple[Chord, ...]:
    """The chords of a file; raises ``BadInput`` with the line where it is not such a file."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInput(f"“{path.name}” is too large to be a list of chords.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"“{path.name}” is not a text file.", "Choose a .lab file.") from error
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error
    return parse_lab(text, path.name)


def parse_lab(text: str, name: str = "The text") -> tuple[Chord, ...]:
    """The chords of a file's text. Empty lines and lines that start with ``#`` are ignored.

    Raises ``BadInput``: three columns a line, times in order, labels in Harte's grammar.
    """
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise BadInput(f"{name} has more than {MOST_LINES} lines.")
    chords: list[Chord] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = line.split(maxsplit=2)
        try:
            start, end, label = float(columns[0]), float(columns[1]), columns[2].strip()
            parse_harte(label)
        except (ValueError, IndexError) as error:
            raise _bad_line(name, number, error) from error
        if not 0.0 <= start < end <= LONGEST_S:
            raise BadInput(f"{name}, line {number}: a chord cannot last from {start} to {end} s.")
        if chords and start < chords[-1].span.end - 1e-6:
            raise BadInput(f"{name}, line {number}: the chord starts before the last one ends.")
        start = max(start, chords[-1].span.end) if chords else start
        if end > start:
            chords.append(Chord(Span(Seconds(start), Seconds(end)), label))
    return tuple(chords)


def write_lab(chords: Iterable[Chord]) -> str:
    """The text of a ``.lab`` file; times to a microsecond, which brings every tick back."""
    return "".join(
        f"{chord.span.start:.6f}\t{chord.span.end:.6f}\t{chord.label}\n" for chord in chords
    )


def blocks_of_chords(
    chords: Iterable[Chord],
    tempo: TempoMap,
    at: Ticks = Ticks(0),
    known: Iterable[ChordBlock] = (),
) -> tuple[ChordBlock, ...]:
    """Chords in seconds as blocks from ``at`` on, at the nearest ticks; ``N`` leaves a gap.

    Labels become symbols where there is one that means the same; other labels stay in Harte.
    ``known`` are the blocks on the lane: where one has the same place and meaning, it stays as
    typed, so a file that was written from a lane changes nothing when read back.
    """
    typed = {block.span: block for block in known}
    blocks: list[ChordBlock] = []
    for chord in chords:
        place = Span(
            Ticks(tempo.ticks_at(chord.span.start) + at),
            Ticks(max(tempo.ticks_at(chord.span.end), tempo.ticks_at(chord.span.start) + 1) + at),
        )
        if place in typed and harte_of(typed[place].text) == chord.label:
            blocks.append(typed[place])
            continue
        if parse_harte(chord.label) is None:
            continue
        start = max(place.start, blocks[-1].span.end if blocks else 0)
        end = place.end
        text = symbol_of_harte(chord.label)
        if end > start and len(text) <= MAX_CHORD_TEXT:
            blocks.append(ChordBlock(Span(Ticks(start), Ticks(end)), text))
    return tuple(blocks)


def _bad_line(name: str, number: int, error: Exception) -> BadInput:
    reason = str(error) if isinstance(error, UnknownChord) else "start, end and chord expected"
    return BadInput(
        f"{name}, line {number}: {reason}.", "Each line reads: start, tab, end, tab, label."
    )

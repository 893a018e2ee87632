"""Chords found in notes: the likeliest chord per beat, changing only where it pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.model.chord_block import ChordBlock
from app.model.chord_symbol import localised, spell
from app.model.key import diatonic_chords, prefers_flats, scale_pitch_classes
from app.model.note import Note
from engine.harmony import QUALITY_TONES
from engine.timebase import Meter, Span, Ticks

QUALITIES = (
    ("maj", ""),
    ("min", "m"),
    ("7", "7"),
    ("maj7", "maj7"),
    ("min7", "m7"),
    ("dim", "dim"),
    ("sus4", "sus4"),
)
BASS_WORTH = 0.6
"""What the lowest note adds for its pitch class, in beats."""
FOREIGN_COST = 1.0
MISSING_COST = 0.3
RARE_COST = 0.15
"""What sevenths and suspensions must earn more than a plain triad."""
KEY_WORTH = 0.1
CHANGE_COST = {True: 0.35, False: 1.3}
"""What a new chord costs on a bar line, and elsewhere."""
_Weights = Sequence[float]
_Chord = tuple[int, str, str]  # root, quality, suffix of the symbol


def detect_chords(
    notes: Iterable[Note], meter: Meter, key: str, german_names: bool = False
) -> tuple[ChordBlock, ...]:
    """Blocks over whole beats that name what the notes play; silent beats are gaps.

    Each beat weighs the pitch classes by how long they sound in it, the lowest once more; the
    sequence with the best sum of fits, less a price for each change, is taken (Viterbi).
    """
    sounding = [note for note in notes if not note.is_muted]
    if not sounding:
        return ()
    beat = meter.beat_ticks
    first = min(note.span.start for note in sounding) // beat
    last = -(-max(note.span.end for note in sounding) // beat)
    beats = [_weights(sounding, index * beat, beat) for index in range(first, last)]
    chords = [(root, *quality) for root in range(12) for quality in QUALITIES]
    path = _best_path(beats, chords, first, meter, key)
    scale, flats = scale_pitch_classes(key), prefers_flats(key)
    blocks: list[ChordBlock] = []
    for index, chord in enumerate(path, start=first):
        if chord is None:
            continue
        root = spell(chord[0], flats if chord[0] in scale else None)
        text = localised(root + chord[2], german_names)
        start, end = Ticks(index * beat), Ticks((index + 1) * beat)
        if blocks and blocks[-1].text == text and blocks[-1].span.end == start:
            start = blocks.pop().span.start
        blocks.append(ChordBlock(Span(start, end), text))
    return tuple(blocks)


def _weights(notes: Sequence[Note], start: int, beat: int) -> list[float]:
    """How long each pitch class sounds within a beat, in beats, the lowest one more."""
    weights = [0.0] * 12
    lowest: Note | None = None
    for note in notes:
        common = min(note.span.end, start + beat) - max(note.span.start, start)
        if common <= 0:
            continue
        weights[note.pitch % 12] += common / beat
        if lowest is None or note.pitch < lowest.pitch:
            lowest = note
    if lowest is not None:
        weights[lowest.pitch % 12] += BASS_WORTH
    return weights


def _fit(weights: _Weights, chord: _Chord, at_home: frozenset[str], flats: bool | None) -> float:
    """How well a chord explains a beat: its tones count, others cost, its absent ones too."""
    root, quality, suffix = chord
    tones = {(root + tone) % 12 for tone in QUALITY_TONES[quality]}
    total = sum(weights)
    inside = sum(weights[tone] for tone in tones)
    missing = sum(1 for tone in tones if weights[tone] == 0.0)
    fit = inside - FOREIGN_COST * (total - inside) - MISSING_COST * missing
    if quality not in ("maj", "min"):
        fit -= RARE_COST
    if weights[root] == max(weights):
        fit += BASS_WORTH / 2
    return fit + (KEY_WORTH if spell(root, flats) + suffix in at_home else 0.0)


def _best_path(
    beats: Sequence[_Weights], chords: Sequence[_Chord], first: int, meter: Meter, key: str
) -> list[_Chord | None]:
    """One chord per beat, None where nothing sounds."""
    at_home, flats = frozenset(diatonic_chords(key)), prefers_flats(key)
    scores = [0.0] * len(chords)
    came_from: list[list[int]] = []
    for index, weights in enumerate(beats, start=first):
        best = max(range(len(chords)), key=scores.__getitem__)
        price = CHANGE_COST[index % meter.beats == 0]
        arrived, origins = [], []
        for number, chord in enumerate(chords):
            stays = scores[number] >= scores[best] - price
            origins.append(number if stays else best)
            fit = _fit(weights, chord, at_home, flats) if any(weights) else 0.0
            arrived.append(fit + (scores[number] if stays else scores[best] - price))
        scores = arrived
        came_from.append(origins)
    state = max(range(len(chords)), key=scores.__getitem__)
    path: list[_Chord | None] = []
    for weights, origins in zip(reversed(beats), reversed(came_from), strict=True):
        path.append(chords[state] if any(weights) else None)
        state = origins[state]
    return list(reversed(path))

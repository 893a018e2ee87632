"""Tunes made of a motif that returns, answers and changes."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.training.corpus.patterns import bar_of, strokes
from engine.training.corpus.plan import Draft, Plan
from engine.training.corpus.progressions import MAJOR_SCALE, MINOR_SCALE, ChordSpan
from engine.training.corpus.rhythms import BLOCKS, BUSY, CALM, HOOKS, JAZZY, SINGING
from engine.training.corpus.style import Tune

MOVES = (-2, -1, -1, -1, 0, 1, 1, 1, 2, 3, -3)
WILD_MOVES = (-7, -5, -4, -3, -2, -1, 0, 0, 0, 1, 2, 3, 4, 5, 7)
VARIATION_CHANCE = 0.35
FORMS = ("AAAB", "ABAC", "AABA", "ABAB", "AABC")


@dataclass(frozen=True, slots=True)
class Motif:
    """Two bars of rhythm and, for each stroke, a way to go in scale steps."""

    rows: tuple[str, str]
    moves: tuple[int, ...]


def write_tune(plan: Plan, rng: Random) -> list[Draft]:
    """The melody over the passages that have one."""
    tune = plan.style.tune
    notes: list[Draft] = []
    motifs: dict[tuple[str, str], Motif] = {}
    form = rng.choice(FORMS)
    for passage in plan.passages:
        if not passage.has_tune:
            continue
        for number, bar in enumerate(range(0, passage.n_bars, 2)):
            letter = form[number % 4]
            kind = "chorus" if passage.name == "chorus" else "verse"
            if (kind, letter) not in motifs:
                motifs[kind, letter] = _draw_motif(plan, rng)
            elif rng.random() < VARIATION_CHANCE:
                motifs[kind, letter] = _answered(motifs[kind, letter], plan, rng)
            motif = motifs[kind, letter]
            if rng.random() < 0.1:
                continue  # the tune breathes for a phrase
            n_bars = min(2, passage.n_bars - bar)
            centre = (tune.low + tune.high) // 2 + (3 if kind == "chorus" else -1)
            first = passage.first_bar + bar
            notes += _sing(plan, motif, first, n_bars, centre, passage.energy, rng)
    return notes


def _draw_motif(plan: Plan, rng: Random) -> Motif:
    cells = _cells(plan)
    moves = WILD_MOVES if plan.drawing.tune else MOVES
    rows = (rng.choice(cells), rng.choice(cells))
    return Motif(rows, tuple(rng.choice(moves) for _ in range(40)))


def _answered(motif: Motif, plan: Plan, rng: Random) -> Motif:
    """The same beginning with another end."""
    return Motif((motif.rows[0], rng.choice(_cells(plan))), motif.moves)


def _cells(plan: Plan) -> tuple[str, ...]:
    if not plan.drawing.tune:
        return plan.style.tune.cells[plan.meter]
    families = (CALM, SINGING, BUSY, JAZZY, HOOKS, BLOCKS)
    cells = [cell for family in families for cell in family.get(plan.meter, ())]
    return tuple(cell for cell in cells if cell != "=")


def _sing(
    plan: Plan, motif: Motif, first_bar: int, n_bars: int, centre: int, energy: float, rng: Random
) -> list[Draft]:
    tune = plan.style.tune
    notes: list[Draft] = []
    pitch, number = centre, 0
    for bar in range(n_bars):
        start = (first_bar + bar) * plan.steps
        for stroke in strokes(bar_of(motif.rows[bar], plan.steps, 0)):
            step = start + stroke.step
            chord = plan.chord_at(step)
            is_strong = stroke.step % 8 == 0 or stroke.length >= 4 or number == 0
            pitch = _next_pitch(plan, chord, pitch, motif.moves[number], is_strong, tune)
            end = min(step + stroke.length, plan.n_bars * plan.steps)
            if end > chord.end and (pitch % 12) not in plan.chord_at(end - 1).harmony.pitch_classes:
                end = max(chord.end, step + 1)
            velocity = round((96 if is_strong else 84) * energy + rng.gauss(0, 6))
            notes.append(Draft(step, end, pitch, max(30, min(124, velocity))))
            number += 1
    return notes


def _next_pitch(
    plan: Plan, chord: ChordSpan, pitch: int, move: int, is_strong: bool, tune: Tune
) -> int:
    """Walk along the scale of the moment; strong notes land on a tone of the chord."""
    scale = scale_over(plan, chord)
    step = 1 if move > 0 else -1
    for _ in range(abs(move)):
        pitch += step
        while pitch % 12 not in scale:
            pitch += step
    if pitch > tune.high:
        pitch -= 12
    if pitch < tune.low:
        pitch += 12
    wanted = chord.harmony.pitch_classes if is_strong else scale
    nearby = range(pitch - 6, pitch + 7)
    return min(nearby, key=lambda key: (key % 12 not in wanted, abs(key - pitch)))


def scale_over(plan: Plan, chord: ChordSpan) -> frozenset[int]:
    """The key's scale, bent where the chord has other tones; without a key, the chord's own."""
    tonic, is_minor = plan.tonic, plan.is_minor
    if not plan.has_key:
        tonic, is_minor = chord.harmony.root, 3 in chord.harmony.tones
    scale = {(tonic + degree) % 12 for degree in (MINOR_SCALE if is_minor else MAJOR_SCALE)}
    for tone in chord.harmony.pitch_classes - scale:
        scale -= {(tone + 1) % 12, (tone - 1) % 12} - chord.harmony.pitch_classes
        scale.add(tone)
    return frozenset(scale)

"""Harmony as a hand draws it on a lane: any chord after any other, and changes at odd places."""

from __future__ import annotations

from random import Random
from typing import TypeVar

from engine.harmony import PITCH_CLASS_NAMES
from engine.training.corpus.patterns import STEPS_PER_QUARTER, bar_steps
from engine.training.corpus.progressions import ChordSpan, chord_span

# Every quality a lead sheet can hold, and how often it is drawn.
QUALITY_WEIGHTS: dict[str, float] = {
    "maj": 16, "min": 16, "7": 8, "maj7": 7, "min7": 8, "sus4": 4, "sus2": 3, "sus4(b7)": 2,
    "maj(9)": 4, "min(9)": 2, "maj(2)": 1, "maj(4)": 0.5, "maj(11)": 0.5, "maj(13)": 0.5,
    "dim": 4, "hdim7": 3, "dim7": 3, "aug": 3, "aug7": 1.5, "7(*5,b5)": 1, "minmaj7": 1.5,
    "maj6": 2, "min6": 2, "maj6(9)": 1, "9": 2, "maj9": 2, "min9": 2, "11": 1, "maj11": 0.5,
    "min11": 1.5, "13": 1.5, "maj13": 1, "min13": 1, "7(b9)": 1.5, "7(#9)": 1.5, "7(#11)": 1,
    "maj7(#11)": 1, "7(b13)": 1, "5": 3,
}  # fmt: skip
# Semitones to the next root: fourths and fifths most often, but any way may be gone.
ROOT_MOVES: dict[int, float] = {
    5: 5, 7: 5, 2: 4, 10: 4, 3: 3, 9: 4, 4: 3, 8: 3, 1: 2, 11: 2, 6: 1.5, 0: 1,
}  # fmt: skip
BASSES = ("3", "5", "b7", "2", "4")
SLASH_CHANCE = 0.14
LOOP_CHANCE = 0.6
MOST_BEATS = 7


Choice = TypeVar("Choice", str, int)


def wander(tonic: int, meter: str, n_bars: int, rng: Random) -> list[ChordSpan]:
    """Chords over whole bars: a random walk, once through or as a loop of two to eight.

    Changes come with the bars, twice a bar, every second bar, or after any number of quarters.
    """
    end = n_bars * bar_steps(meter)
    lengths = _draw_lengths(meter, end, rng)
    root = tonic
    walk = []
    for _ in lengths:
        quality = _draw(QUALITY_WEIGHTS, rng)
        walk.append(f"{PITCH_CLASS_NAMES[root]}:{quality}{_draw_bass(quality, rng)}")
        root = (root + _draw(ROOT_MOVES, rng)) % 12
    if rng.random() < LOOP_CHANCE:
        period = rng.randint(2, 8)
        walk = [walk[place % period] for place in range(len(walk))]
    chords: list[ChordSpan] = []
    start = 0
    for label, length in zip(walk, lengths, strict=True):
        if chords and chords[-1].label == label:
            chords[-1] = chord_span(chords[-1].start, start + length, label)
        else:
            chords.append(chord_span(start, start + length, label))
        start += length
    return chords


def shifted(chords: tuple[ChordSpan, ...], rng: Random) -> tuple[ChordSpan, ...]:
    """Some changes of a lead sheet moved: an eighth early, or a quarter early or late."""
    starts = [chord.start for chord in chords]
    for place in range(1, len(chords)):
        if starts[place] != chords[place - 1].end or rng.random() < 0.4:
            continue
        moved = starts[place] + rng.choice((-2, -2, -4, 4))
        if starts[place - 1] + STEPS_PER_QUARTER <= moved <= chords[place].end - STEPS_PER_QUARTER:
            starts[place] = moved
    ends = [
        starts[place + 1] if place + 1 < len(chords) and chord.end == chords[place + 1].start
        else chord.end
        for place, chord in enumerate(chords)
    ]  # fmt: skip
    return tuple(
        chord_span(start, end, chord.label)
        for chord, start, end in zip(chords, starts, ends, strict=True)
    )


def _draw_lengths(meter: str, end: int, rng: Random) -> list[int]:
    steps = bar_steps(meter)
    kind = rng.random()
    if kind < 0.45:
        length = steps
    elif kind < 0.6:
        length = steps // 2
    elif kind < 0.7:
        length = 2 * steps
    else:
        lengths: list[int] = []
        while (rest := end - sum(lengths)) > 0:
            lengths.append(min(rest, STEPS_PER_QUARTER * rng.randint(1, MOST_BEATS)))
        return lengths
    whole, rest = divmod(end, length)
    return [length] * whole + ([rest] if rest else [])


def _draw_bass(quality: str, rng: Random) -> str:
    """A bass degree behind a slash, or nothing."""
    if rng.random() >= SLASH_CHANCE or quality == "5":
        return ""
    bass = rng.choice(BASSES)
    is_minor = quality.startswith(("min", "hdim", "dim"))
    return f"/{'b3' if bass == '3' and is_minor else bass}"


def _draw(weights: dict[Choice, float], rng: Random) -> Choice:
    return rng.choices(list(weights), weights=list(weights.values()))[0]

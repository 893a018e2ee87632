"""Bass lines: they stand on the chord's bass note and lead into the next."""

from __future__ import annotations

from random import Random

from engine.training.corpus.melody import scale_over
from engine.training.corpus.patterns import Stroke, bar_of, strokes
from engine.training.corpus.plan import Draft, Plan
from engine.training.corpus.progressions import ChordSpan

LOWEST, HIGHEST = 28, 50
HOME = 36


def write_bass(plan: Plan, rng: Random) -> list[Draft]:
    """The bass over the passages that have one."""
    patterns = plan.style.bass[plan.meter]
    verse, chorus = rng.choice(patterns), rng.choice(patterns)
    notes: list[Draft] = []
    last = HOME
    for passage in plan.passages:
        if not passage.has_bass:
            continue
        pattern = chorus if passage.name == "chorus" else verse
        for bar in range(passage.first_bar, passage.first_bar + passage.n_bars):
            is_end = bar == plan.n_bars - 1 and plan.ends_held
            row = bar_of(pattern, plan.steps, bar - passage.first_bar)
            if is_end:
                row = "R" + "-" * (plan.steps - 1)
            for stroke in _strokes_of_bar(plan, row, bar):
                chord = plan.chord_at(stroke.step)
                end = min(stroke.step + stroke.length, chord.end)
                last = _pitch(plan, stroke, chord, last, rng)
                velocity = round((94 if stroke.symbol == "R" else 84) * passage.energy)
                velocity = max(25, min(120, velocity + round(rng.gauss(0, 5))))
                notes.append(Draft(stroke.step, end, last, velocity))
    return notes


def _strokes_of_bar(plan: Plan, row: str, bar: int) -> list[Stroke]:
    """Absolute strokes; a chord that starts in this bar gets its root at once."""
    start = bar * plan.steps
    end = start + plan.steps
    played = [stroke._replace(step=start + stroke.step) for stroke in strokes(row)]
    changes = {chord.start for chord in plan.chords if start <= chord.start < end}
    kept = [stroke._replace(symbol="R") if stroke.step in changes else stroke for stroke in played]
    for change in changes - {stroke.step for stroke in played}:
        following = [stroke.step for stroke in played if stroke.step > change]
        kept.append(Stroke(change, "R", min([*following, end]) - change))
    return sorted(kept)


def _pitch(plan: Plan, stroke: Stroke, chord: ChordSpan, last: int, rng: Random) -> int:
    root = _near(chord.harmony.bass_pitch_class, round(0.6 * HOME + 0.4 * last))
    tones = chord.harmony.tones
    match stroke.symbol:
        case "O":
            return root + 12 if root + 12 <= HIGHEST + 5 else root
        case "F":
            fifth = min(tones - {0}, key=lambda tone: abs(tone - 7), default=0)
            return _near((chord.harmony.root + fifth) % 12, rng.choice((root + 5, root - 3)))
        case "T":
            third = min(tones - {0}, key=lambda tone: abs(tone - 4), default=0)
            return _near((chord.harmony.root + third) % 12, root + 4)
        case "S":
            sixth = min(tones - {0}, key=lambda tone: abs(tone - 10), default=0)
            return _near((chord.harmony.root + sixth) % 12, root + 9)
        case "W":
            return _walking(plan, chord, last, rng)
        case "A":
            return _leading(plan, chord, root, rng)
        case _:
            return root


def _walking(plan: Plan, chord: ChordSpan, last: int, rng: Random) -> int:
    """A step or a small leap from the last key, towards where the next chord stands."""
    index = min(plan.chord_index(chord.start) + 1, len(plan.chords) - 1)
    goal = _near(plan.chords[index].harmony.bass_pitch_class, last)
    scale = scale_over(plan, chord)
    nearby = [
        key for key in range(max(LOWEST, last - 5), min(HIGHEST, last + 5) + 1)
        if key != last and key % 12 in scale
    ]  # fmt: skip
    weights = [
        (3.0 if key % 12 in chord.harmony.pitch_classes else 1.0)
        * (2.0 if abs(key - goal) < abs(last - goal) else 1.0)
        * (2.0 if abs(key - last) <= 2 else 1.0)
        for key in nearby
    ]
    return rng.choices(nearby, weights=weights)[0]


def _leading(plan: Plan, chord: ChordSpan, root: int, rng: Random) -> int:
    """A semitone or tone below or above where the next chord stands; else the fifth."""
    index = plan.chord_index(chord.start)
    if index + 1 == len(plan.chords):
        return root
    target = _near(plan.chords[index + 1].harmony.bass_pitch_class, root)
    step = rng.choice((-1, -2, 1, 2, -1))
    return max(LOWEST, min(HIGHEST, target + step))


def _near(pitch_class: int, goal: int) -> int:
    """The key of a pitch class nearest to a goal, inside the bass register."""
    key = goal + (pitch_class - goal + 6) % 12 - 6
    while key < LOWEST:
        key += 12
    while key > HIGHEST:
        key -= 12
    return key

"""Chords on keys, guitars and pads: the part that states the harmony."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from engine.training.corpus.form import Passage
from engine.training.corpus.patterns import Stroke, bar_of, strokes
from engine.training.corpus.plan import Draft, Plan
from engine.training.corpus.style import Layer
from engine.training.corpus.voicing import Keys, voice_chord

LOUDNESS = {"X": 100, "x": 84, "o": 64}
LATEST_STATEMENT = 4  # steps: a chord not struck by then is struck at its start
LEFT_HAND = (36, 48)
LEFT_HAND_LOUDNESS = 76


def write_chords(plan: Plan, index: int, rng: Random) -> list[Draft]:
    """The notes of one harmony layer over the passages in which it plays."""
    layer = plan.layers[index]
    patterns = layer.patterns[plan.meter]
    verse, chorus = rng.choice(patterns), rng.choice(patterns)
    voicings = _voice_all(plan, layer)
    notes: list[Draft] = []
    for passage in plan.passages:
        if index not in passage.layers:
            continue
        pattern = chorus if passage.name == "chorus" else verse
        passage_end = (passage.first_bar + passage.n_bars) * plan.steps
        for bar in range(passage.first_bar, passage.first_bar + passage.n_bars):
            if bar == plan.n_bars - 1 and plan.ends_held and pattern != "=":
                strokes_here = _strokes_of_bar(plan, "=", bar, bar)
            else:
                strokes_here = _strokes_of_bar(plan, pattern, bar, passage.first_bar)
            for stroke in strokes_here:
                chord_index = plan.chord_index(stroke.step)
                keys = voicings[chord_index]
                end = min(stroke.step + stroke.length, plan.chords[chord_index].end, passage_end)
                loudness = LOUDNESS.get(stroke.symbol, 78) * passage.energy
                for key in _keys_of(stroke.symbol, keys):
                    velocity = round(loudness + rng.gauss(0, 5))
                    notes.append(Draft(stroke.step, end, key, max(20, min(120, velocity))))
        if index == 0 and not passage.has_bass and layer.voicing in ("close", "spread"):
            notes += _left_hand(plan, passage, min(voicings[0]), rng)
    return notes


def _left_hand(plan: Plan, passage: Passage, ceiling: int, rng: Random) -> list[Draft]:
    """Where nobody plays the bass, the chord's bass note once a chord or once a bar."""
    first = passage.first_bar * plan.steps
    last = first + passage.n_bars * plan.steps
    every = plan.steps if rng.random() < 0.5 else last - first
    notes = []
    for chord in plan.chords:
        start, end = max(chord.start, first), min(chord.end, last)
        low = LEFT_HAND[0]
        key = low + (chord.harmony.bass_pitch_class - low) % 12
        while start < end and key < ceiling:
            stop = min(end, start - (start - first) % every + every)
            velocity = round(LEFT_HAND_LOUDNESS * passage.energy + rng.gauss(0, 4))
            notes.append(Draft(start, stop, key, velocity))
            start = stop
    return notes


def _voice_all(plan: Plan, layer: Layer) -> list[Keys]:
    voicings: list[Keys] = []
    for chord in plan.chords:
        before = voicings[-1] if voicings else None
        voicings.append(voice_chord(chord, layer.voicing, layer.low, layer.high, before))
    return voicings


def _strokes_of_bar(plan: Plan, pattern: str, bar: int, first_bar: int) -> list[Stroke]:
    """Absolute strokes of a bar; each chord that starts here is struck soon enough."""
    start = bar * plan.steps
    end = start + plan.steps
    changes = [chord.start for chord in plan.chords if start <= chord.start < end]
    if pattern == "=":
        struck = [start, *changes] if bar == first_bar and start not in changes else changes
        lasting = [plan.chord_at(step).end - step for step in struck]
        return [Stroke(step, "x", length) for step, length in zip(struck, lasting, strict=True)]
    row = bar_of(pattern, plan.steps, bar - first_bar)
    played = [stroke._replace(step=start + stroke.step) for stroke in strokes(row)]
    for change in changes:
        chord = plan.chord_at(change)
        latest = min(LATEST_STATEMENT, (chord.end - chord.start) // 2)
        if not any(change <= stroke.step < change + latest for stroke in played):
            following = [stroke.step for stroke in played if stroke.step > change]
            played.append(Stroke(change, "x", min([*following, end]) - change))
    return sorted(played)


def _keys_of(symbol: str, keys: Keys) -> Sequence[int]:
    if not symbol.isdigit():
        return keys
    octave, tone = divmod(int(symbol), len(keys))
    return (min(96, keys[tone] + 12 * octave),)

"""How a chord lies on an instrument, led smoothly from the one before."""

from __future__ import annotations

from collections.abc import Iterator

from engine.training.corpus.progressions import ChordSpan

Keys = tuple[int, ...]
GUITAR_LOWEST = 40


def voice_chord(chord: ChordSpan, kind: str, low: int, high: int, before: Keys | None) -> Keys:
    """Ascending keys that state the chord inside ``[low, high]``, nearest to those before."""
    centre = (low + high) / 2
    candidates = list(_candidates(chord, kind, low, high))

    def cost(keys: Keys) -> float:
        drift = abs(sum(keys) / len(keys) - centre) * 0.35
        return drift + (_movement(before, keys) if before else 0.0)

    return min(candidates, key=cost)


def _movement(before: Keys, after: Keys) -> float:
    """Mean way from each key to the nearest of the other chord, both ways."""
    there = sum(min(abs(a - b) for b in before) for a in after) / len(after)
    back = sum(min(abs(a - b) for a in after) for b in before) / len(before)
    return there + back


def _candidates(chord: ChordSpan, kind: str, low: int, high: int) -> Iterator[Keys]:
    if kind in ("guitar", "power"):
        yield from _stacked_on_root(chord, kind, low)
        return
    tones = _tones(chord)
    for bottom in range(low, high - 3):
        if bottom % 12 not in tones:
            continue
        keys = [bottom]
        ordered = sorted(tones, key=lambda tone: (tone - bottom) % 12)
        keys += [bottom + (tone - bottom) % 12 for tone in ordered[1:]]
        if kind == "spread" and len(keys) > 2:
            keys[1] += 12
        if max(keys) <= high or bottom == low:
            yield tuple(sorted(keys))
    yield tuple(sorted(low + (tone - low) % 12 for tone in tones))


def _tones(chord: ChordSpan) -> list[int]:
    """At most four pitch classes that name the chord; where there are more the fifth goes."""
    harmony = chord.harmony
    tones = [tone for tone in sorted(harmony.tones) if tone != harmony.bass or tone in (0, 3, 4)]
    if harmony.bass in (7, 8, 10, 11):
        tones.append(harmony.bass)
    classes = {(harmony.root + tone) % 12 for tone in tones} | chord.colour
    if len(classes) > 4:
        classes.discard((harmony.root + 7) % 12)
    return sorted(classes)


def _stacked_on_root(chord: ChordSpan, kind: str, low: int) -> Iterator[Keys]:
    harmony = chord.harmony
    tones = sorted(harmony.tones)
    fifth = min(tones[1:], key=lambda tone: abs(tone - 7), default=12)
    for octave in (0, 12):
        root = max(low, GUITAR_LOWEST) + (harmony.root - max(low, GUITAR_LOWEST)) % 12 + octave
        if kind == "power":
            yield (root, root + fifth, root + 12)
            continue
        third = min(tones[1:], key=lambda tone: abs(tone - 4), default=12)
        seventh = next((tone for tone in tones if tone in (9, 10, 11)), None)
        keys = {root, root + fifth, root + 12 + third}
        keys.add(root + 12 if seventh is None else root + seventh)
        stated = {0, third, fifth, 0 if seventh is None else seventh}
        keys |= {root + 12 + tone for tone in tones if tone not in stated and tone != harmony.bass}
        keys |= {root + 12 + (colour - root) % 12 for colour in chord.colour}
        if root < 48 and len(keys) < 5:
            keys.add(root + 12 + fifth)
        yield tuple(sorted(keys))

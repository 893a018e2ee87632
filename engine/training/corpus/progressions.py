"""Chord progressions written as degrees, read into labels in a key.

A progression has one token per bar; ``,`` splits a bar in two and ``-`` lets the chord before
ring on. A token is a Roman numeral of the key's own scale (in minor, ``VI`` is the flat sixth),
with accidentals before it, its quality after it and a bass degree behind a slash, in
Harte's degrees: ``V7``, ``bVIImaj7``, ``ivmin6``, ``I/3``. A small numeral is minor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from engine.harmony import PITCH_CLASS_NAMES, Harmony, parse_harte
from engine.training.corpus.patterns import bar_steps

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10)
NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii")
# Quality written after the numeral -> Harte quality, for a large and for a small numeral.
QUALITIES: dict[str, tuple[str, str]] = {
    "": ("maj", "min"),
    "7": ("7", "min7"),
    "maj7": ("maj7", "minmaj7"),
    "9": ("9", "min9"),
    "maj9": ("maj9", "maj9"),
    "6": ("maj6", "min6"),
    "sus4": ("sus4", "sus4"),
    "sus2": ("sus2", "sus2"),
    "7sus4": ("sus4(b7)", "sus4(b7)"),
    "dim": ("dim", "dim"),
    "dim7": ("dim7", "dim7"),
    "hdim7": ("hdim7", "hdim7"),
    "aug": ("aug", "aug"),
    "11": ("11", "min11"),
    "13": ("13", "min13"),
    "5": ("5", "5"),
    "69": ("maj6(9)", "min6(9)"),
    "add9": ("maj(9)", "min(9)"),
    "7b9": ("7(b9)", "min7(b9)"),
    "7#9": ("7(#9)", "min7(#9)"),
    "7#11": ("7(#11)", "min7(#11)"),
    "maj7#11": ("maj7(#11)", "minmaj7(#11)"),
    "aug7": ("aug7", "aug7"),
}
# Semitones above the root of the degrees that colour a chord without naming it.
COLOURS = {"b9": 1, "9": 2, "#9": 3, "11": 5, "#11": 6, "b13": 8, "13": 9}

_TOKEN = re.compile(r"^([b#]*)([IViv]+)([a-z0-9#]*)(?:/([b#]*\d+))?$")
_COLOUR = re.compile(r"[b#]?(?:9|11|13)")


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord over steps ``[start, end)`` of the piece; ``colour`` are pitch classes that
    colour the voicing without being in the harmony's tones (the ninth of a ninth chord)."""

    start: int
    end: int
    label: str
    harmony: Harmony
    colour: frozenset[int] = frozenset()


def label_of(token: str, tonic: int, is_minor: bool) -> str:
    """Harte label of a degree token in a key; raises ValueError for what it cannot read."""
    match = _TOKEN.match(token)
    if match is None or match[2].lower() not in NUMERALS or match[3] not in QUALITIES:
        raise ValueError(f"not a degree: {token!r}")
    scale = MINOR_SCALE if is_minor else MAJOR_SCALE
    semitones = scale[NUMERALS.index(match[2].lower())] + match[1].count("#") - match[1].count("b")
    quality = QUALITIES[match[3]][0 if match[2].isupper() else 1]
    root = PITCH_CLASS_NAMES[(tonic + semitones) % 12]
    return f"{root}:{quality}" + (f"/{match[4]}" if match[4] else "")


def chord_span(start: int, end: int, label: str) -> ChordSpan:
    """A chord with its pitch classes; raises UnknownChord for labels outside the grammar."""
    harmony = parse_harte(label)
    if harmony is None:
        raise ValueError("a sounding chord needs a label with a root")
    quality = label.partition(":")[2].partition("/")[0]
    colour = {(harmony.root + COLOURS[degree]) % 12 for degree in _COLOUR.findall(quality)}
    return ChordSpan(start, end, label, harmony, frozenset(colour - harmony.pitch_classes))


def lay_out(
    progression: str, tonic: int, is_minor: bool, first_bar: int, n_bars: int, meter: str,
    bars_per_token: int = 1,
) -> list[ChordSpan]:  # fmt: skip
    """The chords of a section: the progression goes round until the bars are full.

    Equal neighbours are joined. A split bar changes after two beats of 3/4 and in the middle
    of other meters.
    """
    steps = bar_steps(meter)
    half = 8 if meter == "3/4" and bars_per_token == 1 else steps * bars_per_token // 2
    tokens = progression.split()
    starts: list[tuple[int, str]] = []
    for bar in range(n_bars):
        if bar % bars_per_token:
            continue
        base = (first_bar + bar) * steps
        halves = tokens[bar // bars_per_token % len(tokens)].split(",")
        for offset, token in zip((0, half), halves, strict=False):
            if token == "-" and starts:
                continue
            label = label_of(token, tonic, is_minor)
            if not starts or starts[-1][1] != label:
                starts.append((base + offset, label))
    end = (first_bar + n_bars) * steps
    ends = [start for start, _ in starts[1:]] + [end]
    return [
        chord_span(start, stop, label)
        for (start, label), stop in zip(starts, ends, strict=True)
        if start < end
    ]


def choose_two(progressions: tuple[str, ...], rng: Random) -> tuple[str, str]:
    """Progressions for verse and chorus; now and then the same one."""
    first = rng.choice(progressions)
    return first, first if rng.random() < 0.3 else rng.choice(progressions)

"""The plan of a piece before any note is written: key, form, harmony, who plays where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from engine.training.corpus.patterns import bar_steps
from engine.training.corpus.progressions import ChordSpan, choose_two, lay_out
from engine.training.corpus.style import Layer, Style

SHORTEST_S, LONGEST_S = 20.0, 30.0


class Draft(NamedTuple):
    """A note in sixteenth steps from the start, before human timing."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of the form: ``layers`` index the piece's layers; ``energy`` 0.6-1.1 scales
    velocities; the groove is None where the drums rest."""

    name: str
    first_bar: int
    n_bars: int
    layers: tuple[int, ...]
    groove: str | None
    has_bass: bool
    has_tune: bool
    energy: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What the parts are written from."""

    style: Style
    meter: str
    tempo_bpm: float
    tonic: int
    is_minor: bool
    n_bars: int
    layers: tuple[Layer, ...]
    passages: tuple[Passage, ...]
    chords: tuple[ChordSpan, ...]
    ends_held: bool

    @property
    def steps(self) -> int:
        """Sixteenth steps in a bar."""
        return bar_steps(self.meter)

    def chord_at(self, step: int) -> ChordSpan:
        """The chord that sounds at a step."""
        return self.chords[self.chord_index(step)]

    def chord_index(self, step: int) -> int:
        """Its place among the chords."""
        return bisect_right(self.chords, step, key=lambda chord: chord.start) - 1


def make_plan(style: Style, rng: Random) -> Plan:
    """Draw everything that is decided once per piece."""
    meter = rng.choices(list(style.meters), weights=list(style.meters.values()))[0]
    tempo = _draw_tempo(style, meter, rng)
    bar_s = bar_steps(meter) * 15.0 / tempo
    n_bars = _draw_bars(bar_s, rng)
    tonic, is_minor = rng.randrange(12), rng.random() < style.minor
    layers = tuple(
        layer for n, layer in enumerate(style.layers) if n == 0 or rng.random() < layer.chance
    )
    passages = _draw_form(style, meter, n_bars, len(layers), rng)
    chords = _draw_harmony(style, meter, bar_s, passages, tonic, is_minor, rng)
    return Plan(
        style, meter, tempo, tonic, is_minor, n_bars, layers, passages, chords,
        ends_held=rng.random() < 0.3,
    )  # fmt: skip


def _draw_tempo(style: Style, meter: str, rng: Random) -> float:
    """Quarters per minute; 6/8 counts faster quarters, since its pulse is dotted."""
    low, high = style.tempo_bpm
    factor = {"3/4": 1.1, "6/8": 1.3}.get(meter, 1.0)
    return round(min(180.0, max(55.0, rng.uniform(low, high) * factor)) * 2) / 2


def _draw_bars(bar_s: float, rng: Random) -> int:
    fitting = [n for n in range(4, 64) if SHORTEST_S <= n * bar_s <= LONGEST_S]
    fours = [n for n in fitting if n % 4 == 0]
    evens = [n for n in fitting if n % 2 == 0]
    if fours and rng.random() < 0.85:
        return rng.choice(fours)
    return rng.choice(evens or fitting)


_FORMS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("verse",), ("chorus",)),
    2: (("verse", "chorus"), ("intro", "verse"), ("intro", "chorus"), ("chorus", "break")),
    3: (
        ("intro", "verse", "chorus"), ("verse", "verse", "chorus"), ("verse", "chorus", "outro"),
        ("chorus", "break", "chorus"), ("verse", "chorus", "verse"),
    ),
    4: (
        ("intro", "verse", "verse", "chorus"), ("intro", "verse", "chorus", "chorus"),
        ("verse", "chorus", "break", "chorus"), ("verse", "verse", "chorus", "outro"),
    ),
}  # fmt: skip
_ENERGY = {"intro": 0.8, "verse": 0.9, "chorus": 1.05, "break": 0.75, "outro": 0.85}


def _draw_form(
    style: Style, meter: str, n_bars: int, n_layers: int, rng: Random
) -> tuple[Passage, ...]:
    chunk = 4 if n_bars <= 16 else rng.choice((4, 8))
    lengths = [chunk] * (n_bars // chunk)
    if n_bars % chunk:
        lengths = [n_bars % chunk, *lengths]
    while len(lengths) > 4:
        lengths = [lengths[0] + lengths[1], *lengths[2:]]
    names = rng.choice(_FORMS[len(lengths)])
    has_drums = rng.random() < style.drum_chance
    has_bass = rng.random() < style.bass_chance
    has_tune = rng.random() < style.tune.chance
    verse_groove, chorus_groove = (rng.choice(style.grooves[meter]) for _ in range(2))
    if rng.random() < 0.5:
        chorus_groove = verse_groove
    everyone = tuple(range(n_layers))
    few = everyone[: max(1, n_layers - 1)]
    quiet_intro = rng.random() < 0.5
    passages, bar = [], 0
    for name, length in zip(names, lengths, strict=True):
        is_thin = name == "break" or (name == "intro" and quiet_intro)
        players = everyone if name == "chorus" else few if name != "intro" else everyone[:1]
        passages.append(
            Passage(
                name, bar, length,
                layers=players,
                groove=None if is_thin or not has_drums
                else (chorus_groove if name == "chorus" else verse_groove),
                has_bass=has_bass and not (is_thin and rng.random() < 0.6),
                has_tune=has_tune and (name != "intro" or rng.random() < 0.25),
                energy=_ENERGY[name],
            )
        )  # fmt: skip
        bar += length
    return tuple(passages)


def _draw_harmony(
    style: Style, meter: str, bar_s: float, passages: tuple[Passage, ...], tonic: int,
    is_minor: bool, rng: Random,
) -> tuple[ChordSpan, ...]:  # fmt: skip
    choices = style.minor_progressions if is_minor else style.major
    verse, chorus = choose_two(choices, rng)
    slow = 2 if bar_s < 2.6 and rng.random() < style.slow_harmony else 1
    chords: list[ChordSpan] = []
    for passage in passages:
        text = chorus if passage.name == "chorus" else verse
        for chord in lay_out(text, tonic, is_minor, passage.first_bar, passage.n_bars, meter, slow):
            if chords and chords[-1].label == chord.label:
                chord = ChordSpan(
                    chords[-1].start, chord.end, chord.label, chord.harmony, chord.colour
                )
                chords.pop()
            chords.append(chord)
    return tuple(chords)

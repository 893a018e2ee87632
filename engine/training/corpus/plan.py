"""The plan of a piece before any note is written: key, form, harmony, who plays where."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from random import Random
from typing import NamedTuple

from engine.training.corpus.drawing import Drawing, draw_drawing
from engine.training.corpus.form import Passage, draw_form
from engine.training.corpus.line_up import LineUp, draw_line_up
from engine.training.corpus.patterns import bar_steps
from engine.training.corpus.progressions import ChordSpan, choose_two, lay_out
from engine.training.corpus.rhythms import BLOCKS
from engine.training.corpus.style import Layer, Style
from engine.training.corpus.wandering import shifted, wander

SHORTEST_S, LONGEST_S = 21.0, 33.0
SLOWEST_BPM, FASTEST_BPM = 50.0, 200.0


class Draft(NamedTuple):
    """A note in sixteenth steps from the start, before human timing."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What the parts are written from.

    ``chords`` are in order; where none sounds (the drums are alone) there is none.
    """

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
    drawing: Drawing

    @property
    def steps(self) -> int:
        """Sixteenth steps in a bar."""
        return bar_steps(self.meter)

    @property
    def has_key(self) -> bool:
        """Whether the harmony stays in one key."""
        return bool(self.chords) and not self.drawing.chords

    def chord_at(self, step: int) -> ChordSpan:
        """The chord that sounds at a step."""
        return self.chords[self.chord_index(step)]

    def chord_index(self, step: int) -> int:
        """Its place among the chords."""
        return bisect_right(self.chords, step, key=lambda chord: chord.start) - 1


def make_plan(style: Style, rng: Random) -> Plan:
    """Draw everything that is decided once per piece."""
    drawing, line_up = draw_drawing(rng), draw_line_up(style, rng)
    meter = rng.choices(list(style.meters), weights=list(style.meters.values()))[0]
    tempo = _draw_tempo(style, meter, drawing, rng)
    bar_s = bar_steps(meter) * 15.0 / tempo
    n_bars = _draw_bars(bar_s, rng)
    tonic, is_minor = rng.randrange(12), rng.random() < style.minor
    layers = _choose_layers(style, line_up, drawing, rng)
    passages = draw_form(style, meter, n_bars, len(layers), line_up, drawing, rng)
    chords = _draw_harmony(style, meter, bar_s, passages, tonic, is_minor, drawing, rng)
    return Plan(
        style, meter, tempo, tonic, is_minor, n_bars, layers, passages, chords,
        ends_held=rng.random() < 0.3, drawing=drawing,
    )  # fmt: skip


def _draw_tempo(style: Style, meter: str, drawing: Drawing, rng: Random) -> float:
    """Quarters per minute; 6/8 counts faster quarters, since its pulse is dotted."""
    low, high = (SLOWEST_BPM, FASTEST_BPM) if drawing.tempo else style.tempo_bpm
    factor = {"3/4": 1.1, "6/8": 1.3}.get(meter, 1.0)
    drawn = rng.uniform(low, high) * factor
    return round(min(FASTEST_BPM, max(SLOWEST_BPM, drawn)) * 2) / 2


def _draw_bars(bar_s: float, rng: Random) -> int:
    fitting = [n for n in range(4, 64) if SHORTEST_S <= n * bar_s <= LONGEST_S]
    fours = [n for n in fitting if n % 4 == 0]
    evens = [n for n in fitting if n % 2 == 0]
    if fours and rng.random() < 0.85:
        return rng.choice(fours)
    return rng.choice(evens or fitting)


def _choose_layers(
    style: Style, line_up: LineUp, drawing: Drawing, rng: Random
) -> tuple[Layer, ...]:
    if line_up.is_plain:
        programs = {program for layer in style.layers for program in layer.programs}
        return (Layer("chords", tuple(sorted(programs)), "close", BLOCKS, 51, 76),)
    layers = [style.layers[place] for place in line_up.layers]
    if drawing.blocks and layers:
        kept = layers[1:] if rng.random() < 0.5 else []
        layers = [replace(layers[0], patterns=BLOCKS), *kept]
    return tuple(layers)


def _draw_harmony(
    style: Style, meter: str, bar_s: float, passages: tuple[Passage, ...], tonic: int,
    is_minor: bool, drawing: Drawing, rng: Random,
) -> tuple[ChordSpan, ...]:  # fmt: skip
    if drawing.chords:
        chords = wander(tonic, meter, passages[-1].first_bar + passages[-1].n_bars, rng)
    else:
        choices = style.minor_progressions if is_minor else style.major
        verse, chorus = choose_two(choices, rng)
        slow = 2 if bar_s < 2.6 and rng.random() < style.slow_harmony else 1
        chords = [
            chord
            for passage in passages
            for chord in lay_out(
                chorus if passage.name == "chorus" else verse,
                tonic, is_minor, passage.first_bar, passage.n_bars, meter, slow,
            )
        ]  # fmt: skip
    sounding = _where_someone_plays(chords, passages, bar_steps(meter))
    return shifted(sounding, rng) if drawing.changes else sounding


def _where_someone_plays(
    chords: list[ChordSpan], passages: tuple[Passage, ...], steps: int
) -> tuple[ChordSpan, ...]:
    """The chords cut to the passages with pitched players; equal neighbours are joined."""
    sounding: list[ChordSpan] = []
    for passage in passages:
        if passage.is_drums_alone:
            continue
        first, last = passage.first_bar * steps, (passage.first_bar + passage.n_bars) * steps
        for chord in chords:
            start, end = max(chord.start, first), min(chord.end, last)
            if start >= end:
                continue
            before = sounding[-1] if sounding else None
            if before and before.label == chord.label and before.end == start:
                sounding[-1] = replace(before, end=end)
            else:
                sounding.append(replace(chord, start=start, end=end))
    return tuple(sounding)

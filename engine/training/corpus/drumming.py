"""Drum parts: a groove, fills where a section ends, a cymbal where one begins."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from engine.synthesis import general_midi as gm
from engine.training.corpus.form import Passage
from engine.training.corpus.patterns import bar_of, drum_rows, strokes
from engine.training.corpus.plan import Plan
from engine.training.corpus.style import DRUM_KEYS

LOUDNESS = {"X": 112, "x": 94, "o": 54}
RESTING_IN_A_FILL = frozenset("HODPBJAZVW")
FILL_CHANCE, DRAWN_FILL_CHANCE, MIDWAY_FILL_CHANCE = 0.7, 0.2, 0.25
EMPTY_BAR_CHANCE = 0.12  # of a painted beat


class DraftHit(NamedTuple):
    """A stroke in steps from the start, before human timing."""

    step: float
    pitch: int
    velocity: int


def write_drums(plan: Plan, rng: Random) -> list[DraftHit]:
    """The drums over the passages that have a groove."""
    hits: list[DraftHit] = []
    for passage in plan.passages:
        if passage.groove is None:
            continue
        last_bar = passage.first_bar + passage.n_bars - 1
        if rng.random() < plan.style.crash_chance and passage.first_bar > 0:
            hits.append(DraftHit(passage.first_bar * plan.steps, gm.CRASH, 92 + rng.randrange(16)))
        for bar in range(passage.first_bar, last_bar + 1):
            if bar == plan.n_bars - 1 and plan.ends_held:
                hits += [DraftHit(bar * plan.steps, key, 100) for key in (gm.KICK, gm.CRASH)]
            elif bar == 0 or not plan.drawing.beat or rng.random() >= EMPTY_BAR_CHANCE:
                hits += _bar(plan, passage, bar, _draw_fill(plan, passage, bar, rng), rng)
    return hits


def _draw_fill(plan: Plan, passage: Passage, bar: int, rng: Random) -> str | None:
    """A fill for the last bar of a section, now and then for the fourth of eight."""
    place = bar - passage.first_bar + 1
    if place == passage.n_bars:
        chance = DRAWN_FILL_CHANCE if plan.drawing.beat else FILL_CHANCE
    else:
        chance = MIDWAY_FILL_CHANCE if place % 4 == 0 and not plan.drawing.beat else 0.0
    return rng.choice(plan.style.fills) if rng.random() < chance else None


def _bar(plan: Plan, passage: Passage, bar: int, fill: str | None, rng: Random) -> list[DraftHit]:
    """One bar; a fill covers its last steps and silences cymbals and snare of the groove there."""
    assert passage.groove is not None
    start = bar * plan.steps
    fill_rows = drum_rows(fill) if fill else []
    fill_steps = max((len(row) for _, row in fill_rows), default=0)
    fill_start = plan.steps - min(fill_steps, plan.steps)
    hits = []
    for drum, pattern in drum_rows(passage.groove):
        for stroke in strokes(bar_of(pattern, plan.steps, bar - passage.first_bar)):
            is_filled = fill is not None and stroke.step >= fill_start
            if is_filled and (drum in RESTING_IN_A_FILL or drum in "SCR"):
                continue
            if stroke.symbol == "o" and rng.random() < 0.15:
                continue  # soft strokes come and go, as hands do
            hits.append(_hit(start + stroke.step, drum, stroke.symbol, passage.energy, rng))
    for drum, row in fill_rows:
        for stroke in strokes(row[-plan.steps :]):
            hits.append(_hit(start + fill_start + stroke.step, drum, stroke.symbol, 1.0, rng))
    return hits


def _hit(step: int, drum: str, symbol: str, energy: float, rng: Random) -> DraftHit:
    velocity = round(LOUDNESS[symbol] * (0.5 + 0.5 * energy) + rng.gauss(0, 5))
    return DraftHit(step, DRUM_KEYS[drum], max(18, min(126, velocity)))

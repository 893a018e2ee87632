"""Who plays: a whole band, or only what a person might have drawn."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from engine.training.corpus.style import Style

# How often each line-up is drawn. A style in which drums are rare takes none that needs them.
WEIGHTS = {
    "band": 0.67,
    "alone": 0.05,
    "chords and drums": 0.06,
    "chords and bass": 0.025,
    "bass and drums": 0.035,
    "drums": 0.04,
    "tune and chords": 0.05,
    "tune, bass and drums": 0.05,
    "chords as pads": 0.035,
}
NEED_DRUMS = ("chords and drums", "bass and drums", "drums", "tune, bass and drums")
FEWEST_DRUMS = 0.5


class LineUp(NamedTuple):
    """Places among the style's harmony layers, and who else plays.

    ``is_plain``: the harmony is held or struck in blocks, on any instrument of the style.
    """

    layers: tuple[int, ...]
    has_bass: bool
    has_drums: bool
    has_tune: bool
    is_plain: bool = False


def draw_line_up(style: Style, rng: Random) -> LineUp:
    """A line-up for one piece of a style; someone always plays."""
    kind = rng.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
    if kind in NEED_DRUMS and style.drum_chance < FEWEST_DRUMS:
        kind = "band"
    first = (0,)
    match kind:
        case "alone":
            return LineUp(first, has_bass=False, has_drums=False, has_tune=False)
        case "chords and drums":
            plain = rng.random() < 0.5
            return LineUp(first, has_bass=False, has_drums=True, has_tune=False, is_plain=plain)
        case "chords and bass":
            return LineUp(first, has_bass=True, has_drums=False, has_tune=False)
        case "bass and drums":
            return LineUp((), has_bass=True, has_drums=True, has_tune=False)
        case "drums":
            return LineUp((), has_bass=False, has_drums=True, has_tune=False)
        case "tune and chords":
            return LineUp(first, has_bass=rng.random() < 0.3, has_drums=False, has_tune=True)
        case "tune, bass and drums":
            return LineUp(first, has_bass=True, has_drums=True, has_tune=True)
        case "chords as pads":
            return LineUp(first, has_bass=False, has_drums=False, has_tune=False, is_plain=True)
    layers = tuple(
        place
        for place, layer in enumerate(style.layers)
        if place == 0 or rng.random() < layer.chance
    )
    return LineUp(
        layers,
        has_bass=rng.random() < style.bass_chance,
        has_drums=rng.random() < style.drum_chance,
        has_tune=rng.random() < style.tune.chance,
    )

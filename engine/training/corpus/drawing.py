"""What in a piece is drawn as a hand would on a lane, against the habits of its style.

A model that hears only idiom learns to follow the style; one that also hears plain blocks,
wandering chords and odd beats has to learn to follow the lanes.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SHARE = 0.38


@dataclass(frozen=True, slots=True)
class Drawing:
    """Which sides of a piece are drawn.

    ``chords``: a random walk instead of a progression; ``changes``: moved off their places;
    ``beat``: a painted drum pattern, with bars left empty; ``blocks``: the harmony in plain
    chords; ``tune``: any rhythm, wide leaps; ``straight``: exactly on the grid, equally loud;
    ``tempo``: any tempo at all.
    """

    chords: bool = False
    changes: bool = False
    beat: bool = False
    blocks: bool = False
    tune: bool = False
    straight: bool = False
    tempo: bool = False


def draw_drawing(rng: Random) -> Drawing:
    """Most pieces follow their style in everything; the others leave it in some things."""
    if rng.random() >= SHARE:
        return Drawing()
    return Drawing(
        chords=rng.random() < 0.38,
        changes=rng.random() < 0.3,
        beat=rng.random() < 0.45,
        blocks=rng.random() < 0.35,
        tune=rng.random() < 0.35,
        straight=rng.random() < 0.5,
        tempo=rng.random() < 0.15,
    )

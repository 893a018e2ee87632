"""Grooves of many styles, written as step grids for the meters they are played in.

``X`` is an accent, ``x`` a plain stroke, ``o`` a ghost stroke, ``.`` none. The steps of a line
share one bar equally, so a bar of 4/4 in sixteenths has 16 of them and one in triplets 12.
"""

from __future__ import annotations

from app.model.drum_hit import GHOST
from engine.timebase import Meter

VELOCITIES = {"X": 114, "x": 92, "o": GHOST}
_ROWS = {
    "K": 36,
    "S": 38,
    "R": 37,
    "C": 39,
    "h": 42,
    "H": 46,
    "r": 51,
    "c": 49,
    "l": 41,
    "m": 45,
    "t": 48,
    "p": 56,
}  # fmt: skip
_Grid = tuple[str, ...]  # one bar: a line per row, its letter and its steps

STYLE_GRIDS: dict[str, dict[str, tuple[_Grid, ...]]] = {
    "rock": {
        "4/4": (
            (
                "K X.....x.X.......",
                "S ....X.......X...",
                "h X.x.X.x.X.x.X.x.",
            ),
            (
                "K X.....x.X.x.....",
                "S ....X.......X..o",
                "h X.x.X.x.X.x.X.x.",
            ),
        ),
        "3/4": (
            (
                "K X.......x...",
                "S ....X...X...",
                "h X.x.X.x.X.x.",
            ),
        ),
        "6/8": (
            (
                "K X.......x...",
                "S ......X.....",
                "h X.x.x.X.x.x.",
            ),
        ),
    },
    "pop": {
        "4/4": (
            (
                "K X......xX.......",
                "S ....X.......X...",
                "h x.x.x.x.x.x.x.x.",
            ),
            (
                "K X......xX..x....",
                "S ....X.......X...",
                "h x.x.x.x.x.x.x...",
                "H ..............x.",
            ),
        ),
        "3/4": (
            (
                "K X.....x.....",
                "S ........X...",
                "h x.x.x.x.x.x.",
            ),
        ),
        "6/8": (
            (
                "K X....x......",
                "S ......X.....",
                "h x.x.x.x.x.x.",
            ),
        ),
    },
    "ballad": {
        "4/4": (
            (
                "K X.........x.....",
                "R ........X.......",
                "h x...x...x...x...",
            ),
        ),
        "3/4": (
            (
                "K X...........",
                "R ........x...",
                "r x...x...x...",
            ),
        ),
        "6/8": (
            (
                "K X...........",
                "R ......X.....",
                "r x.x.x.x.x.x.",
            ),
        ),
    },
    "funk": {
        "4/4": (
            (
                "K X..x..x...x..x..",
                "S ....X..o.o..X..o",
                "h XxxxXxxxXxxxXxx.",
            ),
            (
                "K X..x..x...x.....",
                "S ....X..o.oo.X.o.",
                "h XxxxXxxxXxxxXxx.",
                "H ...............x",
            ),
        ),
    },
    "soul": {
        "4/4": (
            (
                "K X..x....X..x....",
                "S ....X..o....X...",
                "h X.x.X.x.X.x.X.x.",
            ),
        ),
        "6/8": (
            (
                "K X...xx......",
                "S ......X....o",
                "h X.x.x.X.x.x.",
            ),
        ),
    },
    "disco": {
        "4/4": (
            (
                "K X...X...X...X...",
                "S ....X.......X...",
                "H ..X...X...X...X.",
                "h xx.xxx.xxx.xxx.x",
            ),
        ),
    },
    "house": {
        "4/4": (
            (
                "K X...X...X...X...",
                "C ....X.......X...",
                "H ..X...X...X...X.",
                "h x..xx..xx..xx..x",
            ),
        ),
    },
    "techno": {
        "4/4": (
            (
                "K X...X...X...X...",
                "H ..x...x...x...x.",
                "h oxoxoxoxoxoxoxox",
                "C ............x...",
            ),
            (
                "K X...X...X...X.x.",
                "H ..x...x...x...x.",
                "h oxoxoxoxoxoxoxox",
                "p ...x......x.....",
            ),
        ),
    },
    "hip-hop": {
        "4/4": (
            (
                "K X.....x...x.....",
                "S ....X.......X...",
                "h x.x.x.xxx.x.x.x.",
            ),
            (
                "K X.....x..xx..x..",
                "S ....X.......X..o",
                "h x.x.x.xxx.x.x.x.",
            ),
        ),
    },
    "lo-fi": {
        "4/4": (
            (
                "K X......x..x.....",
                "S ....x.......x...",
                "h x.o.x.o.x.o.x.o.",
            ),
            (
                "K X......x..x...o.",
                "S ....x.......x..o",
                "h x.o.x.o.x.o.x.x.",
            ),
        ),
        "3/4": (
            (
                "K X.....o.....",
                "S ....x...x...",
                "h x.o.x.o.x.o.",
            ),
        ),
    },
    "one drop": {
        "4/4": (
            (
                "K ........X.......",
                "R ........X.......",
                "h x.X.x.X.x.X.x.X.",
            ),
        ),
    },
    "steppers": {
        "4/4": (
            (
                "K X...X...X...X...",
                "R ........X.......",
                "h x.X.x.X.x.X.x.X.",
            ),
        ),
    },
    "train": {
        "4/4": (
            (
                "K X...x...X...x...",
                "S oxXxoxXxoxXxoxXx",
            ),
        ),
        "3/4": (
            (
                "K X...........",
                "S ....x.o.x.o.",
            ),
        ),
    },
    "jazz swing": {
        "4/4": (
            (
                "r X..X.xX..X.x",
                "h ...x.....x..",
                "K o..o..o..o..",
            ),
            (
                "r X..X.xX..X.x",
                "h ...x.....x..",
                "K o..o..o..o..",
                "S ........o...",
            ),
        ),
        "3/4": (
            (
                "r X..X.xX..",
                "h ...x..x..",
                "K o........",
            ),
        ),
    },
    "waltz": {
        "3/4": (
            (
                "K X.....",
                "S ..x.x.",
                "h x.x.x.",
            ),
        ),
        "6/8": (
            (
                "K X.....",
                "S ..x.x.",
                "h x.x.x.",
            ),
        ),
    },
    "samba": {
        "4/4": (
            (
                "K X..xX..xX..xX..x",
                "R x..x..x...x.x...",
                "h XxxXXxxXXxxXXxxX",
            ),
        ),
    },
    "afro": {
        "6/8": (
            (
                "K X.....x.....",
                "p X.X.XX.X.X.X",
                "h x..x..x..x..",
            ),
        ),
        "4/4": (
            (
                "K X.....x.....",
                "p X.X.XX.X.X.X",
                "h x..x..x..x..",
            ),
        ),
    },
    "slow six": {
        "6/8": (
            (
                "K X..x........",
                "S ......X.....",
                "h X.x.x.X.x.x.",
            ),
        ),
        "4/4": (
            (
                "K X.....X..x..",
                "S ...X.....X..",
                "h XxxXxxXxxXxx",
            ),
        ),
    },
}
"""Bars by style and meter; several bars alternate."""

STYLE_GROUPS: dict[str, tuple[str, ...]] = {
    "Basic": ("four-on-the-floor", "backbeat", "half-time", "shuffle"),
    "Rock and pop": ("rock", "pop", "ballad", "slow six"),
    "Soul and funk": ("soul", "funk", "disco", "breakbeat"),
    "Electronic": ("house", "techno", "trap", "hip-hop", "lo-fi"),
    "World": ("bossa", "samba", "afro", "one drop", "steppers"),
    "Country and jazz": ("train", "jazz swing", "waltz"),
}
"""Every groove's name, by what a musician would look under."""


def style_bar(name: str, meter: Meter, index: int) -> list[tuple[int, int, int]] | None:
    """One bar's strokes (tick, pitch, velocity); None where the style does not know the meter."""
    bars = STYLE_GRIDS[name].get(f"{meter.beats}/{meter.unit}")
    if bars is None:
        return None
    return [
        (round(step * meter.bar_ticks / len(line)), _ROWS[row], VELOCITIES[sign])
        for row, _, line in (text.partition(" ") for text in bars[index % len(bars)])
        for step, sign in enumerate(line)
        if sign != "."
    ]

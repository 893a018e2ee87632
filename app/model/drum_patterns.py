"""Drum grooves one can paint over bars, each one or two bars of 4/4 long."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.drum_hit import ACCENT, GHOST, NORMAL, DrumHit
from engine.timebase import TICKS_PER_QUARTER, Span, TempoMap, Ticks

KICK, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, RIDE, RIM = 36, 38, 39, 42, 46, 51, 37
_BAR = Ticks(4 * TICKS_PER_QUARTER)
_LETTERS = {"o": GHOST, "x": NORMAL, "X": ACCENT}


@dataclass(frozen=True, slots=True)
class DrumPattern:
    """One groove. Each row is written in equal steps: ``X`` loud, ``x``, ``o`` soft, ``.`` rest.

    ``steps_per_bar`` is 16 for sixteenths, 12 for triplet eighths; blanks are only for the eye.
    """

    slug: str
    name: str
    rows: tuple[tuple[int, str], ...]
    steps_per_bar: int = 16

    def hits(self, span: Span[Ticks], tempo: TempoMap) -> tuple[DrumHit, ...]:
        """The groove over ``span``, starting anew on its first bar line.

        In bars shorter or longer than four quarters the groove is cut or goes on from its start.
        """
        bar_ticks = tempo.meter.bar_ticks
        first_bar = span.start // bar_ticks
        hits: list[DrumHit] = []
        for pitch, written in self.rows:
            letters = written.replace(" ", "")
            step = _BAR // self.steps_per_bar
            n_bars = max(1, len(letters) // self.steps_per_bar)
            for bar in range(first_bar, -(-span.end // bar_ticks)):
                phase = (bar - first_bar) % n_bars * self.steps_per_bar
                for index in range(-(-bar_ticks // step)):
                    letter = letters[(phase + index) % len(letters)]
                    time = Ticks(bar * bar_ticks + index * step)
                    if letter in _LETTERS and span.contains(time):
                        hits.append(DrumHit(time, pitch, _LETTERS[letter]))
        return tuple(sorted(hits, key=lambda hit: hit.order))


DRUM_PATTERNS = (
    DrumPattern(
        "four-on-the-floor",
        "Four on the floor",
        (
            (KICK, "X... X... X... X..."),
            (CLAP, ".... X... .... X..."),
            (OPEN_HAT, "..x. ..x. ..x. ..x."),
            (CLOSED_HAT, "x.o. x.o. x.o. x.o."),
        ),
    ),
    DrumPattern(
        "backbeat",
        "Backbeat",
        (
            (KICK, "X... ..x. x... ...."),
            (SNARE, ".... X... .... X..."),
            (CLOSED_HAT, "X.x. X.x. X.x. X.x."),
        ),
    ),
    DrumPattern(
        "half-time",
        "Half-time",
        (
            (KICK, "X... .... ..x. ...."),
            (SNARE, ".... .... X... ...."),
            (CLOSED_HAT, "X.x. x.x. X.x. x.x."),
        ),
    ),
    DrumPattern(
        "shuffle",
        "Shuffle",
        (
            (KICK, "X.. ..x X.. ..."),
            (SNARE, "... X.. ... X.."),
            (CLOSED_HAT, "X.x X.x X.x X.x"),
        ),
        steps_per_bar=12,
    ),
    DrumPattern(
        "bossa",
        "Bossa",
        (
            (KICK, "X..x x..x x..x x..x"),
            (RIM, "X..x ..x. ..x. .x.." "X..x ..x. ...x ..x."),
            (CLOSED_HAT, "xoxo xoxo xoxo xoxo"),
        ),
    ),
    DrumPattern(
        "breakbeat",
        "Breakbeat",
        (
            (KICK, "X.x. .... ..xx ...."),
            (SNARE, ".... X..o .o.. X..o"),
            (CLOSED_HAT, "X.x. X.x. X.x. X.x."),
        ),
    ),
    DrumPattern(
        "trap",
        "Trap",
        (
            (KICK, "X... ..x. ..x. ....X... ...x .... x..."),
            (SNARE, ".... .... X... ........ .... X... ...."),
            (CLOSED_HAT, "x.x. x.x. x.xx x.x.x.x. xxxx x.x. xoxo"),
        ),
    ),
)
"""The grooves in the order menus show them."""


def drum_pattern(slug: str) -> DrumPattern:
    """The groove of that slug, e.g. ``half-time``; raises KeyError where there is none."""
    for pattern in DRUM_PATTERNS:
        if pattern.slug == slug:
            return pattern
    raise KeyError(slug)

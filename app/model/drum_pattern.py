"""Drum patterns by name, for any meter and number of bars."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.model.drum_hit import ACCENT, GHOST, NORMAL, DrumHit
from app.model.drum_style import STYLE_GRIDS, style_bar
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

KICK, SNARE, CLAP, CLOSED_HAT, OPEN_HAT, RIDE, CRASH, RIM = 36, 38, 39, 42, 46, 51, 49, 37
_EIGHTH = TICKS_PER_QUARTER // 2
_SIXTEENTH = TICKS_PER_QUARTER // 4
_TRIPLET = TICKS_PER_QUARTER // 3
_Bar = list[tuple[int, int, int]]  # (tick in the bar, pitch, velocity)


def pattern_hits(
    name: str, meter: Meter, n_bars: int, at: Ticks = Ticks(0), has_fill: bool = False
) -> tuple[DrumHit, ...]:
    """The strokes of a named pattern from ``at`` on; ``has_fill`` ends the last bar with a fill.

    Raises KeyError for an unknown name; ``PATTERNS`` lists them.
    """
    pattern = PATTERNS[name]
    bars = [pattern(meter, index) for index in range(n_bars)]
    if has_fill and bars:
        bars[-1] = _with_fill(bars[-1], meter)
    hits = {
        (at + index * meter.bar_ticks + tick, pitch): velocity
        for index, bar in enumerate(bars)
        for tick, pitch, velocity in bar
        if 0 <= tick < meter.bar_ticks
    }
    return tuple(DrumHit(Ticks(time), pitch, hits[time, pitch]) for time, pitch in sorted(hits))


def fill_hits(hits: tuple[DrumHit, ...], meter: Meter, bar: Span[Ticks]) -> tuple[DrumHit, ...]:
    """What a bar sounds like when it ends with a fill over snare and toms; kicks stay."""
    strokes = [
        (hit.time - bar.start, hit.pitch, hit.velocity) for hit in hits if bar.contains(hit.time)
    ]
    filled = {(tick, pitch): loud for tick, pitch, loud in _with_fill(strokes, meter)}
    return tuple(
        DrumHit(Ticks(bar.start + tick), pitch, filled[tick, pitch])
        for tick, pitch in sorted(filled)
    )


def _styled(name: str, meter: Meter, index: int) -> _Bar:
    """A style's own bar; in a meter it does not know, a plain beat."""
    bar = style_bar(name, meter, index)
    return _backbeat(meter, index) if bar is None else bar


def _pulses(meter: Meter) -> list[int]:
    """The felt beats of a bar: dotted quarters in 6/8, 9/8, 12/8; else the meter's beats."""
    if meter.unit == 8 and meter.beats % 3 == 0 and meter.beats > 3:
        return list(range(0, int(meter.bar_ticks), 3 * _EIGHTH))
    return list(range(0, int(meter.bar_ticks), int(max(meter.beat_ticks, _EIGHTH))))


def _backbeats(meter: Meter) -> list[int]:
    """Where the snare answers: every second pulse; in three, the second and third."""
    pulses = _pulses(meter)
    return pulses[1:] if len(pulses) == 3 else pulses[1::2]


def _every(step: int, meter: Meter, pitch: int, loud: int = NORMAL, soft: int = 70) -> _Bar:
    pulses = set(_pulses(meter))
    ticks = range(0, int(meter.bar_ticks), step)
    return [(tick, pitch, loud if tick in pulses else soft) for tick in ticks]


def _four_on_the_floor(meter: Meter, _: int) -> _Bar:
    pulses = _pulses(meter)
    gap = pulses[1] - pulses[0] if len(pulses) > 1 else int(meter.bar_ticks)
    offbeats = [tick + gap // 2 for tick in pulses]
    return [
        *((tick, KICK, 110) for tick in pulses),
        *((tick, CLAP, NORMAL) for tick in _backbeats(meter)),
        *((tick, OPEN_HAT, 85) for tick in offbeats),
        *((tick, CLOSED_HAT, 70) for tick in pulses),
    ]


def _backbeat(meter: Meter, _: int) -> _Bar:
    pulses = _pulses(meter)
    bar = _every(_EIGHTH, meter, CLOSED_HAT)
    bar += [(tick, SNARE, 105) for tick in _backbeats(meter)]
    bar.append((0, KICK, 110))
    if len(pulses) >= 4:
        bar += [(pulses[2], KICK, 100), (pulses[2] + _EIGHTH, KICK, 85)]
    elif len(pulses) == 2:
        bar.append((pulses[1] - _EIGHTH, KICK, 80))
    return bar


def _half_time(meter: Meter, index: int) -> _Bar:
    middle = _pulses(meter)[len(_pulses(meter)) // 2]
    bar = _every(_EIGHTH, meter, CLOSED_HAT)
    bar += [(0, KICK, 112), (middle, SNARE, 112)]
    if index % 2:
        bar.append((int(meter.bar_ticks) - _EIGHTH, KICK, 85))
    else:
        bar.append((middle - _EIGHTH, KICK, 80))
    return bar


def _shuffle(meter: Meter, _: int) -> _Bar:
    is_compound = _pulses(meter) != list(range(0, int(meter.bar_ticks), int(meter.beat_ticks)))
    late = 2 * (_EIGHTH if is_compound else _TRIPLET)
    bar: _Bar = []
    for index, tick in enumerate(_pulses(meter)):
        bar += [(tick, RIDE, NORMAL), (tick + late, RIDE, 65)]
        if tick in _backbeats(meter):
            bar.append((tick, SNARE, 100))
        else:
            bar.append((tick, KICK, 105 if index == 0 else 95))
    return bar


def _bossa(meter: Meter, index: int) -> _Bar:
    bar = _every(_EIGHTH, meter, CLOSED_HAT, 75, 60)
    for tick in _pulses(meter)[:: 2 if len(_pulses(meter)) > 3 else 1]:
        bar += [(tick, KICK, 90), (tick - _EIGHTH, KICK, 65)]
    clave = ((0, 3, 6), (2, 5)) if meter.bar_ticks >= 8 * _EIGHTH else ((0, 3), (2,))
    bar += [(step * _EIGHTH, RIM, 85) for step in clave[index % 2]]
    return bar


def _breakbeat(meter: Meter, index: int) -> _Bar:
    bar = _every(_EIGHTH, meter, CLOSED_HAT, 95, 75)
    kicks = ((0, 2, 10, 11), (0, 2, 10))[index % 2]
    ghosts = ((7, 9, 15), (7, 9, 14))[index % 2]
    bar += [(step * _SIXTEENTH, KICK, 108) for step in kicks]
    bar += [(step * _SIXTEENTH, SNARE, GHOST) for step in ghosts]
    return bar + [(tick, SNARE, 112) for tick in _backbeats(meter)]


def _trap(meter: Meter, index: int) -> _Bar:
    middle = _pulses(meter)[len(_pulses(meter)) // 2]
    bar = _every(_SIXTEENTH, meter, CLOSED_HAT, 85, 60)
    end = int(meter.bar_ticks)
    if index % 2:  # a roll of thirty-seconds leads into the next bar
        bar += [(tick, CLOSED_HAT, 55) for tick in range(end - _EIGHTH, end, _SIXTEENTH // 2)]
    bar += [(0, KICK, 115), (3 * _EIGHTH, KICK, 95), (middle + _EIGHTH, KICK, 100)]
    return [*bar, (middle, CLAP, ACCENT), (middle, SNARE, 80)]


def _with_fill(bar: _Bar, meter: Meter) -> _Bar:
    """The last pulse's worth of the bar becomes a run over snare and toms."""
    start = _pulses(meter)[-1]
    steps = list(range(start, int(meter.bar_ticks), _SIXTEENTH))
    toms = (SNARE, 48, 45, 41)
    kept = [stroke for stroke in bar if stroke[0] < start or stroke[1] == KICK]
    return kept + [
        (tick, toms[min(3, index * 4 // len(steps))], 90 + 5 * index)
        for index, tick in enumerate(steps)
    ]


PATTERNS: dict[str, Callable[[Meter, int], _Bar]] = {
    "four-on-the-floor": _four_on_the_floor,
    "backbeat": _backbeat,
    "half-time": _half_time,
    "shuffle": _shuffle,
    "bossa": _bossa,
    "breakbeat": _breakbeat,
    "trap": _trap,
    **{name: partial(_styled, name) for name in STYLE_GRIDS},
}
"""Every pattern by its name; each gives one bar's strokes for a meter and bar index."""

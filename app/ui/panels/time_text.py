"""Times as people type and read them: ``3.2.120``, ``8 bars``, ``16 s``, ``0:16``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.timebase import Seconds, TempoMap, Ticks

_NUMBER = r"\d+(?:[.,]\d+)?"
_BARS = re.compile(rf"^({_NUMBER})\s*(?:bars?|b)?$", re.IGNORECASE)
_SECONDS = re.compile(rf"^({_NUMBER})\s*(?:s|sec|seconds?)$", re.IGNORECASE)
_CLOCK = re.compile(rf"^(\d+):({_NUMBER})$")
_POSITION = re.compile(r"^(\d+)(?:\.(\d+)(?:\.(\d+))?)?$")
_WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class Length:
    """A length as asked: ``seconds`` exactly, and how many bars that is."""

    seconds: Seconds
    bars: float

    @property
    def whole_bars(self) -> int | None:
        """The number of bars, where it is a whole one."""
        nearest = round(self.bars)
        return nearest if nearest >= 1 and abs(self.bars - nearest) < _WHOLE else None

    @property
    def offers(self) -> tuple[int, ...]:
        """The whole numbers of bars next to it, and the next multiple of four."""
        below = max(1, int(self.bars))
        above = below + 1
        round_number = -(-above // 4) * 4
        return tuple(sorted({below, above, round_number}))


def parse_length(text: str, tempo: TempoMap) -> Length | None:
    """Read ``8``, ``8 bars``, ``16 s`` or ``0:16``; None where it is none of these, or zero."""
    bar_s = tempo.seconds_at(tempo.meter.bar_ticks)
    if match := _BARS.match(text.strip()):
        bars = _float(match[1])
        return Length(Seconds(bars * bar_s), bars) if bars > 0 else None
    seconds = _parse_seconds(text)
    return Length(seconds, seconds / bar_s) if seconds else None


def parse_position(text: str, tempo: TempoMap) -> Ticks | None:
    """Read ``3``, ``3.2`` or ``3.2.120`` (bar, beat, ticks), ``0:16`` or ``16 s``; else None."""
    if match := _POSITION.match(text.strip()):
        bar, beat, tick = int(match[1]), int(match[2] or 1), int(match[3] or 0)
        return tempo.ticks_of_position(bar, beat, tick) if bar and beat else None
    seconds = _parse_seconds(text)
    return None if seconds is None else tempo.ticks_at(seconds)


def _parse_seconds(text: str) -> Seconds | None:
    if match := _SECONDS.match(text.strip()):
        return Seconds(_float(match[1]))
    if match := _CLOCK.match(text.strip()):
        return Seconds(int(match[1]) * 60 + _float(match[2]))
    return None


def format_position(position: Ticks, tempo: TempoMap) -> str:
    """``3.2.120``."""
    bar, beat, tick = tempo.position_at(position)
    return f"{bar}.{beat}.{tick:03d}"


def format_clock(seconds: Seconds) -> str:
    """``1:02.5``: minutes, seconds, tenths; rounds down."""
    tenths = int(seconds * 10 + _WHOLE)
    return f"{tenths // 600}:{tenths // 10 % 60:02d}.{tenths % 10}"


def format_seconds(seconds: Seconds) -> str:
    """``20.0 s``."""
    return f"{seconds:.1f} s"


def _float(text: str) -> float:
    return float(text.replace(",", "."))

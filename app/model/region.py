"""A stretch of one lane."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.lane import LaneId
from engine.timebase import Span, TempoMap, Ticks

EN_DASH = "\u2013"


@dataclass(frozen=True, slots=True)
class Region:
    """A time range on a lane, whether or not there is anything in it."""

    lane: LaneId
    span: Span[Ticks]


def bars_of(span: Span[Ticks], tempo: TempoMap) -> tuple[int, int]:
    """First and last bar the span touches, counted from 1."""
    first = tempo.position_at(span.start)[0]
    last = tempo.position_at(Ticks(span.end - 1))[0]
    return first, last


def describe_bars(span: Span[Ticks], tempo: TempoMap) -> str:
    """``bar 3``, ``bars 3-4`` (with a proper dash); ``3.2 to 4.1`` off the bar lines."""
    first, last = bars_of(span, tempo)
    if span == tempo.bars(first, last):
        return f"bar {first}" if first == last else f"bars {first}{EN_DASH}{last}"
    return f"{describe_position(span.start, tempo)} to {describe_position(span.end, tempo)}"


def describe_position(position: Ticks, tempo: TempoMap) -> str:
    """``3.2`` or ``3.2.120``: bar, beat and, where there are any, ticks."""
    bar, beat, tick = tempo.position_at(position)
    return f"{bar}.{beat}.{tick}" if tick else f"{bar}.{beat}"

"""Reading the step patterns of a style."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

STEPS_PER_QUARTER = 4


class Stroke(NamedTuple):
    """One symbol of a pattern: where it starts and how many steps it lasts."""

    step: int
    symbol: str
    length: int


def bar_steps(meter: str) -> int:
    """Sixteenth steps in a bar of a meter such as ``6/8``."""
    beats, unit = meter.split("/")
    return int(beats) * 16 // int(unit)


def bar_of(pattern: str, steps: int, bar: int) -> str:
    """The steps of one bar of a pattern.

    A pattern of several bars goes round; one shorter than a bar repeats inside it.

    Raises:
        ValueError: if pattern and bar do not divide each other.
    """
    if len(pattern) % steps == 0:
        start = bar * steps % len(pattern)
        return pattern[start : start + steps]
    if steps % len(pattern):
        raise ValueError(f"{pattern!r} does not fit a bar of {steps} steps")
    return pattern * (steps // len(pattern))


def strokes(row: str) -> Iterator[Stroke]:
    """The strokes of a bar in order; ``-`` lengthens the one before."""
    for step, symbol in enumerate(row):
        if symbol in ".-":
            continue
        length = 1
        while step + length < len(row) and row[step + length] == "-":
            length += 1
        yield Stroke(step, symbol, length)


def drum_rows(groove: str) -> list[tuple[str, str]]:
    """A groove such as ``K x... | H x.`` as pairs of drum letter and pattern."""
    pairs = []
    for row in groove.split("|"):
        drum, pattern = row.split()
        pairs.append((drum, pattern))
    return pairs

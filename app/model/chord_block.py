"""The chord lane: blocks of text over bars. A gap between blocks is no chord."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.model.lane import LaneSettings
from engine.timebase import Span, Ticks

MAX_CHORD_TEXT = 64


@dataclass(frozen=True, slots=True)
class ChordBlock:
    """A chord as typed, over a span; the text may be one the grammar does not know."""

    span: Span[Ticks]
    text: str

    def __post_init__(self) -> None:
        if self.span.start < 0:
            raise ValueError(f"a chord cannot start before bar 1: {self.span.start}")
        if not 0 < len(self.text) <= MAX_CHORD_TEXT:
            raise ValueError(f"chord text has 1 to {MAX_CHORD_TEXT} letters: {self.text!r}")


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A lead sheet as it was pasted or typed at a position."""

    text: str
    at: Ticks


@dataclass(frozen=True, slots=True)
class ChordLane:
    """Chord blocks in order of time; they never overlap.

    ``typed`` is the last lead sheet put here, so that copying can give the very text back.
    ``has_german_names``: H is read as B, and B as B flat.
    """

    blocks: tuple[ChordBlock, ...] = ()
    typed: TypedSheet | None = None
    has_german_names: bool = False
    settings: LaneSettings = LaneSettings()

    def __post_init__(self) -> None:
        for left, right in pairwise(self.blocks):
            if right.span.start < left.span.end:
                raise ValueError(f"chords overlap at tick {right.span.start}")

    def at(self, position: Ticks) -> ChordBlock | None:
        """The block sounding at a position, or None in a gap."""
        index = bisect_right(self.blocks, position, key=_start_of) - 1
        if index < 0 or self.blocks[index].span.end <= position:
            return None
        return self.blocks[index]

    def within(self, span: Span[Ticks]) -> tuple[ChordBlock, ...]:
        """The blocks that share any time with ``span``, whole."""
        first = bisect_right(self.blocks, span.start, key=lambda block: block.span.end)
        return self.blocks[first : bisect_left(self.blocks, span.end, key=_start_of)]


def _start_of(block: ChordBlock) -> Ticks:
    return block.span.start


def carve_chords(blocks: Iterable[ChordBlock], span: Span[Ticks]) -> tuple[ChordBlock, ...]:
    """Make room: what lies inside ``span`` is removed, blocks that reach into it are cut."""
    kept: list[ChordBlock] = []
    for block in blocks:
        if not block.span.overlaps(span):
            kept.append(block)
            continue
        if block.span.start < span.start:
            kept.append(replace(block, span=Span(block.span.start, span.start)))
        if block.span.end > span.end:
            kept.append(replace(block, span=Span(span.end, block.span.end)))
    return tuple(kept)


def _lie_apart(blocks: list[ChordBlock]) -> bool:
    return all(left.span.end <= right.span.start for left, right in pairwise(blocks))


def place_chords(
    blocks: Iterable[ChordBlock], placed: Iterable[ChordBlock]
) -> tuple[ChordBlock, ...]:
    """Put blocks on the lane; what was under them yields. Later ones win among themselves."""
    result, placed = tuple(blocks), tuple(placed)
    if _lie_apart(sorted((*result, *placed), key=_start_of)):
        return tuple(sorted((*result, *placed), key=_start_of))
    for block in placed:
        result = (*carve_chords(result, block.span), block)
    return tuple(sorted(result, key=lambda block: block.span.start))

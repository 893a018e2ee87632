"""What a person does to chord blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.actions.stroke import Stroke
from app.model.chord_block import ChordBlock
from app.model.edits.chords import (
    ChangeChords,
    PasteLeadSheet,
    PlaceChords,
    RemoveChords,
    SetChordText,
    SetGermanNames,
    SplitChord,
    WriteLeadSheet,
)
from app.model.lead_sheet import chords_as_text, read_lead_sheet
from app.model.snapping import snap_down
from engine.timebase import Span, Ticks

SHORTEST_CHORD = Ticks(120)


def _counted(verb: str, number: int) -> str:
    return f"{verb} {number} chord{'' if number == 1 else 's'}"


def _shifted(block: ChordBlock, ticks: int) -> ChordBlock:
    return replace(block, span=Span(Ticks(block.span.start + ticks), Ticks(block.span.end + ticks)))


class ChordActions:
    """Every method is one undo step, or one state of a running drag; it selects its result."""

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke

    def place(self, blocks: Iterable[ChordBlock]) -> None:
        """Put blocks down; what was under them yields."""
        placed = tuple(blocks)
        if placed:
            self._stroke.do(PlaceChords(placed))
            self._stroke.select(frozenset(placed))

    def paste(self, text: str, at: Ticks) -> Ticks:
        """Put a lead sheet down from a bar line on; returns where it ends.

        The bars it fills are emptied first. Raises ValueError where it is too long.
        """
        lane, meter = self._stroke.base.chords, self._stroke.base.tempo.meter
        sheet = read_lead_sheet(text, meter, lane.has_german_names)
        span = sheet.span(meter, at)
        if span is None:
            return at
        self._stroke.do(PasteLeadSheet(text, at))
        self._stroke.select(frozenset(sheet.blocks(meter, at)))
        return span.end

    def write_all(self, text: str) -> None:
        """Let a text be the whole lane; raises ValueError where it is too long."""
        self._stroke.do(WriteLeadSheet(text))

    def as_text(self, blocks: Iterable[ChordBlock]) -> str:
        """Blocks as a lead sheet, from the bar line before the first on; "" for none."""
        chosen, lane = self._present(blocks), self._stroke.base.chords
        if not chosen:
            return ""
        meter = self._stroke.base.tempo.meter
        start = snap_down(chosen[0].span.start, meter.bar_ticks)
        n_bars = -(-(chosen[-1].span.end - start) // meter.bar_ticks)
        span = Span(start, Ticks(start + n_bars * meter.bar_ticks))
        return chords_as_text(replace(lane, blocks=chosen), meter, span)

    def set_german_names(self, is_on: bool) -> None:
        """Read H as B and B as B flat, or not."""
        self._stroke.do(SetGermanNames(is_on))

    def retype(self, block: ChordBlock, text: str) -> None:
        """Type another chord into a block; an empty text deletes it."""
        if not text:
            self.remove((block,))
        elif text != block.text:
            self._stroke.do(SetChordText(block, text))
            self._stroke.select(frozenset((replace(block, text=text),)))

    def remove(self, blocks: Iterable[ChordBlock]) -> None:
        """Take blocks away."""
        gone = self._present(blocks)
        if gone:
            self._stroke.do(RemoveChords(gone))
            self._stroke.select(frozenset())

    def move(
        self,
        blocks: Iterable[ChordBlock],
        ticks: int,
        *,
        keep_originals: bool = False,
        pushes: bool = False,
    ) -> None:
        """Shift blocks, as far as bar 1 allows; ``pushes`` takes along all that follow."""
        moving = self._present(blocks)
        if not moving:
            return
        if pushes:
            first = moving[0].span.start
            carried = tuple(b for b in self._stroke.base.chords.blocks if b.span.start >= first)
        else:
            carried = moving
        ticks = max(ticks, -carried[0].span.start)
        after = tuple(_shifted(block, ticks) for block in carried)
        before = () if keep_originals else carried
        verb = "Duplicate" if keep_originals else "Move"
        self._stroke.do(ChangeChords(before, after, _counted(verb, len(moving))))
        chosen = set(moving)
        self._stroke.select(
            frozenset(new for old, new in zip(carried, after, strict=True) if old in chosen)
        )

    def resize_end(self, block: ChordBlock, end: Ticks, *, pushes: bool = False) -> None:
        """Move where a block ends; the neighbour yields, or is pushed along."""
        end = Ticks(max(end, block.span.start + SHORTEST_CHORD))
        resized = replace(block, span=Span(block.span.start, end))
        before, after = [block], [resized]
        if pushes:
            difference = end - block.span.end
            for follower in self._stroke.base.chords.blocks:
                if follower.span.start >= block.span.end:
                    before.append(follower)
                    after.append(_shifted(follower, difference))
        self._stroke.do(ChangeChords(tuple(before), tuple(after), "Resize chord"))
        self._stroke.select(frozenset((resized,)))

    def resize_start(self, block: ChordBlock, start: Ticks) -> None:
        """Move where a block starts; the neighbour yields."""
        start = Ticks(max(0, min(start, block.span.end - SHORTEST_CHORD)))
        resized = replace(block, span=Span(start, block.span.end))
        self._stroke.do(ChangeChords((block,), (resized,), "Resize chord"))
        self._stroke.select(frozenset((resized,)))

    def repeat(self, blocks: Iterable[ChordBlock], run: Span[Ticks], until: Ticks) -> None:
        """Play a run of blocks again and again until a position; the last time may be cut.

        ``run`` is the stretch that repeats; it may be longer than the blocks in it.
        """
        pattern = self._present(blocks)
        length = run.end - run.start
        copies: list[ChordBlock] = []
        shift = length
        while pattern and run.start + shift < until:
            for block in pattern:
                copy = _shifted(block, shift)
                if copy.span.start < until:
                    end = Ticks(min(copy.span.end, until))
                    copies.append(replace(copy, span=Span(copy.span.start, end)))
            shift += length
        self._stroke.do(ChangeChords((), tuple(copies), _counted("Repeat", len(pattern))))
        self._stroke.select(frozenset((*pattern, *copies)))

    def split(self, block: ChordBlock, at: Ticks) -> None:
        """Cut a block in two, where ``at`` lies inside it."""
        if block.span.start < at < block.span.end:
            self._stroke.do(SplitChord(block, at))

    def join(self, blocks: Iterable[ChordBlock]) -> None:
        """Let the first chord last until the end of the last one."""
        old = self._present(blocks)
        if len(old) > 1:
            joined = replace(old[0], span=Span(old[0].span.start, old[-1].span.end))
            self._stroke.do(ChangeChords(old, (joined,), _counted("Join", len(old))))
            self._stroke.select(frozenset((joined,)))

    def rewrite(self, texts: dict[ChordBlock, str], label: str) -> None:
        """Type other chords into several blocks at once, as transposing does."""
        before = self._present(texts)
        after = tuple(replace(block, text=texts[block]) for block in before)
        self._stroke.do(ChangeChords(before, after, label))
        self._stroke.select(frozenset(after))

    def _present(self, blocks: Iterable[ChordBlock]) -> tuple[ChordBlock, ...]:
        """Those of ``blocks`` that are still on the lane, in the order of the lane."""
        wanted = set(blocks)
        return tuple(block for block in self._stroke.base.chords.blocks if block in wanted)

"""Placing, moving, resizing and repeating chord blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.chord_block import ChordBlock
from app.ui.lanes.gesture import CONTROL, SHIFT, Gesture, Pointer
from app.ui.lanes.lane_drag import LaneDrag
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.chord_lane import ChordLaneCanvas


class MoveChords(LaneDrag["ChordLaneCanvas"]):
    """Shifts the selected blocks: Ctrl copies, Shift pushes what follows; a click selects."""

    def __init__(self, lane: ChordLaneCanvas, pressed: Pointer, block: ChordBlock) -> None:
        super().__init__(lane, pressed)
        self._block = block
        items = lane.stage.workspace.selection.items
        if pressed.has(CONTROL):
            self._clicked = items ^ {block}
        elif pressed.has(SHIFT):
            self._clicked = frozenset(lane.blocks_between(block)) or frozenset((block,))
        else:
            self._clicked = frozenset((block,))
        if block not in items:
            self.arrange.select(items | {block} if pressed.has(CONTROL) else frozenset((block,)))
        self._blocks = lane.selected_blocks() or [block]
        lane.audition(block.text)

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        start = self._block.span.start
        self.arrange.chords.move(
            self._blocks,
            self.landed(start, pointer) - start,
            keep_originals=pointer.has(CONTROL),
            pushes=pointer.has(SHIFT),
        )

    def click(self) -> None:
        self.lane.set_caret(None)
        self.arrange.select(self._clicked)


class ResizeChord(LaneDrag["ChordLaneCanvas"]):
    """Moves one edge of a block; the neighbour yields, or with Shift is pushed."""

    def __init__(
        self, lane: ChordLaneCanvas, pressed: Pointer, block: ChordBlock, *, is_right: bool
    ) -> None:
        super().__init__(lane, pressed)
        self._block = block
        self._is_right = is_right
        self.arrange.select(frozenset((block,)))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        chords, span = self.arrange.chords, self._block.span
        if self._is_right:
            end = self.landed(span.end, pointer)
            chords.resize_end(self._block, end, pushes=pointer.has(SHIFT))
        else:
            chords.resize_start(self._block, self.landed(span.start, pointer))


class RepeatChords(LaneDrag["ChordLaneCanvas"]):
    """Drags the end of a run of blocks to the right: it plays again and again up to there."""

    def __init__(
        self,
        lane: ChordLaneCanvas,
        pressed: Pointer,
        blocks: list[ChordBlock],
        run: Span[Ticks],
    ) -> None:
        super().__init__(lane, pressed)
        self._blocks = blocks
        self._run = run

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        until = self.landed(self._run.end, pointer)
        self.arrange.chords.repeat(self._blocks, self._run, until)


class PaintChord(Gesture):
    """Marks out the length of a chord to be typed; a click places the caret."""

    def __init__(self, lane: ChordLaneCanvas, pressed: Pointer) -> None:
        self._lane = lane
        self._before = lane.caret
        self._slot = lane.slot_at(pressed)
        self._anchor = lane.stage.cell_start(lane.scale.ticks_at(pressed.x))
        lane.set_caret(self._slot)

    def drag(self, pointer: Pointer) -> None:
        end = self._lane.snapped(pointer)
        if end > self._anchor:
            self._lane.set_caret(Span(self._anchor, end))

    def finish(self) -> None:
        self._lane.open_editor_at_caret()

    def click(self) -> None:
        self._lane.stage.arrange.select(frozenset())

    def abandon(self) -> None:
        self._lane.set_caret(self._before)

"""Painting drum steps, their loudness, and moving them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.drum_hit import NORMAL, DrumHit
from app.ui.lanes.gesture import ALT, CONTROL, Gesture, Pointer
from engine.timebase import Ticks

if TYPE_CHECKING:
    from app.ui.lanes.drum_lane import DrumLane

VELOCITY_PER_PX = 1.0


class PaintCells(Gesture):
    """Paints on, or erases where the press was on a step; acts at once."""

    def __init__(self, lane: DrumLane, cell: tuple[Ticks, int], hit: DrumHit | None) -> None:
        self._lane = lane
        self._arrange = lane.stage.arrange
        self._is_erasing = hit is not None
        self._hits = {hit} if hit is not None else set()
        self._cells = {cell}
        self._last = cell
        self._arrange.begin()
        self._show()
        if not self._is_erasing:
            lane.stage.drum_auditioned.emit(cell[1], NORMAL)

    def drag(self, pointer: Pointer) -> None:
        cell = self._lane.cell_at(pointer)
        if cell is None or cell == self._last:
            return
        # A fast hand skips cells: fill those between the last place and this one.
        first, last = sorted((self._last[0], cell[0]))
        for start in range(first, last + 1, self._lane.cell):
            self._cells.add((Ticks(start), cell[1]))
        self._last = cell
        for place in self._cells:
            hit = self._lane.hit_in(place)
            if hit is not None:
                self._hits.add(hit)
        self._show()

    def _show(self) -> None:
        if self._is_erasing:
            self._arrange.drums.remove(self._hits)
        else:
            empty = [place for place in self._cells if self._lane.hit_in(place) is None]
            self._arrange.drums.paint(empty)

    def click(self) -> None:
        self._arrange.finish()

    def finish(self) -> None:
        self._arrange.finish()

    def abandon(self) -> None:
        self._arrange.cancel()


class DrumVelocity(Gesture):
    """Up is louder; all meant steps keep their differences. A click toggles the selection."""

    def __init__(self, lane: DrumLane, pressed: Pointer, hits: list[DrumHit]) -> None:
        self._lane = lane
        self._arrange = lane.stage.arrange
        self._from_y = pressed.y
        self._hits = hits

    def drag(self, pointer: Pointer) -> None:
        if not self._arrange.is_running:
            self._arrange.begin()
        difference = round((self._from_y - pointer.y) * VELOCITY_PER_PX)
        self._arrange.drums.change_velocity(self._hits, difference)
        loudest = min(127, max(1, self._hits[0].velocity + difference))
        self._lane.stage.said.emit(f"Velocity {loudest}")

    def click(self) -> None:
        items = self._lane.stage.workspace.selection.items
        self._arrange.select(items ^ frozenset(self._hits[:1]))

    def finish(self) -> None:
        self._arrange.finish()

    def abandon(self) -> None:
        self._arrange.cancel()


class MoveHits(Gesture):
    """Shifts steps in time, with Ctrl copies of them; a click takes the step away."""

    def __init__(self, lane: DrumLane, pressed: Pointer, hits: list[DrumHit]) -> None:
        self._lane = lane
        self._arrange = lane.stage.arrange
        self._pressed = pressed
        self._hits = hits
        self._first = min(hit.time for hit in hits)
        cell = lane.cell_at(pressed)
        self._clicked = None if cell is None else lane.hit_in(cell)

    def drag(self, pointer: Pointer) -> None:
        if not self._arrange.is_running:
            self._arrange.begin()
        wide = self._lane.scale.ticks_wide(pointer.x - self._pressed.x)
        target = self._lane.stage.moved_by(self._first, wide, is_free=pointer.has(ALT))
        self._arrange.drums.move(
            self._hits, target.position - self._first, keep_originals=pointer.has(CONTROL)
        )

    def click(self) -> None:
        if self._clicked is not None:
            self._arrange.drums.remove((self._clicked,))

    def finish(self) -> None:
        self._arrange.finish()

    def abandon(self) -> None:
        self._arrange.cancel()

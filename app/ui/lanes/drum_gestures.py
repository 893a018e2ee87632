"""Painting drum steps, their loudness, and moving them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.drum_hit import NORMAL, DrumHit
from app.ui.lanes.gesture import CONTROL, Pointer
from app.ui.lanes.lane_drag import LaneDrag
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.drum_lane import DrumLane

VELOCITY_PER_PX = 1.0


class PaintCells(LaneDrag["DrumLane"]):
    """Paints on, or erases; acts at once."""

    def __init__(
        self,
        lane: DrumLane,
        pressed: Pointer,
        cell: tuple[Ticks, int],
        hit: DrumHit | None,
        *,
        is_erasing: bool,
    ) -> None:
        super().__init__(lane, pressed)
        self._is_erasing = is_erasing
        self._hits = {hit} if hit is not None else set()
        self._cells = {cell}
        self._last = cell
        self.begin()
        self._show()
        if not self._is_erasing:
            lane.stage.drum_auditioned.emit(cell[1], NORMAL)

    def drag(self, pointer: Pointer) -> None:
        cell = self.lane.cell_at(pointer)
        if cell is None or cell == self._last:
            return
        # A fast hand skips cells: fill those between the last place and this one.
        first, last = sorted((self._last[0], cell[0]))
        for start in range(first, last + 1, self.lane.cell):
            self._cells.add((Ticks(start), cell[1]))
        self._last = cell
        for place in self._cells:
            hit = self.lane.hit_in(place)
            if hit is not None:
                self._hits.add(hit)
        self._show()

    def _show(self) -> None:
        if self._is_erasing:
            self.arrange.drums.remove(self._hits)
        else:
            empty = [place for place in self._cells if self.lane.hit_in(place) is None]
            self.arrange.drums.paint(empty)

    def click(self) -> None:
        self.finish()


class DrumVelocity(LaneDrag["DrumLane"]):
    """Up is louder; all meant steps keep their differences. A click toggles the selection."""

    def __init__(self, lane: DrumLane, pressed: Pointer, hits: list[DrumHit]) -> None:
        super().__init__(lane, pressed)
        self._hits = hits

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        difference = round((self.pressed.y - pointer.y) * VELOCITY_PER_PX)
        self.arrange.drums.change_velocity(self._hits, difference)
        loudest = min(127, max(1, self._hits[0].velocity + difference))
        self.lane.stage.said.emit(f"Velocity {loudest}")

    def click(self) -> None:
        items = self.lane.stage.workspace.selection.items
        self.arrange.select(items ^ frozenset(self._hits[:1]))


class MoveHits(LaneDrag["DrumLane"]):
    """Shifts steps in time, with Ctrl copies of them; a click takes the step away."""

    def __init__(self, lane: DrumLane, pressed: Pointer, hits: list[DrumHit]) -> None:
        super().__init__(lane, pressed)
        self._hits = hits
        self._first = min(hit.time for hit in hits)
        cell = lane.cell_at(pressed)
        self._clicked = None if cell is None else lane.hit_in(cell)

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        ticks = self.landed(self._first, pointer) - self._first
        self.arrange.drums.move(self._hits, ticks, keep_originals=pointer.has(CONTROL))

    def click(self) -> None:
        if self._clicked is not None:
            self.arrange.drums.remove((self._clicked,))


class RepeatHits(LaneDrag["DrumLane"]):
    """Drags the end of some bars to the right: they play again and again up to there."""

    def __init__(
        self, lane: DrumLane, pressed: Pointer, hits: list[DrumHit], run: Span[Ticks]
    ) -> None:
        super().__init__(lane, pressed)
        self._hits = hits
        self._run = run

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        until = self.landed(self._run.end, pointer)
        self.arrange.drums.repeat(self._hits, self._run, until)

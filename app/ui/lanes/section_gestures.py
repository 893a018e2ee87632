"""Painting, moving and resizing sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.model.section import Section
from app.ui.lanes.gesture import CONTROL, Gesture, Pointer
from app.ui.lanes.lane_drag import LaneDrag
from engine.timebase import Span, Ticks

if TYPE_CHECKING:
    from app.ui.lanes.section_lane import SectionLaneCanvas


class MoveSections(LaneDrag["SectionLaneCanvas"]):
    """Shifts the selected sections by whole bars, Ctrl copies them; a click selects."""

    def __init__(self, lane: SectionLaneCanvas, pressed: Pointer, section: Section) -> None:
        super().__init__(lane, pressed)
        self._section = section
        items = lane.stage.workspace.selection.items
        alone = frozenset((section.id,))
        self._clicked = items ^ alone if pressed.has(CONTROL) else alone
        if section.id not in items:
            self.arrange.select(items | alone if pressed.has(CONTROL) else alone)
        self._ids = lane.selected_ids() or alone

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        start = self._section.span.start
        ticks = self.lane.on_bar(self.landed(start, pointer), pointer) - start
        self.arrange.sections.move(self._ids, ticks, keep_originals=pointer.has(CONTROL))

    def click(self) -> None:
        self.arrange.select(self._clicked)


class ResizeSection(LaneDrag["SectionLaneCanvas"]):
    """Moves one edge to a bar line; the neighbour yields."""

    def __init__(
        self, lane: SectionLaneCanvas, pressed: Pointer, section: Section, *, is_right: bool
    ) -> None:
        super().__init__(lane, pressed)
        self._section = section
        self._is_right = is_right
        self.arrange.select(frozenset((section.id,)))

    def drag(self, pointer: Pointer) -> None:
        self.begin()
        span = self._section.span
        edge = self.landed(span.end if self._is_right else span.start, pointer)
        edge = self.lane.on_bar(edge, pointer)
        if self._is_right:
            self.arrange.sections.resize(self._section.id, end=edge)
        else:
            self.arrange.sections.resize(self._section.id, start=edge)


class PaintSection(Gesture):
    """Draws a new section over whole bars; a click only clears the selection."""

    def __init__(self, lane: SectionLaneCanvas, pressed: Pointer) -> None:
        self._lane = lane
        bar = lane.project.tempo.meter.bar_ticks
        self._bar = lane.scale.ticks_at(pressed.x) // bar

    def drag(self, pointer: Pointer) -> None:
        bar = self._lane.project.tempo.meter.bar_ticks
        here = max(0, self._lane.scale.ticks_at(pointer.x)) // bar
        first, last = sorted((self._bar, here))
        self._lane.show_draft(Span(Ticks(first * bar), Ticks((last + 1) * bar)))

    def finish(self) -> None:
        draft = self._lane.draft
        self._lane.show_draft(None)
        if draft is not None:
            self._lane.edit(self._lane.stage.arrange.sections.add(draft))

    def click(self) -> None:
        self._lane.stage.arrange.select(frozenset())

    def abandon(self) -> None:
        self._lane.show_draft(None)

"""What is under edit now; transient, never saved, not undone."""

from __future__ import annotations

from dataclasses import dataclass

from app.model.chord_block import ChordBlock
from app.model.drum_hit import DrumHit
from app.model.ids import ClipId, MaskId, SectionId
from app.model.lane import LaneId
from app.model.note import Note
from engine.timebase import Span, Ticks

Item = ChordBlock | DrumHit | Note | ClipId | MaskId | SectionId
"""What can be selected: values for lane contents, ids for clips, masks and sections."""


@dataclass(frozen=True, slots=True)
class Selection:
    """One time range over lanes, single items, or both; ``Selection()`` is nothing.

    ``span`` None means that no range is selected.
    """

    span: Span[Ticks] | None = None
    lanes: frozenset[LaneId] = frozenset()
    items: frozenset[Item] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.span is None and not self.items

    def has_lane(self, lane: LaneId) -> bool:
        """Whether the range covers a lane; a range without named lanes covers all."""
        return self.span is not None and (not self.lanes or lane in self.lanes)

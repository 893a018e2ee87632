"""What makes a run follow more closely: a beat or written-out chords, as ordinary content."""

from __future__ import annotations

from app.actions.arrange import Arrange
from app.document.document import ProjectDocument
from app.jobs.target import steers
from app.model.lane import LaneId
from engine.timebase import Span

BASIC_BEAT = "backbeat"


class SteeringActions:
    """Both verbs write under the chords that are there, and each is one step."""

    def __init__(self, document: ProjectDocument, arrange: Arrange) -> None:
        self._document = document
        self._arrange = arrange

    def is_loose(self) -> bool:
        """Whether chords steer alone, which models follow loosely."""
        project = self._document.project
        return (
            steers(project, LaneId.CHORDS)
            and not steers(project, LaneId.DRUMS)
            and not steers(project, LaneId.NOTES)
        )

    def add_basic_beat(self) -> None:
        """Write a plain beat over the chords."""
        blocks = self._document.project.chords.blocks
        if blocks:
            span = Span(blocks[0].span.start, blocks[-1].span.end)
            self._arrange.drums.paint_pattern(BASIC_BEAT, span)

    def voice_chords(self) -> None:
        """Write the chords out as notes."""
        self._arrange.notes.voice_chords()

"""Chords that were detected and wait to be taken: ghost blocks on the chord lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.model.chord_block import ChordBlock
from app.ui import theme
from app.ui.lanes.gesture import Gesture, Pointer
from engine.timebase import Ticks

if TYPE_CHECKING:
    from app.ui.lanes.chord_lane import ChordLaneCanvas


class ChordGhosts:
    """The ghosts of one lane. They are no part of the project until they are accepted."""

    def __init__(self, lane: ChordLaneCanvas) -> None:
        self._lane = lane
        self.blocks: tuple[ChordBlock, ...] = ()

    def show(self, blocks: tuple[ChordBlock, ...]) -> None:
        """Show these ghosts instead of those before; none takes them away."""
        self.blocks = blocks
        self._lane.repaint_all()
        if blocks:
            self._lane.stage.axis.reveal(blocks[0].span.start)
            self._lane.stage.said.emit(
                f"{len(blocks)} chords found. Enter takes all, a click takes one, Esc none."
            )

    def at(self, position: Ticks) -> ChordBlock | None:
        """The ghost over a position."""
        return next((block for block in self.blocks if block.span.contains(position)), None)

    def accept(self, block: ChordBlock | None = None) -> None:
        """Put one ghost, or all of them, on the lane; what is under them yields."""
        taken = self.blocks if block is None else (block,)
        self.blocks = tuple(ghost for ghost in self.blocks if ghost not in taken)
        self._lane.stage.arrange.chords.place(taken)
        self._lane.repaint_all()

    def paint(self, painter: QPainter) -> None:
        """Draw the ghosts over what they would replace."""
        palette = theme.current()
        ground = QColor(palette.raised)
        ground.setAlphaF(0.85)
        for ghost in self.blocks:
            box = self._lane.rect_of_block(ghost.span).adjusted(1.5, 1, -1.5, -1)
            painter.setBrush(ground)
            painter.setPen(QPen(QColor(palette.accent), 1.5, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(box, 5, 5)
            font = painter.font()
            font.setPixelSize(theme.type_scale().title)
            painter.setFont(font)
            painter.setPen(QColor(palette.text))
            words = QRectF(max(box.left(), 0.0) + 8, box.top(), box.width() - 10, box.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, f"{ghost.text}?")


class AcceptGhost(Gesture):
    """A click takes the ghost; pressing sounds it."""

    def __init__(self, lane: ChordLaneCanvas, ghost: ChordBlock) -> None:
        self._lane = lane
        self._ghost = ghost
        lane.audition(ghost.text)

    def click(self) -> None:
        self._lane.ghosts.accept(self._ghost)

    def drag(self, _pointer: Pointer) -> None:
        """A ghost stays where it was heard."""

"""Which pitch lies on which row of the piano roll, and the keys beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.model.key import scale_pitch_classes
from app.model.lane import LaneId
from app.model.note_name import pitch_name
from app.model.project import Project
from app.ui import theme
from app.ui.lanes.stage import Stage

BLACK_KEYS = frozenset((1, 3, 6, 8, 10))
MIN_ROW_PX, MAX_ROW_PX = 7.0, 28.0
KEYS_WIDTH_PX = 52
PREVIEW_VELOCITY = 90


class Folding(StrEnum):
    """Which rows are shown; the value is the name in menus."""

    ALL = "All rows"
    SCALE = "Rows of the scale"
    USED = "Rows in use"


@dataclass(frozen=True, slots=True)
class NoteRows:
    """Pitches from top to bottom, the height of a row, and how far it is scrolled down (px)."""

    pitches: tuple[int, ...] = tuple(range(127, -1, -1))
    height: float = 11.0
    scroll: float = 0.0

    @classmethod
    def folded(cls, folding: Folding, project: Project, like: NoteRows) -> NoteRows:
        """The rows to show for a project, as high and as far down as ``like``."""
        used = {note.pitch for note in project.notes.notes}
        shown = set(range(128))
        if folding is Folding.SCALE:
            scale = scale_pitch_classes(project.key)
            shown = {pitch for pitch in shown if pitch % 12 in scale} | used
        elif folding is Folding.USED and used:
            shown = used
        return replace(like, pitches=tuple(sorted(shown, reverse=True)))

    def top_of(self, pitch: int) -> float | None:
        """Upper edge of a pitch's row in pixels; None where the row is not shown."""
        try:
            return self.pitches.index(pitch) * self.height - self.scroll
        except ValueError:
            return None

    def between(self, top: float, bottom: float) -> Iterator[tuple[int, float]]:
        """The rows that touch a stretch of pixels: each pitch with its upper edge."""
        first = max(0, int((top + self.scroll) // self.height))
        last = int((bottom + self.scroll) // self.height)
        for index in range(first, min(last + 1, len(self.pitches))):
            yield self.pitches[index], index * self.height - self.scroll

    def pitch_at(self, y: float) -> int:
        """The pitch under a pixel; beyond the ends, the outermost."""
        row = int((y + self.scroll) // self.height)
        return self.pitches[min(len(self.pitches) - 1, max(0, row))]

    def scrolled(self, px: float, view_height: float) -> NoteRows:
        """Move down by ``px``, as far as there are rows."""
        most = max(0.0, len(self.pitches) * self.height - view_height)
        return replace(self, scroll=min(most, max(0.0, self.scroll + px)))

    def zoomed(self, factor: float, y: float, view_height: float) -> NoteRows:
        """Higher or lower rows; what lies at ``y`` stays there where it can."""
        height = min(MAX_ROW_PX, max(MIN_ROW_PX, self.height * factor))
        scroll = (self.scroll + y) * height / self.height - y
        return replace(self, height=height, scroll=scroll).scrolled(0, view_height)

    def showing(self, lowest: int, highest: int, view_height: float) -> NoteRows:
        """Scrolled so that a range of pitches is in the middle of the view."""
        middle = (lowest + highest) / 2
        row = min(range(len(self.pitches)), key=lambda i: abs(self.pitches[i] - middle))
        scroll = (row + 0.5) * self.height - view_height / 2
        return replace(self, scroll=scroll).scrolled(0, view_height)


class PianoKeys(QWidget):
    """The keyboard at the left of the roll: press a key to hear it, slide to hear others."""

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._rows = NoteRows()
        self._sounding: int | None = None
        self.setFixedWidth(KEYS_WIDTH_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Piano keys")
        self.setToolTip("Press to hear the pitch")

    def show_rows(self, rows: NoteRows) -> None:
        """Stand beside these rows."""
        self._rows = rows
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._stage.workspace.set_focused_lane(LaneId.NOTES)
        self._sound(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._sound(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._sounding = None
        self.update()

    def _sound(self, event: QMouseEvent) -> None:
        pitch = self._rows.pitch_at(event.position().y())
        if pitch != self._sounding:
            self._sounding = pitch
            self._stage.note_auditioned.emit(pitch, PREVIEW_VELOCITY)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.key_white))
        font = self.font()
        font.setPixelSize(max(8, min(theme.type_scale().caption, int(self._rows.height))))
        painter.setFont(font)
        for pitch, top in self._rows.between(0, self.height()):
            row = QRectF(0, top, self.width(), self._rows.height)
            if pitch == self._sounding:
                painter.fillRect(row, QColor(palette.accent))
            elif pitch % 12 in BLACK_KEYS:
                painter.fillRect(row.adjusted(0, 0, -16, 0), QColor(palette.key_black))
            if pitch % 12 in (0, 5):  # where two white keys meet
                painter.fillRect(
                    QRectF(0, row.bottom() - 1, self.width(), 1), QColor(palette.chord_none)
                )
            is_named = pitch % 12 == 0 or len(self._rows.pitches) < 128
            if is_named and self._rows.height >= 9 and pitch % 12 not in BLACK_KEYS:
                painter.setPen(QColor(palette.text_on_chord))
                align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                painter.drawText(row.adjusted(0, 0, -3, 0), align, pitch_name(pitch))
        painter.end()

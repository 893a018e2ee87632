"""The drum lane: a step grid with a row for each sound."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.actions.arrange_drums import PATTERN_NAMES, pattern_title
from app.document.workspace import Tool
from app.model.drum_hit import DrumHit, DrumRow
from app.model.lane import LaneId
from app.model.project import Project
from app.model.region import bars_of
from app.model.selection import Item, Selection
from app.model.snapping import snap_down
from app.ui import theme
from app.ui.lanes.chord_painting import paint_handle
from app.ui.lanes.differing import differing
from app.ui.lanes.drum_gestures import DrumVelocity, MoveHits, PaintCells, RepeatHits
from app.ui.lanes.drum_menus import add_fill, add_grooves, cell_menu, groove_span
from app.ui.lanes.drum_painting import DrumPainting
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX, shown_rows
from app.ui.lanes.gesture import CONTROL, SHIFT, Gesture, KeyPress, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.range_gesture import RubberBand
from app.ui.lanes.stage import Stage
from engine.timebase import TICKS_PER_QUARTER, Span, Ticks

FINEST_CELL = Ticks(TICKS_PER_QUARTER // 8)
COARSEST_CELL = Ticks(TICKS_PER_QUARTER // 2)
OFFER_GAP_PX = 10
HANDLE_PX = 18.0
EMPTY_HINT = "Click to paint a beat, or choose"


class DrumLane(LaneCanvas):
    """``rows_changed`` tells the header which rows are shown, and that the height is another."""

    has_backdrop = True
    lane = LaneId.DRUMS
    rows_changed = Signal(object)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self.shows_all_rows = False
        self._hovered: tuple[Ticks, int] | None = None
        self._painting = DrumPainting(self)
        self.rows = shown_rows(self.project.drums, self.shows_all_rows)
        self.offer = QPushButton(pattern_title(PATTERN_NAMES[0]), self)
        self.offer.setToolTip("Paint this groove over the selected bars, else over the whole run")
        self.offer.clicked.connect(self._paint_offer)
        self.setAccessibleName("Drum lane")
        self._describe()

    # Places.

    @property
    def cell(self) -> Ticks:
        """Length of a cell: the grid, between eighths and thirty-seconds."""
        return Ticks(min(max(self.stage.grid_step, FINEST_CELL), COARSEST_CELL))

    def row_at(self, y: float) -> DrumRow | None:
        """The row under a pixel."""
        index = int(y // ROW_HEIGHT_PX)
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def cell_at(self, pointer: Pointer) -> tuple[Ticks, int] | None:
        """Start and pitch of the cell under the pointer."""
        row = self.row_at(pointer.y)
        if row is None:
            return None
        return snap_down(self.scale.ticks_at(pointer.x), self.cell), row.pitch

    def hit_in(self, cell: tuple[Ticks, int]) -> DrumHit | None:
        """The first stroke inside a cell, wherever in it."""
        start, pitch = cell
        for hit in self.stage.arrange.base.drums.hits:
            if hit.pitch == pitch and start <= hit.time < start + self.cell:
                return hit
        return None

    def rect_of_hit(self, hit: DrumHit) -> QRectF | None:
        """Where a stroke is drawn; None while its row is folded away."""
        for index, row in enumerate(self.rows):
            if row.pitch == hit.pitch:
                width = max(5.0, self.scale.width_of(self.cell) - 2)
                left = self.scale.x_at(hit.time) + 1
                return QRectF(left, index * ROW_HEIGHT_PX + 2, width, ROW_HEIGHT_PX - 4)
        return None

    def set_shows_all_rows(self, shows_all: bool) -> None:
        """Unfold the rows that are not in use, or fold them away."""
        self.shows_all_rows = shows_all
        self._refresh_rows()

    def _refresh_rows(self) -> None:
        rows = shown_rows(self.project.drums, self.shows_all_rows)
        if rows != self.rows:
            self.rows = rows
            self.rows_changed.emit(rows)
            self.repaint_all()

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        cell, handle, run = self.cell_at(pointer), self.handle(), self.run()
        if run is not None and handle is not None and handle.contains(pointer.at):
            return RepeatHits(self, pointer, self.selected_hits(), run)
        if cell is None:
            return None
        hit = self.hit_in(cell)
        if self.stage.workspace.tool is Tool.ERASE:
            return PaintCells(self, pointer, cell, hit, is_erasing=True)
        if pointer.has(SHIFT):
            return RubberBand(self, pointer, self._hits_in, self.show_band)
        selected = self.selected_hits()
        if pointer.has(CONTROL) and hit is not None:
            return DrumVelocity(self, pointer, selected if hit in selected else [hit])
        if hit in selected and len(selected) > 1:
            return MoveHits(self, pointer, selected)
        return PaintCells(self, pointer, cell, hit, is_erasing=hit is not None)

    def hover(self, pointer: Pointer) -> None:
        cell = self.cell_at(pointer) if pointer.x >= 0 else None
        if cell != self._hovered:
            old, self._hovered = self._hovered, cell
            for place in (old, cell):
                if place is not None:
                    self.repaint_part(self._rect_of_cell(place))
        handle = self.handle()
        if handle is not None and handle.contains(pointer.at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
            return
        has_row = cell is not None
        self.setCursor(Qt.CursorShape.CrossCursor if has_row else Qt.CursorShape.ArrowCursor)

    def tip(self, pointer: Pointer) -> str:
        handle = self.handle()
        if handle is not None and handle.contains(pointer.at):
            return "Drag to repeat these bars"
        cell = self.cell_at(pointer)
        hit = self.hit_in(cell) if cell else None
        if hit is None:
            return "Click or drag to paint steps. Shift+drag selects, Ctrl+drag sets loudness."
        return f"{self.words_for(hit)}. ↑ ↓: ghost, normal, accent."

    def words_for(self, hit: DrumHit) -> str:
        """``Kick, bar 1 step 5, velocity 90``."""
        name = next((row.name for row in self.project.drums.rows if row.pitch == hit.pitch), "")
        tempo = self.project.tempo
        bar = tempo.position_at(hit.time)[0]
        step = (hit.time - tempo.bar_start(bar)) // (TICKS_PER_QUARTER // 4) + 1
        return f"{name}, bar {bar} step {step}, velocity {hit.velocity}"

    def menu(self, pointer: Pointer) -> QMenu | None:
        cell = self.cell_at(pointer)
        return cell_menu(self, self.hit_in(cell) if cell else None, cell[1] if cell else None)

    def fill_patterns_menu(self, menu: QMenu) -> None:
        """The grooves as a menu of their own, for the lane's header."""
        menu.clear()
        add_grooves(menu, self.stage)
        menu.addSeparator()
        menu.addAction("Fill in the last bar").triggered.connect(lambda: add_fill(self.stage))

    def selected_hits(self) -> list[DrumHit]:
        """The selected steps, in the order of the lane."""
        items = self.stage.workspace.selection.items
        return [hit for hit in self.project.drums.hits if hit in items] if items else []

    def run(self) -> Span[Ticks] | None:
        """The whole bars that hold the selected steps, where there are several."""
        hits = self.selected_hits()
        if len(hits) < 2:
            return None
        tempo = self.project.tempo
        return tempo.bars(*bars_of(Span(hits[0].time, Ticks(hits[-1].time + 1)), tempo))

    def handle(self) -> QRectF | None:
        """What is dragged to repeat the selected steps, at the end of their bars."""
        run = self.run()
        if run is None:
            return None
        right = self.scale.x_at(run.end)
        middle = (self.height() - HANDLE_PX) / 2
        return QRectF(right - HANDLE_PX - 2, middle, HANDLE_PX, HANDLE_PX)

    def claims(self, press: KeyPress) -> bool:
        return press.is_up_or_down and bool(self._meant_hits())

    def _meant_hits(self) -> list[DrumHit]:
        """The selected strokes, else the one under the pointer."""
        hits = self.selected_hits()
        hovered = self.hit_in(self._hovered) if self._hovered else None
        return hits or ([] if hovered is None else [hovered])

    def key(self, press: KeyPress) -> bool:
        if press.is_tab:
            return self._select_next(forwards=press.key == Qt.Key.Key_Tab)
        hits = self._meant_hits()
        if press.is_up_or_down and not press.has(SHIFT | CONTROL) and hits:
            self.stage.arrange.drums.step_level(hits, louder=press.key == Qt.Key.Key_Up)
            return True
        return False

    def _select_next(self, *, forwards: bool) -> bool:
        hits = self.project.drums.hits
        if not hits:
            return True
        chosen = [i for i, hit in enumerate(hits) if hit in self.stage.workspace.selection.items]
        if chosen:
            index = (chosen[-1] + 1 if forwards else chosen[0] - 1) % len(hits)
        else:
            index = 0 if forwards else len(hits) - 1
        self.stage.workspace.set_selection(Selection(items=frozenset((hits[index],))))
        self.stage.axis.reveal(hits[index].time)
        self.setAccessibleDescription(self.words_for(hits[index]))
        return True

    def _hits_in(self, band: QRectF) -> list[Item]:
        found: list[Item] = []
        for hit in self.project.drums.hits:
            rect = self.rect_of_hit(hit)
            if rect is not None and rect.intersects(band):
                found.append(hit)
        return found

    # Pictures.

    def is_concerned(self, before: Project, after: Project) -> bool:
        if before.drums is not after.drums:
            self._refresh_rows()
            self._describe()
            return True
        return False

    def changed_places(self, before: Project, after: Project) -> Iterable[QRectF] | None:
        old, new = before.drums, after.drums
        is_alike = old.settings == new.settings and old.rows == new.rows
        if not is_alike or not old.hits or not new.hits:
            return None
        return filter(None, map(self.rect_of_hit, differing(old.hits, new.hits)))

    def place_of(self, item: Item) -> QRectF | None:
        return self.rect_of_hit(item) if isinstance(item, DrumHit) else None

    def attachments(self) -> Iterable[QRectF]:
        handle = self.handle()
        return () if handle is None else (handle,)

    def _paint_offer(self) -> None:
        self.stage.arrange.drums.paint_pattern(PATTERN_NAMES[0], groove_span(self.stage))
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_offer()

    def _place_offer(self) -> None:
        """Beside the words of the empty lane, both together in the middle."""
        self.offer.setVisible(not self.project.drums.hits)
        if self.project.drums.hits:
            return
        self.offer.adjustSize()
        left = (self.width() + self.hint_width(EMPTY_HINT) - self.offer.width()) / 2 + OFFER_GAP_PX
        self.offer.move(round(left), (self.height() - self.offer.height()) // 2)

    def _describe(self) -> None:
        self._place_offer()
        number = len(self.project.drums.hits)
        hint = f"{EMPTY_HINT} {self.offer.text()}"
        self.setAccessibleDescription(f"{number} steps" if number else hint)

    def _rect_of_cell(self, cell: tuple[Ticks, int]) -> QRectF:
        probe = self.rect_of_hit(DrumHit(cell[0], cell[1]))
        return QRectF() if probe is None else probe

    def paint_backdrop(self, painter: QPainter, area: QRect) -> None:
        self._painting.paint_pads(painter, area)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        if not self.project.drums.hits:
            self._paint_hover(painter)
            self.paint_empty_hint(painter, EMPTY_HINT, self.offer.width() + OFFER_GAP_PX)
            return
        self._painting.paint_hits(painter, area)
        self._paint_hover(painter)
        handle = self.handle()
        if handle is not None:
            paint_handle(painter, handle)

    def _paint_hover(self, painter: QPainter) -> None:
        if self._hovered is None:
            return
        rect = self._rect_of_cell(self._hovered)
        if not rect.isEmpty():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.current().text_secondary), 1))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)

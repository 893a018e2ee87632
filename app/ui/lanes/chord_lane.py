"""The chord lane: blocks over bars, typed like a lead sheet."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QPainter
from PySide6.QtWidgets import QMenu, QWidget

from app.interchange.lane_text import read_lanes
from app.model.chord_block import ChordBlock
from app.model.chord_symbol import read_symbol
from app.model.key import role_of
from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Item
from app.model.snapping import snap_down
from app.ui.lanes.chord_gestures import MoveChords, PaintChord, RepeatChords, ResizeChord
from app.ui.lanes.chord_ghosts import AcceptGhost, ChordGhosts
from app.ui.lanes.chord_keys import ChordKeys
from app.ui.lanes.chord_menus import block_menu, empty_menu, ghost_menu
from app.ui.lanes.chord_painting import paint_caret, paint_chord, paint_handle
from app.ui.lanes.chord_typing import ChordTyping
from app.ui.lanes.differing import differing
from app.ui.lanes.gesture import CONTROL, SHIFT, Gesture, KeyPress, Pointer
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.stage import Stage
from engine.timebase import Span, Ticks

MARGIN_PX = 6
EDGE_ZONE_PX = 8.0
HANDLE_PX = 18.0
BEAT_WORTH_AIMING_AT_PX = 40.0
EMPTY_HINT = "Type chords, e.g. Am F C G"


class ChordLaneCanvas(LaneCanvas):
    """``caret`` is the place that typing fills; it is shown as an empty frame."""

    lane = LaneId.CHORDS

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(stage, parent)
        self.caret: Span[Ticks] | None = None
        self.shows_numerals = False
        self.is_heard_when_touched = True
        self.typing = ChordTyping(self)
        self.ghosts = ChordGhosts(self)
        self._keys = ChordKeys(self)
        self.setAccessibleName("Chord lane")
        self._describe()
        stage.axis.changed.connect(self.typing.follow)

    # Places.

    def rect_of_block(self, span: Span[Ticks]) -> QRectF:
        """Where a block over ``span`` is drawn."""
        return self.rect_of(span, MARGIN_PX, self.height() - 2 * MARGIN_PX)

    def block_at(self, pointer: Pointer) -> ChordBlock | None:
        """The block under the pointer."""
        if not 0 <= pointer.y < self.height():
            return None
        return self.project.chords.at(self.scale.ticks_at(pointer.x))

    def edge_at(self, pointer: Pointer, block: ChordBlock) -> str:
        """``left``, ``right`` or empty: the zone of a block the pointer is in."""
        box = self.rect_of_block(block.span)
        zone = min(EDGE_ZONE_PX, box.width() / 3)
        if pointer.x >= box.right() - zone:
            return "right"
        return "left" if pointer.x < box.left() + zone else ""

    def slot_at(self, pointer: Pointer) -> Span[Ticks]:
        """The free place a click means: from a bar line, or a beat when seen large, to the next
        bar line or block."""
        meter = self.project.tempo.meter
        beats_are_wide = self.scale.width_of(meter.beat_ticks) >= BEAT_WORTH_AIMING_AT_PX
        step = meter.beat_ticks if beats_are_wide else meter.bar_ticks
        return self.slot_from(snap_down(self.scale.ticks_at(pointer.x), step))

    def slot_from(self, start: Ticks) -> Span[Ticks]:
        """From ``start`` to the next bar line, without what already stands there."""
        bar = self.project.tempo.meter.bar_ticks
        end = Ticks((start // bar + 1) * bar)
        for block in self.project.chords.blocks:
            if block.span.start <= start < block.span.end < end:
                start = block.span.end
            elif start < block.span.start < end:
                end = block.span.start
        return Span(start, end)

    def selected_blocks(self) -> list[ChordBlock]:
        """The selected blocks, in the order of the lane."""
        items = self.stage.workspace.selection.items
        return [block for block in self.project.chords.blocks if block in items] if items else []

    def blocks_between(self, block: ChordBlock) -> list[ChordBlock]:
        """From the first selected block to ``block``, or from it to the last selected one."""
        chosen = [*self.selected_blocks(), block]
        first = min(chosen, key=lambda each: each.span.start).span.start
        last = max(chosen, key=lambda each: each.span.end).span.end
        return list(self.project.chords.within(Span(first, last)))

    def run(self) -> Span[Ticks] | None:
        """The stretch of the selected blocks where they stand next to each other."""
        blocks = self.selected_blocks()
        if not blocks:
            return None
        span = Span(blocks[0].span.start, blocks[-1].span.end)
        return span if len(self.project.chords.within(span)) == len(blocks) else None

    def handle(self) -> QRectF | None:
        """The repeat handle in the last block of a selected run."""
        run = self.run()
        if run is None:
            return None
        box = self.rect_of_block(run)
        left = box.right() - EDGE_ZONE_PX - HANDLE_PX
        return QRectF(left, box.bottom() - HANDLE_PX - 5, HANDLE_PX, HANDLE_PX)

    # What a hand does.

    def press(self, pointer: Pointer) -> Gesture | None:
        ghost = self.ghosts.at(self.scale.ticks_at(pointer.x))
        if ghost is not None:
            return AcceptGhost(self, ghost)
        handle, run = self.handle(), self.run()
        blocks = self.selected_blocks()
        if run is not None and handle is not None and handle.contains(pointer.at):
            return RepeatChords(self, pointer, blocks, run)
        block = self.block_at(pointer)
        if block is None:
            return PaintChord(self, pointer)
        edge = "" if pointer.has(CONTROL) else self.edge_at(pointer, block)
        if edge == "right" and run is not None and len(blocks) > 1 and block is blocks[-1]:
            return RepeatChords(self, pointer, blocks, run)
        if edge and not (pointer.has(SHIFT) and edge == "left"):
            return ResizeChord(self, pointer, block, is_right=edge == "right")
        return MoveChords(self, pointer, block)

    def double_press(self, pointer: Pointer) -> Gesture | None:
        block = self.block_at(pointer)
        if block is not None:
            self.open_editor(block)
        else:
            self.set_caret(self.slot_at(pointer))
            self.open_editor_at_caret()
        return None

    def hover(self, pointer: Pointer) -> None:
        block, handle = self.block_at(pointer), self.handle()
        if handle is not None and handle.contains(pointer.at):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif block is None:
            self.setCursor(Qt.CursorShape.IBeamCursor)
        elif self.edge_at(pointer, block):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.SizeAllCursor)

    def tip(self, pointer: Pointer) -> str:
        handle = self.handle()
        if handle is not None and handle.contains(pointer.at):
            return "Drag to repeat these chords"
        if self.ghosts.at(self.scale.ticks_at(pointer.x)) is not None:
            return "Found here. Click takes it, Enter takes all, Esc takes none."
        block = self.block_at(pointer)
        if block is None:
            return "Click and type chords, e.g. Am F C G. Ctrl+V pastes a lead sheet."
        symbol = read_symbol(block.text, self.project.chords.has_german_names)
        if not symbol.is_known:
            hint = f" Did you mean {symbol.suggestion}?" if symbol.suggestion else ""
            return f"{block.text} is not a chord; it counts as no chord.{hint}"
        reduced = f". Steers as {symbol.hears}" if symbol.is_reduced else ""
        return f"{self.words_for(block)}{reduced}. Enter edits, Tab goes on."

    def words_for(self, block: ChordBlock) -> str:
        """``Chord, Am, bar 1 beat 1, 1 bar, tonic``."""
        tempo = self.project.tempo
        bar, beat, _ = tempo.position_at(block.span.start)
        bars = (block.span.end - block.span.start) / tempo.meter.bar_ticks
        role = role_of(block.text, self.project.key, self.project.chords.has_german_names)
        length = f"{bars:g} bar{'' if bars == 1 else 's'}"
        return f"Chord, {block.text}, bar {bar} beat {beat}, {length}, {role.function}"

    def menu(self, pointer: Pointer) -> QMenu | None:
        ghost = self.ghosts.at(self.scale.ticks_at(pointer.x))
        if ghost is not None:
            return ghost_menu(self, ghost)
        block = self.block_at(pointer)
        if block is None:
            self.set_caret(self.slot_at(pointer))
            return empty_menu(self)
        if block not in self.stage.workspace.selection.items:
            self.stage.arrange.select(frozenset((block,)))
        return block_menu(self, block, self.scale.ticks_at(pointer.x))

    def set_shows_numerals(self, is_on: bool) -> None:
        """Write Roman numerals under the symbols, or not."""
        self.shows_numerals = is_on
        self.repaint_all()

    def set_heard_when_touched(self, is_on: bool) -> None:
        """Sound chords when they are placed or clicked, or stay silent."""
        self.is_heard_when_touched = is_on

    # Keys.

    def claims(self, press: KeyPress) -> bool:
        return self._keys.claims(press)

    def key(self, press: KeyPress) -> bool:
        return self._keys.press(press)

    # Typing.

    def place_caret(self) -> None:
        """Show the caret: where it was, after the last chord, or at the start."""
        if self.caret is None:
            blocks = self.project.chords.blocks
            self.set_caret(self.slot_from(blocks[-1].span.end if blocks else Ticks(0)))

    def set_caret(self, span: Span[Ticks] | None) -> None:
        """Move the caret, or hide it."""
        if span != self.caret:
            self.caret = span
            self.repaint_all()

    def open_editor(self, block: ChordBlock) -> None:
        """Edit a block's text."""
        self.typing.open(block, block.text, selects=True)

    def open_editor_at_caret(self, text: str = "") -> None:
        """Type at the caret, beginning with ``text``."""
        self.place_caret()
        if self.caret is not None:
            self.typing.open(self.caret, text, selects=False)

    def type_at_caret(self, text: str) -> None:
        """Place chords given as text, as if they had been typed at the caret."""
        self.place_caret()
        if self.caret is not None:
            self.typing.take(self.caret, text)

    def paste_text(self) -> None:
        """Open the editor with the text on the clipboard, to show how it will be read.

        Several lines are a lead sheet that needs no explaining: they are placed at once.
        """
        self.take_text(QGuiApplication.clipboard().text())

    def take_text(self, text: str) -> None:
        """Take text from elsewhere, or notes as text, at the caret."""
        text = text.strip()
        self.place_caret()
        assert self.caret is not None
        if read_lanes(text, self.project.tempo):
            self.stage.arrange.text.paste(self.lane, text, self.caret.start)
        elif "\n" in text:
            self.type_at_caret(text)
        elif text:
            self.open_editor_at_caret(text)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Chords as text land on the bar under the pointer; files go the way of all files."""
        if event.mimeData().hasUrls():
            super().dropEvent(event)
            return
        self.show_guide(None)
        bar = self.project.tempo.meter.bar_ticks
        start = snap_down(self.scale.ticks_at(event.position().x()), bar)
        self.stage.arrange.chords.paste(event.mimeData().text(), start)
        event.acceptProposedAction()

    def copy_as_text(self) -> None:
        """Put the selected chords on the clipboard as a lead sheet."""
        text = self.stage.arrange.chords.as_text(self.selected_blocks())
        if text:
            QGuiApplication.clipboard().setText(text)

    def audition(self, text: str) -> None:
        """Let a chord be heard, unless that is switched off."""
        if self.is_heard_when_touched:
            self.stage.chord_auditioned.emit(text)

    # Pictures.

    def is_concerned(self, before: Project, after: Project) -> bool:
        if before.chords is not after.chords or before.key != after.key:
            self._describe()
            return True
        return False

    def changed_places(self, before: Project, after: Project) -> Iterable[QRectF] | None:
        old, new = before.chords, after.chords
        is_alike = old.settings == new.settings and before.key == after.key
        is_alike = is_alike and old.has_german_names == new.has_german_names
        if not is_alike or not old.blocks or not new.blocks:
            return None
        return [self.rect_of_block(block.span) for block in differing(old.blocks, new.blocks)]

    def place_of(self, item: Item) -> QRectF | None:
        return self.rect_of_block(item.span) if isinstance(item, ChordBlock) else None

    def held_in_view(self, edge: Ticks) -> Iterable[QRectF]:
        for block in (self.project.chords.at(edge), self.ghosts.at(edge)):
            if block is not None:
                yield self.rect_of_block(block.span)

    def attachments(self) -> Iterable[QRectF]:
        handle = self.handle()
        return () if handle is None else (handle,)

    def _describe(self) -> None:
        blocks = self.project.chords.blocks
        words = " ".join(block.text for block in blocks[:32])
        self.setAccessibleDescription(words if blocks else EMPTY_HINT)

    def paint_lane(self, painter: QPainter, area: QRect) -> None:
        chords = self.project.chords
        if not chords.blocks and self.caret is None:
            self.paint_empty_hint(painter, EMPTY_HINT)
        painter.setOpacity(1.0 if chords.settings.is_on else 0.4)
        items = self.stage.workspace.selection.items
        for block in chords.within(self.span_of(area)):
            paint_chord(
                painter,
                self.rect_of_block(block.span),
                block.text,
                self.project.key,
                german_names=chords.has_german_names,
                is_selected=block in items,
                shows_numeral=self.shows_numerals,
            )
        painter.setOpacity(1.0)
        if self.caret is not None:
            paint_caret(painter, self.rect_of_block(self.caret))
        handle = self.handle()
        if handle is not None:
            paint_handle(painter, handle)
        self.ghosts.paint(painter)

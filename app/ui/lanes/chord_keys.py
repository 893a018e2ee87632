"""What keys do on the chord lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.model.chord_block import ChordBlock
from app.model.selection import Selection
from app.model.snapping import snap_down
from app.ui.lanes.chord_menus import transpose_blocks
from app.ui.lanes.gesture import ALT, CONTROL, SHIFT, KeyPress
from engine.timebase import Ticks

if TYPE_CHECKING:
    from app.ui.lanes.chord_lane import ChordLaneCanvas

OCTAVE = 12
ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CLAIMED_KEYS = (*ENTER_KEYS, Qt.Key.Key_F2, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Escape)
CLIPBOARD_KEYS = (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V)


class ChordKeys:
    """Serves one chord lane: letters open the text, arrows transpose or move the caret."""

    def __init__(self, lane: ChordLaneCanvas) -> None:
        self._lane = lane

    def claims(self, press: KeyPress) -> bool:
        """Whether a key must come to the lane although it is a shortcut elsewhere."""
        if press.modifiers == CONTROL and press.key in CLIPBOARD_KEYS:
            return True
        is_plain_key = press.key in CLAIMED_KEYS and not press.has(CONTROL)
        return (
            press.is_up_or_down
            or self._is_chord_letter(press)
            or self._is_bass_key(press)
            or is_plain_key
        )

    def press(self, press: KeyPress) -> bool:
        """Act on a key; False leaves it to the timeline."""
        lane = self._lane
        if self._is_chord_letter(press):
            lane.open_editor_at_caret(press.text.upper())
        elif self._is_bass_key(press):
            block = lane.selected_blocks()[0]
            lane.typing.open(block, f"{_without_bass(block)}/", selects=False)
        elif press.is_tab:
            self._step(1 if press.key == Qt.Key.Key_Tab else -1)
        elif press.key in ENTER_KEYS and lane.ghosts.blocks:
            lane.ghosts.accept()
        elif press.key in (*ENTER_KEYS, Qt.Key.Key_F2):
            blocks = lane.selected_blocks()
            if blocks:
                lane.open_editor(blocks[0])
            else:
                lane.open_editor_at_caret()
        elif press.key == Qt.Key.Key_Escape and lane.ghosts.blocks:
            lane.ghosts.show(())
        elif press.key == Qt.Key.Key_Escape and lane.caret is not None:
            lane.set_caret(None)
        elif press.key == Qt.Key.Key_V and press.modifiers == CONTROL:
            lane.paste_text()
        elif lane.selected_blocks():
            return self._press_on_selection(press)
        elif press.key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and lane.caret is not None:
            self._move_caret(1 if press.key == Qt.Key.Key_Right else -1)
        else:
            return False
        return True

    def _is_chord_letter(self, press: KeyPress) -> bool:
        is_letter = Qt.Key.Key_A <= press.key <= Qt.Key.Key_H
        return is_letter and not press.has(CONTROL | ALT) and self._lane.caret is not None

    def _is_bass_key(self, press: KeyPress) -> bool:
        return press.text == "/" and bool(self._lane.selected_blocks())

    def _press_on_selection(self, press: KeyPress) -> bool:
        lane = self._lane
        if press.modifiers == CONTROL and press.key in (Qt.Key.Key_C, Qt.Key.Key_X):
            lane.stage.arrange.copy_selection()
            lane.copy_as_text()
            if press.key == Qt.Key.Key_X:
                lane.stage.arrange.delete_selection()
        elif press.is_up_or_down and not press.has(CONTROL):
            by = OCTAVE if press.has(SHIFT) else 1
            transpose_blocks(lane, by if press.key == Qt.Key.Key_Up else -by)
        else:
            return False
        return True

    def _move_caret(self, n_bars: int) -> None:
        lane = self._lane
        bar = lane.project.tempo.meter.bar_ticks
        here = Ticks(0) if lane.caret is None else lane.caret.start
        start = snap_down(Ticks(max(0, here + n_bars * bar)), bar)
        lane.set_caret(lane.slot_from(start))
        lane.stage.axis.reveal(start)

    def _step(self, direction: int) -> None:
        """Select the next or previous block; past the last, the caret goes to the next bar."""
        lane = self._lane
        blocks, chosen = lane.project.chords.blocks, lane.selected_blocks()
        if not blocks:
            lane.place_caret()
            return
        if chosen:
            index = blocks.index(chosen[-1 if direction > 0 else 0]) + direction
        else:
            index = 0 if direction > 0 else len(blocks) - 1
        if 0 <= index < len(blocks):
            block = blocks[index]
            lane.set_caret(None)
            lane.stage.workspace.set_selection(Selection(items=frozenset((block,))))
            lane.stage.axis.reveal(block.span.start)
            lane.setAccessibleDescription(lane.words_for(block))
        elif direction > 0:
            lane.stage.workspace.set_selection(Selection())
            lane.set_caret(lane.slot_from(blocks[-1].span.end))


def _without_bass(block: ChordBlock) -> str:
    head, _, bass = block.text.rpartition("/")
    return head if head and not bass.isdigit() else block.text

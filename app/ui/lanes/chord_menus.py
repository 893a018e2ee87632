"""The right-click menus of the chord lane."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.model.chord_block import ChordBlock
from app.model.chord_symbol import read_symbol, spell, transpose_symbol
from app.model.key import diatonic_chords, prefers_flats
from app.model.progression import PROGRESSIONS, progression_chords
from engine.timebase import Ticks

if TYPE_CHECKING:
    from app.ui.lanes.chord_lane import ChordLaneCanvas

TRANSPOSITIONS = (
    ("Up a semitone", 1),
    ("Down a semitone", -1),
    ("Up a whole tone", 2),
    ("Down a whole tone", -2),
    ("Up a fourth", 5),
    ("Up a fifth", 7),
)


def _add(menu: QMenu, words: str, do: Callable[[], object]) -> None:
    menu.addAction(words).triggered.connect(lambda _=False: do())


def block_menu(lane: ChordLaneCanvas, block: ChordBlock, at: Ticks) -> QMenu:
    """What one can do with a block, or with all selected ones."""
    menu, stage = QMenu(lane), lane.stage
    chords = stage.arrange.chords
    meant = lane.selected_blocks()
    _add(menu, "Edit…\tEnter", lambda: lane.open_editor(block))
    transpose = menu.addMenu("Transpose")
    for words, semitones in TRANSPOSITIONS:
        _add(transpose, words, partial(transpose_blocks, lane, semitones))
    _fill_inversions(menu.addMenu("Bass note"), lane, block)
    _add(menu, "Split here", lambda: chords.split(block, stage.snapped(at).position))
    menu.addSeparator()
    _add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
    _add(menu, "Copy as text\tCtrl+C", lane.copy_as_text)
    _add(menu, "Delete\tDel", lambda: chords.remove(meant))
    menu.addSeparator()
    _add_numerals(menu, lane)
    return menu


def empty_menu(lane: ChordLaneCanvas) -> QMenu:
    """What one can put where there is no chord."""
    menu = QMenu(lane)
    insert = menu.addMenu("Insert chord")
    for text in diatonic_chords(lane.project.key):
        _add(insert, text, partial(lane.type_at_caret, text))
    progressions = menu.addMenu("Insert progression")
    for name, numerals in PROGRESSIONS.items():
        texts = " ".join(progression_chords(numerals, lane.project.key))
        short = texts if len(texts) < 32 else f"{texts[:30]}…"
        _add(progressions, f"{name}\t{short}", partial(lane.type_at_caret, texts))
    _add(menu, "Type chords…\tEnter", lane.open_editor_at_caret)
    _add(menu, "Paste text…\tCtrl+V", lane.paste_text)
    menu.addSeparator()
    _add_numerals(menu, lane)
    return menu


def transpose_blocks(lane: ChordLaneCanvas, semitones: int) -> None:
    """Move the selected chords to other roots; what is no chord stays as typed."""
    flats = prefers_flats(lane.project.key)
    texts = {
        block: transpose_symbol(block.text, semitones, flats) for block in lane.selected_blocks()
    }
    if texts:
        lane.stage.arrange.chords.rewrite(texts, "Transpose chords")


def _fill_inversions(menu: QMenu, lane: ChordLaneCanvas, block: ChordBlock) -> None:
    harmony = read_symbol(block.text).harmony
    menu.setEnabled(harmony is not None)
    if harmony is None:
        return
    flats = prefers_flats(lane.project.key)
    plain = block.text.rpartition("/")[0] or block.text
    for pitch in sorted((harmony.root + tone) % 12 for tone in harmony.tones):
        name = spell(pitch, flats)
        text = plain if pitch == harmony.root else f"{plain}/{name}"
        _add(menu, name, partial(lane.stage.arrange.chords.retype, block, text))


def _add_numerals(menu: QMenu, lane: ChordLaneCanvas) -> None:
    action = menu.addAction("Show Roman numerals")
    action.setCheckable(True)
    action.setChecked(lane.shows_numerals)
    action.toggled.connect(lane.set_shows_numerals)

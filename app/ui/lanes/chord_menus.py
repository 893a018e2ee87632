"""The right-click menus of the chord lane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.model.chord_block import ChordBlock
from app.model.chord_symbol import localised, read_symbol, spell, transpose_symbol
from app.model.key import diatonic_chords, prefers_flats
from app.model.lane import LaneId
from app.model.progression import PROGRESSIONS, progression_chords
from app.ui.dialogs.chord_palette import show_chord_palette
from app.ui.dialogs.chord_text import ChordTextDialog
from app.ui.lanes.menu_entries import add
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


def block_menu(lane: ChordLaneCanvas, block: ChordBlock, at: Ticks) -> QMenu:
    """What one can do with a block, or with all selected ones."""
    menu, stage = QMenu(lane), lane.stage
    chords = stage.arrange.chords
    meant = lane.selected_blocks()
    add(menu, "Edit…\tEnter", lambda: lane.open_editor(block))
    transpose = menu.addMenu("Transpose")
    for words, semitones in TRANSPOSITIONS:
        add(transpose, words, partial(transpose_blocks, lane, semitones))
    _fill_inversions(menu.addMenu("Bass note"), lane, block)
    add(menu, "Split here", lambda: chords.split(block, stage.snapped(at).position))
    menu.addSeparator()
    add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
    add(menu, "Copy as text\tCtrl+C", lane.copy_as_text)
    add(menu, "Delete\tDel", lambda: chords.remove(meant))
    _add_lane_entries(menu, lane)
    return menu


def ghost_menu(lane: ChordLaneCanvas, ghost: ChordBlock) -> QMenu:
    """What one can do with a chord that was found."""
    menu = QMenu(lane)
    add(menu, f"Take {ghost.text}", lambda: lane.ghosts.accept(ghost))
    add(menu, "Take all\tEnter", lane.ghosts.accept)
    add(menu, "Take none\tEsc", lambda: lane.ghosts.show(()))
    return menu


def empty_menu(lane: ChordLaneCanvas) -> QMenu:
    """What one can put where there is no chord."""
    menu = QMenu(lane)
    german_names = lane.project.chords.has_german_names
    insert = menu.addMenu("Insert chord")
    for english in diatonic_chords(lane.project.key):
        text = localised(english, german_names)
        add(insert, text, partial(lane.type_at_caret, text))
    progressions = menu.addMenu("Insert progression")
    for name, numerals in PROGRESSIONS.items():
        chords = progression_chords(numerals, lane.project.key)
        texts = " ".join(localised(text, german_names) for text in chords)
        short = texts if len(texts) < 32 else f"{texts[:30]}…"
        add(progressions, f"{name}\t{short}", partial(lane.type_at_caret, texts))
    add(menu, "Type chords…\tEnter", lane.open_editor_at_caret)
    add(menu, "Paste text…\tCtrl+V", lane.paste_text)
    _add_lane_entries(menu, lane)
    return menu


def transpose_blocks(lane: ChordLaneCanvas, semitones: int) -> None:
    """Move the selected chords to other roots; what is no chord stays as typed."""
    flats = prefers_flats(lane.project.key)
    german_names = lane.project.chords.has_german_names
    texts = {
        block: transpose_symbol(block.text, semitones, flats, german_names)
        for block in lane.selected_blocks()
    }
    if texts:
        lane.stage.arrange.chords.rewrite(texts, "Transpose chords")


def _fill_inversions(menu: QMenu, lane: ChordLaneCanvas, block: ChordBlock) -> None:
    german_names = lane.project.chords.has_german_names
    harmony = read_symbol(block.text, german_names).harmony
    menu.setEnabled(harmony is not None)
    if harmony is None:
        return
    flats = prefers_flats(lane.project.key)
    plain = block.text.rpartition("/")[0] or block.text
    for pitch in sorted((harmony.root + tone) % 12 for tone in harmony.tones):
        name = localised(spell(pitch, flats), german_names)
        text = plain if pitch == harmony.root else f"{plain}/{name}"
        add(menu, name, partial(lane.stage.arrange.chords.retype, block, text))


def _add_lane_entries(menu: QMenu, lane: ChordLaneCanvas) -> None:
    """What concerns the whole lane."""
    stage = lane.stage
    menu.addSeparator()
    add(menu, "Edit all as text…", lambda: ChordTextDialog(stage, lane.window()).show())
    add(menu, "Suggestions…", lambda: show_chord_palette(stage, lane.window()))
    detect = menu.addMenu("Detect chords")
    add(detect, "In the notes", lambda: stage.chord_detection_wanted.emit(LaneId.NOTES))
    add(detect, "In the audio", lambda: stage.chord_detection_wanted.emit(LaneId.AUDIO))
    menu.addSeparator()
    for words, is_on, switch in (
        ("Show Roman numerals", lane.shows_numerals, lane.set_shows_numerals),
        ("Hear chords when touched", lane.is_heard_when_touched, lane.set_heard_when_touched),
        (
            "German names (H and B)",
            lane.project.chords.has_german_names,
            stage.arrange.chords.set_german_names,
        ),
    ):
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.toggled.connect(switch)

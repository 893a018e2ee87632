"""The right-click menus of the notes lane, and the numbers it asks for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from app.model.chord_symbol import read_symbol
from app.model.drum_hit import ACCENT, GHOST, SWING_PERCENT, DrumHit
from app.model.key import scale_pitch_classes
from app.model.lane import LaneId
from app.model.note import Note
from app.model.note_shaping import LARGEST_HUMANISE_MS
from app.ui.dialogs.amounts import Amount, AmountsDialog
from app.ui.lanes.menu_entries import add
from app.ui.lanes.note_rows import Folding
from app.ui.lanes.stage import Stage
from engine.timebase import Ticks

if TYPE_CHECKING:
    from app.ui.lanes.note_lane import NoteLaneCanvas

OCTAVE = 12


def note_menu(lane: NoteLaneCanvas, note: Note, at: Ticks) -> QMenu:
    """What one can do with the selected notes, ``note`` among them."""
    menu, stage, meant = QMenu(lane), lane.stage, lane.selected_notes()
    actions, window = stage.arrange.notes, lane.window()
    add(menu, "Quantise\tQ", partial(actions.quantise, meant, stage.grid_step))
    add(menu, "Quantise with strength…\tShift+Q", partial(ask_quantise, stage, meant, window))
    add(menu, "Legato", partial(actions.play_legato, meant))
    add(menu, "Split here", partial(actions.split, meant, at))
    add(
        menu, "Unmute" if note.is_muted else "Mute", partial(actions.mute, meant, not note.is_muted)
    )
    menu.addSeparator()
    add(menu, "Velocity…", partial(ask_velocity, stage, meant, window))
    add(menu, "Velocity ramp…", partial(ask_ramp, stage, meant, window))
    add(menu, "Humanise…", partial(ask_humanise, stage, meant, window))
    menu.addSeparator()
    add(menu, "Octave up\tShift+↑", partial(actions.move, meant, 0, OCTAVE))
    add(menu, "Octave down\tShift+↓", partial(actions.move, meant, 0, -OCTAVE))
    add(menu, "Up a scale step", partial(actions.transpose_in_scale, meant, 1))
    add(menu, "Down a scale step", partial(actions.transpose_in_scale, meant, -1))
    add(menu, "Invert", partial(actions.invert, meant))
    menu.addSeparator()
    add(menu, "Duplicate\tCtrl+D", stage.arrange.duplicate_selection)
    add(menu, "Delete\tDel", partial(actions.remove, meant))
    _add_lane_entries(menu, lane)
    return menu


def empty_menu(lane: NoteLaneCanvas, at: Ticks) -> QMenu:
    """What one can put where there is no note."""
    menu, stage = QMenu(lane), lane.stage
    block = stage.project.chords.at(at)
    if block is not None and read_symbol(block.text, stage.project.chords.has_german_names).harmony:
        insert = partial(stage.arrange.notes.voice_chords, within=block.span)
        add(menu, f"Insert {block.text} here", insert)
    add(menu, "Paste here\tCtrl+V", partial(stage.arrange.paste, stage.cell_start(at)))
    add(menu, "Select notes of the scale", partial(select_scale, stage, is_in=True))
    add(menu, "Select notes outside the scale", partial(select_scale, stage, is_in=False))
    _add_lane_entries(menu, lane)
    return menu


def _add_lane_entries(menu: QMenu, lane: NoteLaneCanvas) -> None:
    """What concerns the whole lane."""
    stage = lane.stage
    menu.addSeparator()
    add(menu, "Select all\tCtrl+A", partial(stage.arrange.select_all, LaneId.NOTES))
    voice = menu.addMenu("Voice the chords")
    voice.setEnabled(bool(stage.project.chords.blocks))
    add(voice, "Close", stage.arrange.notes.voice_chords)
    add(voice, "Open", partial(stage.arrange.notes.voice_chords, is_open=True))
    add(menu, "Detect chords", partial(stage.chord_detection_wanted.emit, LaneId.NOTES))
    menu.addSeparator()
    for folding in Folding:
        action = menu.addAction(folding.value)
        action.setCheckable(True)
        action.setChecked(folding is lane.folding)
        action.triggered.connect(lambda _=False, folding=folding: lane.fold(folding))
    ghosts = menu.addAction("Show the chords as ghost notes")
    ghosts.setCheckable(True)
    ghosts.setChecked(lane.shows_ghosts)
    ghosts.toggled.connect(lane.set_shows_ghosts)
    add(menu, "Fit rows", lane.fit_rows)


def select_scale(stage: Stage, *, is_in: bool) -> None:
    """Select the notes that are in the key's scale, or those that are not."""
    scale = scale_pitch_classes(stage.project.key)
    notes = stage.project.notes.notes
    stage.arrange.select(frozenset(n for n in notes if (n.pitch % 12 in scale) is is_in))


def ask_quantise(
    stage: Stage, items: Sequence[Note] | Sequence[DrumHit], window: QWidget
) -> AmountsDialog:
    """How strongly notes or drum steps are pulled to the grid, and how it swings."""
    step, arrange = stage.grid_step, stage.arrange
    notes = [item for item in items if isinstance(item, Note)]
    hits = [item for item in items if isinstance(item, DrumHit)]

    def quantise(strength: float, swing: float) -> None:
        if notes:
            arrange.notes.quantise(notes, step, strength / 100, swing)
        else:
            arrange.drums.quantise(hits, step, strength / 100, swing)

    amounts = (
        Amount("Strength", 0, 100, 100, "%"),
        Amount("Swing", *SWING_PERCENT, SWING_PERCENT[0], "%"),
    )
    return AmountsDialog("Quantise", amounts, arrange, quantise, window)


def ask_velocity(stage: Stage, notes: Sequence[Note], window: QWidget) -> AmountsDialog:
    """One loudness for some notes."""
    amounts = (Amount("Velocity", 1, 127, notes[0].velocity),)
    act = partial(stage.arrange.notes.set_velocity, notes)
    return AmountsDialog("Velocity", amounts, stage.arrange, act, window)


def ask_ramp(stage: Stage, notes: Sequence[Note], window: QWidget) -> AmountsDialog:
    """Louder or softer from note to note."""
    amounts = (Amount("From", 1, 127, GHOST), Amount("To", 1, 127, ACCENT))
    act = partial(stage.arrange.notes.ramp, notes)
    return AmountsDialog("Velocity ramp", amounts, stage.arrange, act, window)


def ask_humanise(stage: Stage, notes: Sequence[Note], window: QWidget) -> AmountsDialog:
    """How far time and loudness may stray."""
    amounts = (
        Amount("Time", 0, LARGEST_HUMANISE_MS, 8, "ms"),
        Amount("Velocity", 0, 40, 10),
    )
    act = partial(stage.arrange.notes.humanise, notes)
    return AmountsDialog("Humanise", amounts, stage.arrange, act, window)

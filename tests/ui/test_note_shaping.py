"""Shaping notes by menu, keyboard-only writing, and the chords as notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from timeline_hand import BAR, BEAT, SHIFT, Studio, song, with_chords, with_notes

from app.model.lane import LaneId
from app.model.note import Note
from app.model.project import Project
from app.model.voicing import voice_chords
from app.ui.dialogs.amounts import AmountsDialog
from app.ui.lanes.gesture import Pointer
from app.ui.lanes.note_lane import NoteLaneCanvas
from app.ui.lanes.note_menus import ask_humanise, ask_quantise, ask_ramp
from engine.timebase import Span, Ticks

Open = Callable[[Project], Studio]
EIGHTH, SIXTEENTH = 480, 240


def note(start: int, length: int, pitch: int, velocity: int = 90) -> Note:
    return Note(Span(Ticks(start), Ticks(start + length)), pitch, velocity)


def lane_of(studio: Studio) -> NoteLaneCanvas:
    return studio.view.note_lane


def shapes(studio: Studio) -> list[tuple[int, int, int]]:
    return [(n.span.start, n.span.end, n.pitch) for n in studio.project.notes.notes]


def menu_at(studio: Studio, time: float, pitch: int) -> QMenu:
    top = lane_of(studio).rows.top_of(pitch)
    assert top is not None
    menu = lane_of(studio).menu(Pointer(QPointF(studio.x(time), top + 3)))
    assert menu is not None
    return menu


def trigger(menu: QMenu, *path: str) -> None:
    """Click an entry, through submenus."""
    for words in path:
        (action,) = (a for a in menu.actions() if a.text().partition("\t")[0] == words)
        if action.menu() is None:
            action.trigger()
        else:
            sub = action.menu()
            assert isinstance(sub, QMenu)
            menu = sub


def type_into(dialog: AmountsDialog, *values: str) -> None:
    for box, value in zip(dialog.boxes, values, strict=True):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, value)
        QTest.keyClick(box, Qt.Key.Key_Tab)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


SCALE = (note(0, EIGHTH, 57), note(BEAT, EIGHTH, 60), note(2 * BEAT, EIGHTH, 64))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Legato", [(0, BEAT, 57), (BEAT, 2 * BEAT, 60), (2 * BEAT, 2 * BEAT + EIGHTH, 64)]),
        ("Invert", [(0, EIGHTH, 64), (BEAT, BEAT + EIGHTH, 61), (2 * BEAT, 2 * BEAT + EIGHTH, 57)]),
        (
            "Up a scale step",
            [(0, EIGHTH, 59), (BEAT, BEAT + EIGHTH, 62), (2 * BEAT, 2 * BEAT + EIGHTH, 65)],
        ),
        (
            "Octave down",
            [(0, EIGHTH, 45), (BEAT, BEAT + EIGHTH, 48), (2 * BEAT, 2 * BEAT + EIGHTH, 52)],
        ),
    ],
)
def test_the_menu_shapes_all_selected_notes_in_one_step(
    studio: Open, words: str, expected: list[tuple[int, int, int]]
) -> None:
    opened = studio(with_notes(*SCALE))
    before = opened.project
    opened.arrange.select_all(LaneId.NOTES)
    trigger(menu_at(opened, EIGHTH / 2, 57), words)
    assert shapes(opened) == expected
    assert len(opened.document.undo_names) == 1
    opened.document.undo()
    assert opened.project is before


def test_half_strength_goes_half_the_way_to_the_grid(studio: Open) -> None:
    opened = studio(with_notes(note(100, BEAT, 60), note(EIGHTH + 60, BEAT, 64)))
    before = opened.project
    dialog = ask_quantise(opened.view.stage, before.notes.notes, opened.view)
    assert shapes(opened)[0][0] == 0, "the full strength is shown at once"
    type_into(dialog, "50", "50")
    assert [start for start, _, _ in shapes(opened)] == [50, EIGHTH + 30]
    assert opened.document.undo_names == ("Quantise 2 notes",)
    opened.document.undo()
    assert opened.project is before


def test_swing_bends_the_grid_that_notes_are_pulled_to(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60), note(EIGHTH, BEAT, 64)))
    dialog = ask_quantise(opened.view.stage, opened.project.notes.notes, opened.view)
    type_into(dialog, "100", "75")
    assert [start for start, _, _ in shapes(opened)] == [0, EIGHTH + EIGHTH // 2]


def test_a_ramp_and_humanising_change_loudness_in_one_step_each(studio: Open) -> None:
    opened = studio(with_notes(*SCALE))
    before = opened.project
    type_into(ask_ramp(opened.view.stage, before.notes.notes, opened.view), "30", "90")
    assert [n.velocity for n in opened.project.notes.notes] == [30, 60, 90]
    type_into(ask_humanise(opened.view.stage, opened.project.notes.notes, opened.view), "0", "5")
    assert [n.span.start for n in opened.project.notes.notes] == [0, BEAT, 2 * BEAT]
    assert opened.document.undo_names == ("Ramp 3 notes", "Humanise 3 notes")
    opened.document.undo()
    opened.document.undo()
    assert opened.project is before


def test_a_double_click_on_a_loudness_bar_asks_for_its_value(studio: Open) -> None:
    opened = studio(with_notes(*SCALE))
    lane = lane_of(opened)
    place = QPointF(opened.x(BEAT) + 1, lane.height() - 6).toPoint()
    QTest.mouseDClick(lane, Qt.MouseButton.LeftButton, pos=place)
    dialog = opened.view.findChild(AmountsDialog)
    assert dialog is not None
    type_into(dialog, "77")
    assert [n.velocity for n in opened.project.notes.notes] == [90, 77, 90]


def test_chords_are_voiced_as_linked_notes_that_the_next_voicing_replaces(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    before = opened.project
    trigger(menu_at(opened, BAR, 60), "Voice the chords", "Close")
    close = opened.project.notes.notes
    assert close == voice_chords(before.chords.blocks)
    assert all(n.is_linked for n in close)
    edited = next(n for n in close if n.span.start == 0)
    opened.arrange.notes.move((edited,), 0, 12)
    trigger(menu_at(opened, 3 * BAR, 61), "Voice the chords", "Open")
    kept = replace(edited, pitch=edited.pitch + 12, is_linked=False)
    assert kept in opened.project.notes.notes
    assert set(voice_chords(before.chords.blocks, is_open=True)) <= {
        *opened.project.notes.notes,
        replace(kept, is_linked=True),
    }
    for _ in range(3):
        opened.document.undo()
    assert opened.project is before


def test_the_chord_above_is_inserted_where_the_menu_was_opened(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    trigger(menu_at(opened, BAR + 10, 60), "Insert F here")
    assert {n.pitch % 12 for n in opened.project.notes.notes} == {5, 9, 0}
    assert {n.span for n in opened.project.notes.notes} == {opened.project.tempo.bars(2, 2)}


def test_notes_outside_the_scale_are_selected_together(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60), note(0, BEAT, 61), note(BEAT, BEAT, 66)))
    trigger(menu_at(opened, 3 * BAR, 64), "Select notes outside the scale")
    assert {n.pitch for n in opened.workspace.selection.items} == {61, 66}


# Step entry.


def press(studio: Studio, *keys: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    for key in keys:
        QTest.keyClick(lane_of(studio), key, held or Qt.KeyboardModifier.NoModifier)


def test_letters_and_digits_write_a_melody_without_a_mouse(studio: Open) -> None:
    opened = studio(song())
    before = opened.project
    lane_of(opened).steps.switch(True)
    keys = Qt.Key
    press(opened, keys.Key_4, keys.Key_C, keys.Key_D, keys.Key_8, keys.Key_E, keys.Key_B)
    press(opened, keys.Key_Right, keys.Key_2, keys.Key_A)
    assert shapes(opened) == [
        (0, BEAT, 60),
        (BEAT, 2 * BEAT, 62),
        (2 * BEAT, 2 * BEAT + EIGHTH, 64),
        (2 * BEAT + EIGHTH, 3 * BEAT, 59),
        (3 * BEAT + EIGHTH, 5 * BEAT + EIGHTH, 57),
    ]
    for _ in range(5):
        opened.document.undo()
    assert opened.project is before


def test_shift_stacks_a_letter_on_the_chord_and_enter_writes_at_the_caret(studio: Open) -> None:
    opened = studio(song())
    lane_of(opened).steps.switch(True)
    press(opened, Qt.Key.Key_A)
    press(opened, Qt.Key.Key_C, Qt.Key.Key_E, held=SHIFT)
    press(opened, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert shapes(opened) == [(0, BEAT, 57), (0, BEAT, 60), (0, BEAT, 64), (BEAT, 2 * BEAT, 65)]


def test_letters_are_sharp_where_the_key_has_them_and_plus_raises_the_last(studio: Open) -> None:
    opened = studio(replace(song(), key="D:maj"))
    lane_of(opened).steps.switch(True)
    press(opened, Qt.Key.Key_F, Qt.Key.Key_Period, Qt.Key.Key_G, Qt.Key.Key_Plus)
    assert shapes(opened) == [(0, BEAT, 66), (BEAT, BEAT + 3 * EIGHTH, 68)]


def test_backspace_takes_back_and_escape_gives_the_letters_back(studio: Open) -> None:
    opened = studio(song())
    lane_of(opened).steps.switch(True)
    press(opened, Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_Backspace, Qt.Key.Key_E)
    assert shapes(opened) == [(0, BEAT, 60), (BEAT, 2 * BEAT, 64)]
    press(opened, Qt.Key.Key_Escape)
    assert not lane_of(opened).steps.is_on
    press(opened, Qt.Key.Key_C)
    assert len(shapes(opened)) == 2

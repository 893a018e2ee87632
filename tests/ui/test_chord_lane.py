"""The chord lane under a hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from timeline_hand import ALT, BAR, BEAT, CONTROL, SHIFT, Studio, song, with_chords

from app.model.chord_block import ChordBlock
from app.model.lane import LaneId
from app.model.project import Project
from app.ui.lanes.chord_lane import ChordLaneCanvas
from app.ui.lanes.gesture import Pointer

Open = Callable[[Project], Studio]
Y = 33


def lane_of(studio: Studio) -> ChordLaneCanvas:
    return studio.view.chord_lane


def written(studio: Studio) -> list[tuple[int, int, str]]:
    """(start, end, text) in bars from 0."""
    return [
        (block.span.start / BAR, block.span.end / BAR, block.text)
        for block in studio.project.chords.blocks
    ]


def type_text(studio: Studio, text: str) -> None:
    editor = lane_of(studio).typing.editor
    assert editor is not None
    QTest.keyClicks(editor, text)


def press_key(
    studio: Studio, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """To the editor where it is open, else to the lane."""
    QTest.keyClick(lane_of(studio).typing.editor or lane_of(studio), key, modifiers)


def test_letters_at_the_caret_become_chords_and_tab_goes_to_the_next_bar(studio: Open) -> None:
    opened = studio(song())
    opened.view.focus_lane(LaneId.CHORDS)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_D)
    type_text(opened, "m7")
    press_key(opened, Qt.Key.Key_Tab)
    for text in ("G7", "Cmaj7"):
        type_text(opened, text)
        press_key(opened, Qt.Key.Key_Tab)
    type_text(opened, "A7b9")
    press_key(opened, Qt.Key.Key_Return)
    assert written(opened) == [(0, 1, "Dm7"), (1, 2, "G7"), (2, 3, "Cmaj7"), (3, 4, "A7b9")]


def test_one_pasted_bar_offers_one_chord_per_bar(studio: Open, qtbot: QtBot) -> None:
    opened = studio(song())
    opened.view.focus_lane(LaneId.CHORDS)
    QGuiApplication.clipboard().setText("| Am F C G |")
    QTest.keyClick(lane_of(opened), Qt.Key.Key_V, CONTROL)
    editor = lane_of(opened).typing.editor
    assert editor is not None
    assert editor.preview_text == "one bar, one beat each"
    qtbot.mouseClick(editor.offer_button, Qt.MouseButton.LeftButton)
    assert written(opened) == [(0, 1, "Am"), (1, 2, "F"), (2, 3, "C"), (3, 4, "G")]
    assert opened.document.undo_names == ("Paste chords",)


def test_enter_takes_the_bar_lines_at_their_word(studio: Open) -> None:
    opened = studio(song())
    opened.view.focus_lane(LaneId.CHORDS)
    press_key(opened, Qt.Key.Key_Return)
    type_text(opened, "| Am F C G |")
    press_key(opened, Qt.Key.Key_Return)
    assert written(opened) == [
        (0, 0.25, "Am"),
        (0.25, 0.5, "F"),
        (0.5, 0.75, "C"),
        (0.75, 1, "G"),
    ]


def test_dragging_the_handle_repeats_the_run(studio: Open) -> None:
    opened = studio(with_chords("Am", "F", "C", "G"))
    opened.arrange.select_all(LaneId.CHORDS)
    handle = lane_of(opened).handle()
    assert handle is not None
    start = (handle.center().x(), handle.center().y())
    opened.drag(lane_of(opened), start, (start[0] + opened.x(4 * BAR), start[1]))
    assert [text for _, _, text in written(opened)] == ["Am", "F", "C", "G"] * 2
    assert written(opened)[-1][:2] == (7, 8)
    opened.document.undo()
    assert len(written(opened)) == 4


def test_a_drag_on_the_body_moves_the_chord_by_whole_grid_steps(studio: Open) -> None:
    opened = studio(with_chords("Am"))
    opened.drag(lane_of(opened), (30, Y), (30 + opened.x(2 * BAR) + 2, Y))
    assert written(opened) == [(2, 3, "Am")]
    assert opened.document.undo_names == ("Move 1 chord",)


def test_alt_ignores_the_grid(studio: Open) -> None:
    opened = studio(with_chords("Am"))
    opened.drag(lane_of(opened), (30, Y), (37, Y), ALT)
    assert opened.project.chords.blocks[0].span.start == 280


def test_ctrl_drag_duplicates(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    opened.drag(lane_of(opened), (30, Y), (30 + opened.x(2 * BAR), Y), CONTROL)
    assert written(opened) == [(0, 1, "Am"), (1, 2, "F"), (2, 3, "Am")]


def test_the_neighbour_yields_when_an_edge_is_dragged(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    edge = opened.x(BAR) - 3
    opened.drag(lane_of(opened), (edge, Y), (edge + opened.x(2 * BEAT), Y))
    assert written(opened) == [(0, 1.5, "Am"), (1.5, 2, "F")]


def test_shift_pushes_what_follows(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    edge = opened.x(BAR) - 3
    opened.drag(lane_of(opened), (edge, Y), (edge + opened.x(2 * BEAT), Y), SHIFT)
    assert written(opened) == [(0, 1.5, "Am"), (1.5, 2.5, "F")]


def test_escape_takes_a_drag_back(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    before = opened.project
    opened.press(lane_of(opened), (30, Y))
    opened.drag_to(lane_of(opened), (150, Y))
    assert opened.project is not before
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Escape)
    opened.release(lane_of(opened), (150, Y))
    assert opened.project is before
    assert opened.document.undo_names == ()


def test_unknown_text_stays_as_typed_and_blocks_nothing(studio: Open) -> None:
    opened = studio(with_chords("Am"))
    opened.double_click(lane_of(opened), (30, Y))
    type_text(opened, "Hm")
    editor = lane_of(opened).typing.editor
    assert editor is not None
    assert "Did you mean Bm?" in editor.preview_text
    press_key(opened, Qt.Key.Key_Return)
    assert written(opened) == [(0, 1, "Hm")]
    assert "Did you mean Bm?" in lane_of(opened).tip(Pointer(QPointF(30, Y)))


def test_emptying_the_text_deletes_the_chord(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    opened.double_click(lane_of(opened), (30, Y))
    press_key(opened, Qt.Key.Key_Backspace)
    press_key(opened, Qt.Key.Key_Return)
    assert written(opened) == [(1, 2, "F")]


def test_escape_leaves_the_text_as_it_was(studio: Open) -> None:
    opened = studio(with_chords("Am"))
    opened.double_click(lane_of(opened), (30, Y))
    type_text(opened, "G")
    press_key(opened, Qt.Key.Key_Escape)
    assert written(opened) == [(0, 1, "Am")]


def test_copy_as_text_gives_back_what_was_typed(studio: Open) -> None:
    opened = studio(with_chords("Dm7", "G7", "Cmaj7", "A7b9"))
    opened.arrange.select_all(LaneId.CHORDS)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "| Dm7 | G7 | Cmaj7 | A7b9 |"


def test_arrow_keys_transpose_the_selected_chords(studio: Open) -> None:
    opened = studio(with_chords("Am", "Fmaj7/A"))
    opened.arrange.select_all(LaneId.CHORDS)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Up)
    assert [text for _, _, text in written(opened)] == ["Bbm", "F#maj7/Bb"]


def test_tab_walks_over_the_chords_and_speaks_them(studio: Open) -> None:
    opened = studio(with_chords("Am", "E"))
    lane_of(opened).setFocus()
    for expected in ("Am", "E"):
        QTest.keyClick(lane_of(opened), Qt.Key.Key_Tab)
        (block,) = opened.workspace.selection.items
        assert isinstance(block, ChordBlock)
        assert block.text == expected
    assert lane_of(opened).accessibleDescription() == "Chord, E, bar 2 beat 1, 1 bar, dominant"


def test_painting_on_the_empty_lane_sets_the_length_of_what_is_typed(studio: Open) -> None:
    opened = studio(song())
    opened.drag(lane_of(opened), (2, Y), (opened.x(2 * BAR), Y))
    type_text(opened, "Am")
    press_key(opened, Qt.Key.Key_Return)
    assert written(opened) == [(0, 2, "Am")]


@pytest.mark.parametrize(("text", "heard"), [("Am", "Am"), ("C13", "C13")])
def test_a_chord_sounds_when_it_is_typed(studio: Open, qtbot: QtBot, text: str, heard: str) -> None:
    opened = studio(song())
    opened.view.focus_lane(LaneId.CHORDS)
    press_key(opened, Qt.Key.Key_Return)
    type_text(opened, text)
    with qtbot.waitSignal(opened.view.stage.chord_auditioned) as signal:
        press_key(opened, Qt.Key.Key_Return)
    assert signal.args == [heard]

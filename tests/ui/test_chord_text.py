"""Chords as text: naming, the text window, what other programs give and take."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from timeline_hand import BAR, CONTROL, LEFT, Studio, song, with_chords

from app.model.lane import LaneId
from app.model.project import Project
from app.ui.dialogs.chord_palette import ChordButton, show_chord_palette
from app.ui.dialogs.chord_text import ChordTextDialog
from app.ui.lanes.gesture import Pointer

Open = Callable[[Project], Studio]
Y = 33


def written(studio: Studio) -> list[tuple[float, float, str]]:
    """(start, end, text) in bars from 0."""
    return [
        (block.span.start / BAR, block.span.end / BAR, block.text)
        for block in studio.project.chords.blocks
    ]


def paste(studio: Studio, text: str) -> None:
    studio.view.focus_lane(LaneId.CHORDS)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(studio.view.chord_lane, Qt.Key.Key_V, CONTROL)
    editor = studio.view.chord_lane.typing.editor
    if editor is not None:
        QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "text",
    [
        "| Am7 | Dm7 G7 | Cmaj7 . E7/G# | % |",
        "Am  F   C G",
        "Am | F ; the sad part\nC | G | x2",
        "| Hm | N.C. | C6/9 |",
    ],
)
def test_what_was_pasted_is_copied_letter_by_letter(studio: Open, text: str) -> None:
    opened = studio(song())
    before = opened.project
    paste(opened, text)
    QTest.keyClick(opened.view.chord_lane, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(opened.view.chord_lane, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == text
    opened.document.undo()
    assert opened.project is before


def test_pasting_over_chords_empties_the_bars_it_fills(studio: Open) -> None:
    opened = studio(with_chords("Am", "F", "C"))
    opened.view.chord_lane.set_caret(opened.project.tempo.bars(1, 1))
    paste(opened, "| . G | E |")
    assert written(opened) == [(0.5, 1, "G"), (1, 2, "E"), (2, 3, "C")]


def test_german_names_read_h_as_b_and_b_as_b_flat(studio: Open) -> None:
    opened = studio(with_chords("Hm", "B"))
    lane = opened.view.chord_lane
    assert "is not a chord" in lane.tip(Pointer(QPointF(30, Y)))
    before = opened.project
    opened.arrange.chords.set_german_names(True)
    assert "Chord, Hm" in lane.tip(Pointer(QPointF(30, Y)))
    opened.arrange.select_all(LaneId.CHORDS)
    QTest.keyClick(lane, Qt.Key.Key_Up)
    assert [text for *_, text in written(opened)] == ["Cm", "H"]
    opened.document.undo()
    opened.document.undo()
    assert opened.project is before


def test_a_slash_opens_the_bass_of_the_selected_chord(studio: Open) -> None:
    opened = studio(with_chords("Am/E"))
    opened.click(opened.view.chord_lane, (40, Y))
    QTest.keyClick(opened.view.chord_lane, "/")
    editor = opened.view.chord_lane.typing.editor
    assert editor is not None
    QTest.keyClicks(editor, "G")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert written(opened) == [(0, 1, "Am/G")]


def test_the_text_window_rewrites_the_lane_and_marks_what_is_no_chord(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    before = opened.project
    window = ChordTextDialog(opened.view.stage, opened.view)
    window.show()
    assert window.text.toPlainText() == "| Am | F |"
    window.text.selectAll()
    QTest.keyClicks(window.text, "| Am Xyz C G |")
    assert "one bar, one beat each" in window.reading.text()
    assert "Xyz is not a chord" in window.reading.text()
    (mark,) = window.text.extraSelections()
    assert mark.cursor.selectedText() == "Xyz"
    QTest.mouseClick(window.offer, LEFT)
    QTest.mouseClick(window.take, LEFT)
    assert [text for *_, text in written(opened)] == ["Am", "Xyz", "C", "G"]
    opened.document.undo()
    assert opened.project is before


def test_a_text_that_says_the_same_leaves_no_step(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    window = ChordTextDialog(opened.view.stage, opened.view)
    window.accept()
    assert opened.document.undo_names == ()


def test_text_dropped_on_the_lane_lands_in_the_bar_under_it(studio: Open) -> None:
    opened = studio(song())
    opened.drop_text(opened.view.chord_lane, (opened.x(2 * BAR) + 20, Y), "Dm7 G7")
    assert written(opened) == [(2, 3, "Dm7"), (3, 4, "G7")]


def button_of(studio: Studio, text: str) -> ChordButton:
    palette = show_chord_palette(studio.view.stage, studio.view)
    return next(button for button in palette.buttons() if button.text_placed == text)


def test_a_suggestion_is_heard_by_a_click_and_placed_by_a_double_click(studio: Open) -> None:
    opened = studio(song())
    heard: list[str] = []
    opened.view.stage.chord_auditioned.connect(heard.append)
    for text in ("Dm", "E"):
        button = button_of(opened, text)
        QTest.mouseClick(button, LEFT)
        QTest.mouseDClick(button, LEFT)
    assert heard == ["Dm", "E"]
    assert written(opened) == [(0, 1, "Dm"), (1, 2, "E")]
    for _ in range(2):
        opened.document.undo()
    assert written(opened) == []


def test_suggestions_follow_the_key(studio: Open) -> None:
    opened = studio(song())
    palette = show_chord_palette(opened.view.stage, opened.view)
    assert palette.windowTitle() == "Chords in A minor"
    texts = [button.text_placed for button in palette.buttons()]
    assert texts[:7] == ["Am", "Bdim", "C", "Dm", "E", "F", "G"]
    assert "C G Am F" in texts


def test_silenced_chords_are_selected_without_a_sound(studio: Open) -> None:
    opened = studio(with_chords("Am"))
    heard: list[str] = []
    opened.view.stage.chord_auditioned.connect(heard.append)
    opened.view.chord_lane.set_heard_when_touched(False)
    opened.click(opened.view.chord_lane, (40, Y))
    assert heard == []
    assert len(opened.workspace.selection.items) == 1

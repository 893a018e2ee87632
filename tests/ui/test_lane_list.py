"""The list view of a lane: the same contents in a table, editable in place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from timeline_hand import BAR, BEAT, Studio, song, with_chords, with_clip, with_hits, with_notes

from app.model.edits.sections import PlaceSections
from app.model.ids import SectionId
from app.model.lane import LaneId
from app.model.note import Note
from app.model.note_name import read_pitch
from app.model.project import Project
from app.model.section import Section
from app.ui.dialogs.lane_list import LaneList
from app.ui.lanes.lane_table import read_position
from engine.timebase import Span, TempoMap, Ticks

Open = Callable[[Project], Studio]


def with_section() -> Project:
    return PlaceSections((Section(SectionId("v"), TempoMap().bars(1, 2), "Verse"),)).apply(song())


def list_of(studio: Studio, lane: LaneId) -> LaneList:
    return LaneList(lane, studio.view.stage, studio.view)


def texts(table: LaneList) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def type_over(table: LaneList, row: int, title: str, text: str) -> None:
    """Open a cell with F2, type, Enter."""
    model = table.model()
    headers = [
        model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())
    ]
    table.setCurrentIndex(model.index(row, headers.index(title)))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt hands the text over when the key is done with


NOTE = Note(Span(Ticks(0), Ticks(BEAT)), 60)


@pytest.mark.parametrize(
    ("lane", "project", "title", "text", "row_before", "row_after"),
    [
        (
            LaneId.CHORDS,
            with_chords("Am"),
            "Chord",
            "Dm7",
            ["1.1", "4", "Am", "i tonic"],
            ["1.1", "4", "Dm7", "iv7 predominant"],
        ),
        (
            LaneId.CHORDS,
            with_chords("Am"),
            "Bar.beat",
            "2.3",
            ["1.1", "4", "Am", "i tonic"],
            ["2.3", "4", "Am", "i tonic"],
        ),
        (
            LaneId.DRUMS,
            with_hits((BEAT, 36)),
            "Velocity",
            "33",
            ["1.2", "Kick", "90"],
            ["1.2", "Kick", "33"],
        ),
        (
            LaneId.NOTES,
            with_notes(NOTE),
            "Pitch",
            "f#3",
            ["1.1", "C4", "1", "90", ""],
            ["1.1", "F#3", "1", "90", ""],
        ),
        (
            LaneId.NOTES,
            with_notes(NOTE),
            "Beats",
            "1,5",
            ["1.1", "C4", "1", "90", ""],
            ["1.1", "C4", "1.5", "90", ""],
        ),
        (
            LaneId.SECTIONS,
            with_section(),
            "Prompt",
            "strings",
            ["1.1", "2", "Verse", "", "", "3"],
            ["1.1", "2", "Verse", "strings", "", "3"],
        ),
        (
            LaneId.AUDIO,
            with_clip(1, 4),
            "Bar.beat",
            "3",
            ["1.1", "10.000", "", "0"],
            ["3.1", "10.000", "", "0"],
        ),
    ],
)
def test_a_cell_typed_over_is_one_step_on_the_lane(
    studio: Open,
    lane: LaneId,
    project: Project,
    title: str,
    text: str,
    row_before: list[str],
    row_after: list[str],
) -> None:
    opened = studio(project)
    table = list_of(opened, lane)
    assert texts(table) == [row_before]
    type_over(table, 0, title, text)
    assert texts(table) == [row_after]
    assert len(opened.document.undo_names) == 1
    opened.document.undo()
    assert opened.project is project
    assert texts(table) == [row_before]


@pytest.mark.parametrize(("title", "text"), [("Pitch", "H9"), ("Bar.beat", "0"), ("Beats", "x")])
def test_what_cannot_be_read_changes_nothing(studio: Open, title: str, text: str) -> None:
    opened = studio(with_notes(NOTE))
    before = opened.project
    type_over(list_of(opened, LaneId.NOTES), 0, title, text)
    assert opened.project is before


def test_rows_and_the_lane_select_each_other_and_del_deletes(studio: Open) -> None:
    opened = studio(with_chords("Am", "F", "C"))
    before = opened.project
    table = list_of(opened, LaneId.CHORDS)
    table.selectRow(1)
    assert opened.workspace.selection.items == {before.chords.blocks[1]}
    opened.click(opened.view.chord_lane, (opened.x(2 * BAR) + 30, 30))
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert [row[2] for row in texts(table)] == ["Am", "F"]
    opened.document.undo()
    assert opened.project is before


def test_positions_and_pitches_are_read_as_they_are_written() -> None:
    assert read_position("3.2.120", TempoMap()) == 2 * BAR + BEAT + 120
    assert [read_pitch(text) for text in ("C4", "bb2", "Cb4", "60", "F#-1")] == [60, 46, 59, 60, 6]

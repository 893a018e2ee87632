"""Copy and paste: within a lane, between lanes, and as text with other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from timeline_hand import BAR, BEAT, CONTROL, Studio, song, with_chords, with_hits, with_notes

from app.model.lane import LaneId
from app.model.note import Note
from app.model.project import Project
from app.model.voicing import voice_chords
from engine.timebase import Span, Ticks

Open = Callable[[Project], Studio]


def press(studio: Studio, lane: LaneId, *keys: Qt.Key) -> None:
    studio.view.focus_lane(lane)
    for key in keys:
        QTest.keyClick(studio.view.canvases[lane], key, CONTROL)


def copy_all(studio: Studio, lane: LaneId) -> None:
    press(studio, lane, Qt.Key.Key_A, Qt.Key.Key_C)


def paste(studio: Studio, lane: LaneId, bar: int) -> None:
    studio.workspace.set_playhead(studio.project.tempo.bar_start(bar))
    press(studio, lane, Qt.Key.Key_V)


def test_copied_notes_are_text_that_pastes_back(studio: Open) -> None:
    note = Note(Span(Ticks(0), Ticks(BEAT)), 57, 80, is_muted=True)
    opened = studio(with_notes(note))
    before = opened.project
    copy_all(opened, LaneId.NOTES)
    assert QGuiApplication.clipboard().text() == "1.1\tA3\t1.0\t80\n"
    paste(opened, LaneId.NOTES, 3)
    second = opened.project.notes.notes[1]
    assert (second.span.start, second.is_muted) == (2 * BAR, True), "an own copy loses nothing"
    QGuiApplication.clipboard().setText("7.1\tC4\t2\t70\n")
    paste(opened, LaneId.NOTES, 5)
    third = opened.project.notes.notes[2]
    assert (third.span, third.pitch) == (Span(Ticks(4 * BAR), Ticks(4 * BAR + 2 * BEAT)), 60)
    opened.document.undo()
    opened.document.undo()
    assert opened.project is before


def test_chords_pasted_among_notes_are_voiced(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    before = opened.project
    copy_all(opened, LaneId.CHORDS)
    paste(opened, LaneId.NOTES, 1)
    assert opened.project.notes.notes == voice_chords(before.chords.blocks)
    opened.document.undo()
    assert opened.project is before


def test_notes_pasted_among_chords_are_read_as_chords(studio: Open) -> None:
    notes = voice_chords(with_chords("Am", "F").chords.blocks)
    opened = studio(with_notes(*notes))
    before = opened.project
    copy_all(opened, LaneId.NOTES)
    opened.view.chord_lane.set_caret(opened.project.tempo.bars(3, 3))
    press(opened, LaneId.CHORDS, Qt.Key.Key_V)
    assert [(b.span.start // BAR, b.text) for b in opened.project.chords.blocks] == [
        (2, "Am"),
        (3, "F"),
    ]
    opened.document.undo()
    assert opened.project is before


def test_notes_pasted_among_drums_keep_their_keys_and_strokes_among_notes_too(
    studio: Open,
) -> None:
    opened = studio(with_hits((0, 36), (BEAT, 38)))
    before = opened.project
    copy_all(opened, LaneId.DRUMS)
    paste(opened, LaneId.NOTES, 2)
    assert [(n.span.start, n.pitch) for n in opened.project.notes.notes] == [
        (BAR, 36),
        (BAR + BEAT, 38),
    ]
    copy_all(opened, LaneId.NOTES)
    paste(opened, LaneId.DRUMS, 3)
    assert [hit.order for hit in opened.project.drums.hits][2:] == [
        (2 * BAR, 36),
        (2 * BAR + BEAT, 38),
    ]
    opened.document.undo()
    opened.document.undo()
    assert opened.project is before


@pytest.mark.parametrize("lane", [LaneId.NOTES, LaneId.DRUMS])
def test_text_that_is_no_music_changes_nothing(studio: Open, lane: LaneId) -> None:
    opened = studio(replace(song(), title="Empty"))
    before = opened.project
    QGuiApplication.clipboard().setText("Dear Sir or Madam, to whom it may concern")
    paste(opened, lane, 1)
    assert opened.project is before

"""Detecting chords, and what a change of key offers, in the whole window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from timeline_hand import Hand, with_chords, with_clip

from app.application import Application
from app.jobs.detect_chords import blocks_on_beats
from app.model.lane import LaneId
from app.model.voicing import voice_chords
from engine.score import Chord
from engine.timebase import Seconds, Span

Settled = Callable[[Application], None]


def texts(studio: Application) -> list[str]:
    return [block.text for block in studio.document.project.chords.blocks]


@pytest.fixture
def with_notes_only(studio: Application) -> Application:
    """The notes of Am F C G, and no chords."""
    chords = with_chords("Am", "F", "C", "G")
    notes = replace(chords.notes, notes=voice_chords(chords.chords.blocks))
    studio.document.open(replace(with_chords(), notes=notes))
    return studio


def test_chords_in_the_notes_are_ghosts_until_enter_takes_them(
    with_notes_only: Application,
) -> None:
    studio = with_notes_only
    before = studio.document.project
    lane = studio.window.timeline.chord_lane
    studio.window.timeline.stage.chord_detection_wanted.emit(LaneId.NOTES)
    assert [ghost.text for ghost in lane.ghosts.blocks] == ["Am", "F", "C", "G"]
    assert texts(studio) == []
    hand = Hand(studio.window.timeline)
    hand.click(lane, (hand.x(lane.ghosts.blocks[1].span.start) + 12, 30))
    assert texts(studio) == ["F"]
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Return)
    assert texts(studio) == ["Am", "F", "C", "G"]
    assert lane.ghosts.blocks == ()
    studio.document.undo()
    studio.document.undo()
    assert studio.document.project is before


def test_escape_takes_the_ghosts_away(with_notes_only: Application) -> None:
    studio = with_notes_only
    lane = studio.window.timeline.chord_lane
    studio.window.timeline.stage.chord_detection_wanted.emit(LaneId.NOTES)
    lane.setFocus()
    QTest.keyClick(lane, Qt.Key.Key_Escape)
    assert lane.ghosts.blocks == ()
    assert texts(studio) == []


def test_without_sound_there_is_nothing_to_listen_to(studio: Application) -> None:
    studio.window.timeline.stage.chord_detection_wanted.emit(LaneId.AUDIO)
    (message,) = studio.notices.messages
    assert message.startswith("There is no sound here")


def test_heard_chords_begin_and_end_on_beats() -> None:
    project = with_clip()
    heard = (
        Chord(Span(Seconds(0.02), Seconds(2.4)), "A:min"),
        Chord(Span(Seconds(2.4), Seconds(2.5)), "C:maj"),
        Chord(Span(Seconds(2.5), Seconds(3.8)), "B:maj"),
        Chord(Span(Seconds(3.8), Seconds(5.0)), "N"),
    )
    blocks = blocks_on_beats(heard, project.tempo.bars(1, 2), project, german_names=True)
    assert [(block.span.start, block.span.end, block.text) for block in blocks] == [
        (0, 3840, "Am"),
        (3840, 5760, "H"),
    ]


def test_another_key_offers_to_move_the_chords(studio: Application) -> None:
    studio.document.open(with_chords("Am", "F"))
    before = studio.document.project
    studio.studio.song.set_key("C:min")
    assert texts(studio) == ["Am", "F"]
    buttons = {button.text(): button for button in studio.notices.findChildren(QPushButton)}
    QTest.mouseClick(buttons["Move the lanes by +3"], Qt.MouseButton.LeftButton)
    assert texts(studio) == ["Cm", "Ab"]
    studio.document.undo()
    studio.document.undo()
    assert studio.document.project is before

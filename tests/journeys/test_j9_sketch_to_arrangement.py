"""A melody written without a mouse, shaped, harmonised, played, and exported as MIDI."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timeline_hand import BAR, BEAT, CONTROL, NONE, SHIFT, with_chords

from app.application import Application
from app.interchange.midi_in import read_midi
from app.interchange.midi_out import write_midi
from app.model.lane import LaneId
from app.model.note import Note
from app.ui.dialogs.command_palette import CommandPalette

RUN_MS = 60_000
ALT = Qt.KeyboardModifier.AltModifier
MELODY = [(0, 69), (1, 71), (2, 72), (3, 74), (4, 76), (5, 74), (6, 72), (7, 71)]
"""Beat and pitch: eight quarters up from A and down again."""


def press(studio: Application, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(QApplication.focusWidget() or studio.window, key, held)


def shapes(notes: tuple[Note, ...]) -> list[tuple[float, int]]:
    return [(note.span.start / BEAT, note.pitch) for note in notes]


def test_a_sketch_becomes_an_arrangement(toned: Application, qtbot: QtBot, tmp_path: Path) -> None:
    toned.document.open(replace(with_chords("Am", "F"), length_bars=2))
    start = toned.document.project
    write_eight_notes(toned)
    assert shapes(toned.document.project.notes.notes) == [(b, p - 12) for b, p in MELODY]

    press(toned, Qt.Key.Key_A, CONTROL)
    press(toned, Qt.Key.Key_Q)
    press(toned, Qt.Key.Key_Up, SHIFT)
    melody = toned.document.project.notes.notes
    assert shapes(melody) == MELODY

    voice_by_palette(toned)
    notes = toned.document.project.notes.notes
    assert set(melody) <= set(notes)
    assert sum(note.is_linked for note in notes) >= 6

    press(toned, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(toned.document.project.take_groups) == 1, timeout=RUN_MS)
    qtbot.waitUntil(lambda: toned.queue.running is None, timeout=RUN_MS)
    recipe = toned.document.project.recipes[-1]
    assert recipe.notes.notes == notes
    assert recipe.chords.settings.is_on

    path = tmp_path / "arrangement.mid"
    path.write_bytes(write_midi(toned.document.project))
    song = read_midi(path)
    (track,) = (track for track in song.tracks if track.name == "Notes")
    assert shapes(track.notes) == shapes(notes)
    assert [each.text for each in song.tracks[0].texts] == ["Am", "F"]

    while toned.document.can_undo:
        toned.document.undo()
    drawn = toned.document.project.seed  # chance, not a hand, drew another seed for the next run
    assert toned.document.project == replace(start, seed=drawn)


def write_eight_notes(studio: Application) -> None:
    """Caret at bar 1, a letter per note; no mouse anywhere."""
    press(studio, Qt.Key.Key_4, CONTROL)
    assert studio.workspace.focused_lane is LaneId.NOTES
    press(studio, Qt.Key.Key_I, CONTROL | ALT)
    keys = Qt.Key
    for key in (
        keys.Key_A,
        keys.Key_B,
        keys.Key_C,
        keys.Key_D,
        keys.Key_E,
        keys.Key_D,
        keys.Key_C,
        keys.Key_B,
    ):
        press(studio, key)
    press(studio, Qt.Key.Key_Escape)
    assert studio.document.project.notes.notes[-1].span.end == 2 * BAR


def voice_by_palette(studio: Application) -> None:
    press(studio, Qt.Key.Key_K, CONTROL)
    palette = studio.window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClicks(palette.search, "voice close")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    studio.window.timeline.focus_lane(LaneId.NOTES)

"""Chords and MIDI from and to files, through the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from timeline_hand import BAR, Hand, with_chords

from app.application import Application
from app.interchange.midi_out import write_midi
from app.model.drum_hit import DrumHit
from app.model.edits.sections import PlaceSections
from app.model.ids import SectionId
from app.model.note import Note
from app.model.project import Project
from app.model.section import Section
from app.ui.dialogs.midi_import import MidiImportDialog
from engine.timebase import Span, TempoMap, Ticks

STRANGE = 77


def full_song() -> Project:
    """Chords over three bars with a gap, two strokes, one of an unknown key, and a melody."""
    project = with_chords("Am", "F", "C", "G")
    blocks = tuple(b for b in project.chords.blocks if b.text != "C")
    drums = project.drums.with_hits((DrumHit(Ticks(0), 36), DrumHit(Ticks(960), STRANGE, 50)))
    melody = (Note(Span(Ticks(0), Ticks(480)), 69), Note(Span(Ticks(960), Ticks(1920)), 72, 60))
    verse = Section(SectionId("v"), TempoMap().bars(1, 4), "Verse")
    return PlaceSections((verse,)).apply(
        replace(
            project,
            key="E:min",
            chords=replace(project.chords, blocks=blocks),
            drums=drums,
            notes=replace(project.notes, notes=melody),
        )
    )


@pytest.fixture
def midi_file(tmp_path: Path) -> Path:
    path = tmp_path / "song.mid"
    path.write_bytes(write_midi(full_song()))
    return path


def dropped(studio: Application, path: Path, bar: int = 1) -> MidiImportDialog:
    hand, lane = Hand(studio.window.timeline), studio.window.timeline.note_lane
    hand.drop_files(lane, (hand.x((bar - 1) * BAR) + 1, 40), str(path))
    dialog = studio.window.findChild(MidiImportDialog)
    assert dialog is not None
    return dialog


def test_a_dropped_midi_file_shows_its_tracks_and_proposes_lanes(
    studio: Application, midi_file: Path
) -> None:
    before = studio.document.project
    dialog = dropped(studio, midi_file)
    assert [box.currentText() for box in dialog.lanes] == ["Chords", "Drums", "Notes"]
    for switch in (dialog.tempo, dialog.key, dialog.markers):
        switch.setChecked(True)
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    wanted, found = full_song(), studio.document.project
    assert found.chords.blocks == wanted.chords.blocks
    assert found.drums.hits == wanted.drums.hits
    assert found.notes.notes == wanted.notes.notes
    assert (found.tempo, found.key) == (wanted.tempo, wanted.key)
    assert [(s.name, s.span.start) for s in found.sections.sections] == [("Verse", 0)]
    assert next(row.name for row in found.drums.rows if row.pitch == STRANGE) == "Note 77"
    studio.document.undo()
    assert studio.document.project is before


def test_tracks_can_go_elsewhere_or_stay_out(studio: Application, midi_file: Path) -> None:
    before = studio.document.project
    dialog = dropped(studio, midi_file, bar=3)
    names = [dialog.lanes[0].itemText(index) for index in range(dialog.lanes[0].count())]
    dialog.lanes[0].setCurrentIndex(names.index("Leave out"))
    dialog.lanes[1].setCurrentIndex(names.index("Notes"))
    dialog.lanes[2].setCurrentIndex(names.index("Chords"))
    QTest.mouseClick(dialog.ok, Qt.MouseButton.LeftButton)
    found = studio.document.project
    assert [(n.span.start - 2 * BAR, n.pitch) for n in found.notes.notes] == [
        (0, 36),
        (960, STRANGE),
    ]
    assert found.drums.hits == ()
    assert found.chords.blocks[0].span.start == 2 * BAR
    assert found.tempo == before.tempo
    studio.document.undo()
    assert studio.document.project is before


def test_escape_imports_nothing(studio: Application, midi_file: Path) -> None:
    before = studio.document.project
    QTest.keyClick(dropped(studio, midi_file), Qt.Key.Key_Escape)
    assert studio.document.project is before


@pytest.mark.parametrize("ending", [".lab", ".musicxml", ".txt"])
def test_exported_chords_come_back_without_a_difference(
    studio: Application, tmp_path: Path, ending: str
) -> None:
    studio.document.open(with_chords("Dm7", "G7", "Cmaj7", "A7b9"))
    blocks = studio.document.project.chords.blocks
    path = tmp_path / f"sheet{ending}"
    studio.studio.chord_files.export_chords(path)
    assert path.stat().st_size > 0
    studio.document.open(with_chords())
    before = studio.document.project
    lane, hand = studio.window.timeline.chord_lane, Hand(studio.window.timeline)
    hand.drop_files(lane, (1, 30), str(path))
    assert studio.document.project.chords.blocks == blocks
    studio.document.undo()
    assert studio.document.project is before


def test_a_lab_of_the_same_lane_changes_nothing(studio: Application, tmp_path: Path) -> None:
    studio.document.open(with_chords("Dm7", "G7", "C13", "A7b9"))
    before = studio.document.project
    path = tmp_path / "sheet.lab"
    studio.studio.chord_files.export_chords(path)
    studio.studio.chord_files.import_chords(path)
    assert studio.document.project.chords.blocks == before.chords.blocks


def test_a_file_that_is_no_lead_sheet_is_told(studio: Application, tmp_path: Path) -> None:
    before = studio.document.project
    path = tmp_path / "sheet.xml"
    path.write_text("<html/>")
    studio.studio.chord_files.import_chords(path)
    assert any("sheet.xml" in message for message in studio.notices.messages)
    assert studio.document.project is before

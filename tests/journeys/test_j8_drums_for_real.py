"""A drum file dropped in, given feel by hand, heard as it steers, and played without chords."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from timeline_hand import BAR, BEAT, CONTROL, LEFT, Hand, with_chords

from app.application import Application
from app.interchange.midi_out import write_midi
from app.model.drum_hit import DrumHit
from app.model.lane import LaneId
from app.model.project import new_project
from app.playback.voices import Listening
from app.ui.dialogs.amounts import AmountsDialog
from app.ui.dialogs.midi_import import MidiImportDialog
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX, DrumRowNames
from app.ui.lanes.gesture import Pointer
from app.ui.lanes.lane_header import LaneHeader
from engine.timebase import TempoMap, Ticks

KICK, SNARE, HAT = 36, 38, 42
STRANGE = (70, 82)
RUN_MS = 60_000


def drum_file(folder: Path) -> Path:
    """Two bars at 96: hats in eighths, kick, snare, and two keys that no standard row has."""
    hits = [DrumHit(Ticks(step * 480), HAT, 80) for step in range(16)]
    hits += [DrumHit(Ticks(bar * BAR), KICK, 110) for bar in range(2)]
    hits += [DrumHit(Ticks(bar * BAR + 2 * BEAT), SNARE, 100) for bar in range(2)]
    hits += [DrumHit(Ticks(BEAT), STRANGE[0], 60), DrumHit(Ticks(3 * BEAT), STRANGE[1], 50)]
    project = new_project("Drums", TempoMap(96))
    project = replace(project, drums=project.drums.with_hits(hits))
    path = folder / "drums.mid"
    path.write_bytes(write_midi(project))
    return path


def test_a_drum_file_becomes_a_groove_with_feel(
    toned: Application, qtbot: QtBot, tmp_path: Path
) -> None:
    toned.document.open(replace(with_chords("Am", "F"), length_bars=2))
    view, hand = toned.window.timeline, Hand(toned.window.timeline)
    view.axis.restore(40.0, 0.0)
    start = toned.document.project

    hand.drop_files(view.drum_lane, (hand.x(0) + 1, 40), str(drum_file(tmp_path)))
    dialog = toned.window.findChild(MidiImportDialog)
    assert dialog is not None
    QTest.mouseClick(dialog.ok, LEFT)
    drums = toned.document.project.drums
    assert len(drums.hits) == 22
    assert set(STRANGE) <= {row.pitch for row in drums.rows}
    assert set(STRANGE) <= {row.pitch for row in view.drum_lane.rows}, "in use, so in sight"

    select_hats(hand)
    ramp_the_selection(toned, "40", "120")
    hats = [hit.velocity for hit in toned.document.project.drums.hits if hit.pitch == HAT]
    assert (hats[0], hats[-1]) == (40, 120)
    assert hats == sorted(hats)

    swing_to_58(toned, hand)
    nudge_the_snare(toned)
    assert next(r.nudge_ms for r in toned.document.project.drums.rows if r.pitch == SNARE) == 12

    hear_the_condition(toned, qtbot)
    play_without_chords(toned, qtbot)

    while toned.document.can_undo:
        toned.document.undo()
    drawn = toned.document.project.seed  # chance, not a hand, drew another seed for the next run
    assert toned.document.project == replace(start, seed=drawn)


def select_hats(hand: Hand) -> None:
    lane = hand.view.drum_lane
    row = [row.pitch for row in lane.rows].index(HAT)
    menu = lane.menu(Pointer(QPointF(hand.x(0) + 2, (row + 0.5) * ROW_HEIGHT_PX)))
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "Select row").trigger()


def ramp_the_selection(studio: Application, first: str, last: str) -> None:
    studio.window.menus.action("Velocity &ramp over steps…").trigger()
    fill_in(studio, first, last)


def fill_in(studio: Application, *values: str) -> None:
    dialog = next(each for each in studio.window.findChildren(AmountsDialog) if each.isVisible())
    for box, value in zip(dialog.boxes, values, strict=True):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, value)
        QTest.keyClick(box, Qt.Key.Key_Tab)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def swing_to_58(studio: Application, hand: Hand) -> None:
    headers = studio.window.timeline.findChildren(LaneHeader)
    swing = next(header for header in headers if header.lane is LaneId.DRUMS).swing
    assert swing is not None
    hand.drag(swing, (5, 12), (5 + 160 * 8 / 25, 12))
    assert studio.document.project.drums.swing_percent == 58


def nudge_the_snare(studio: Application) -> None:
    names = studio.window.timeline.findChild(DrumRowNames)
    assert names is not None
    pitches = [row.pitch for row in studio.window.timeline.drum_lane.rows]
    menu = names.menu_at((pitches.index(SNARE) + 0.5) * ROW_HEIGHT_PX)
    assert menu is not None
    next(action for action in menu.actions() if action.text().startswith("Nudge")).trigger()
    fill_in(studio, "12")


def hear_the_condition(studio: Application, qtbot: QtBot) -> None:
    """Hold H: what is heard is exactly the rendered lane."""
    assert studio.lane_sound.finish()
    qtbot.waitUntil(lambda: LaneId.DRUMS in studio.sound.sketches, timeout=RUN_MS)
    # A window manager gives the keyboard back when a dialog closes; off screen there is none.
    studio.window.activateWindow()
    studio.window.timeline.focus_lane(LaneId.DRUMS)
    target = studio.window.timeline.drum_lane
    qtbot.waitUntil(target.hasFocus)
    QTest.keyPress(target, Qt.Key.Key_H)
    assert studio.sound.listening is Listening.CONDITION
    QTest.keyRelease(target, Qt.Key.Key_H)
    assert studio.sound.listening is Listening.MIX
    heard = studio.sound.sketches[LaneId.DRUMS].samples
    assert np.abs(heard).max() > 0.01


def play_without_chords(studio: Application, qtbot: QtBot) -> None:
    studio.studio.arrange.switch_condition(LaneId.CHORDS)
    QTest.keyClick(studio.window.timeline.drum_lane, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: len(studio.document.project.take_groups) == 1, timeout=RUN_MS)
    qtbot.waitUntil(lambda: studio.queue.running is None, timeout=RUN_MS)
    recipe = studio.document.project.recipes[-1]
    assert not recipe.chords.settings.is_on
    assert recipe.drums.swing_percent == 58

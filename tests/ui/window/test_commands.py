"""The command palette, and keys that reach every lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timeline_hand import BEAT, Hand, song, with_chords, with_notes

from app.application import Application
from app.model.clip import Clip
from app.model.ids import ClipId
from app.model.lane import LaneId
from app.model.note import Note
from app.ui.dialogs.amounts import AmountsDialog
from app.ui.dialogs.command_palette import CommandPalette, likeness
from app.ui.dialogs.lane_list import LaneList
from engine.requests import Audio
from engine.timebase import Samples, Span, Ticks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Press = Callable[..., None]


def note(start: int, pitch: int) -> Note:
    return Note(Span(Ticks(start), Ticks(start + BEAT)), pitch)


def test_ctrl_k_finds_a_command_by_a_few_letters_and_does_it(
    studio: Application, press: Press
) -> None:
    studio.document.open(with_chords("Am", "F"))
    before = studio.document.project
    press(studio, Qt.Key.Key_K, CTRL)
    palette = studio.window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClicks(palette.search, "voice close")
    assert palette.shown()[0].startswith("Notes: Voice the chords, close")
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert len(studio.document.project.notes.notes) > 4
    studio.document.undo()
    assert studio.document.project is before


def test_arrows_choose_in_the_palette_and_escape_does_nothing(
    studio: Application, press: Press
) -> None:
    before = studio.document.project
    press(studio, Qt.Key.Key_K, CTRL)
    palette = studio.window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert studio.document.project is before


def test_words_are_liked_better_than_scattered_letters() -> None:
    assert likeness("zs", "Zoom to selection") is not None
    assert likeness("xq", "Zoom to selection") is None
    close, far = likeness("split", "Split Edit"), likeness("split", "Export spelling, items")
    assert close is not None
    assert far is None or close > far


def test_every_command_of_the_menus_is_in_the_palette_with_its_keys(studio: Application) -> None:
    shown = {name: keys for _, name, keys, _ in studio.window.menus.entries}
    for name, keys in (
        ("Join", "Ctrl+J"),
        ("Rename…", "F2"),
        ("List view of the lane", "Ctrl+T"),
        ("Quantise with strength…", "Shift+Q"),
        ("Step entry", "Ctrl+Alt+I"),
        ("Commands…", "Ctrl+K"),
    ):
        assert shown[name] == keys


def test_ctrl_t_lists_the_focused_lane(studio: Application, press: Press) -> None:
    studio.document.open(with_notes(note(0, 60), note(BEAT, 62)))
    studio.window.timeline.focus_lane(LaneId.NOTES)
    press(studio, Qt.Key.Key_T, CTRL)
    table = studio.window.findChild(LaneList)
    assert table is not None
    assert table.lane is LaneId.NOTES
    assert table.model().rowCount() == 2


def test_shift_q_asks_how_strongly_to_quantise(studio: Application, press: Press) -> None:
    studio.document.open(with_notes(note(50, 60)))
    studio.window.timeline.focus_lane(LaneId.NOTES)
    press(studio, Qt.Key.Key_Q, SHIFT)
    dialog = studio.window.findChild(AmountsDialog)
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert studio.document.project.notes.notes[0].span.start == 0


def test_in_step_entry_letters_write_and_escape_gives_them_back(
    studio: Application, press: Press
) -> None:
    studio.document.open(song())
    before = studio.document.project
    press(studio, Qt.Key.Key_I, CTRL | ALT)
    for key in (Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_D):  # else: draw tool, erase tool, hold
        press(studio, key)
    assert [n.pitch for n in studio.document.project.notes.notes] == [59, 64, 62]
    press(studio, Qt.Key.Key_Escape)
    press(studio, Qt.Key.Key_B)
    assert len(studio.document.project.notes.notes) == 3
    for _ in range(3):
        press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.project is before


def test_f2_opens_the_text_of_the_selected_chord(studio: Application, press: Press) -> None:
    studio.document.open(with_chords("Am"))
    hand, lane = Hand(studio.window.timeline), studio.window.timeline.chord_lane
    hand.click(lane, (30, 30))
    press(studio, Qt.Key.Key_F2)
    assert lane.typing.editor is not None


def test_ctrl_j_joins_chords_and_notes(studio: Application, press: Press) -> None:
    studio.document.open(with_chords("Am", "F", "C"))
    before = studio.document.project
    studio.studio.arrange.select(frozenset(before.chords.blocks[:2]))
    press(studio, Qt.Key.Key_J, CTRL)
    assert [(b.text, b.span.end // 3840) for b in studio.document.project.chords.blocks] == [
        ("Am", 2),
        ("C", 3),
    ]
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.project is before
    studio.document.open(with_notes(note(0, 60), note(0, 64), note(2 * BEAT, 60)))
    studio.studio.arrange.select_all(LaneId.NOTES)
    press(studio, Qt.Key.Key_J, CTRL)
    joined = [(n.span.start, n.span.end, n.pitch) for n in studio.document.project.notes.notes]
    assert joined == [(0, 3 * BEAT, 60), (0, BEAT, 64)]


def test_ctrl_j_bounces_clips_to_one_that_sounds_the_same(
    studio: Application, press: Press, qtbot: QtBot
) -> None:
    wave = np.sin(np.arange(64_000) / 9).astype(np.float32)[np.newaxis] * np.float32(0.5)
    asset = studio.files.folder.pool.add(Audio(wave, 32_000))
    clip = Clip(ClipId("c"), asset, Ticks(0), Samples(64_000))
    project = song()
    studio.document.open(replace(project, audio=project.audio.with_clips((clip,))))
    studio.studio.arrange.audio.split_clips(Ticks(BEAT))
    before = studio.document.project
    studio.studio.arrange.select_all(LaneId.AUDIO)
    press(studio, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: len(studio.document.project.audio.clips) == 1, timeout=10_000)
    (joined,) = studio.document.project.audio.clips
    samples = studio.files.folder.pool.read(joined.asset).samples
    assert samples.shape[0] == 1
    np.testing.assert_allclose(samples[:, : wave.shape[1]], wave, atol=1e-4)
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.project is before
    assert QApplication.activeModalWidget() is None

"""From an empty project to a kept take, by mouse and keyboard on the program as it is shipped."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from timeline_hand import BAR, CONTROL, LEFT, NONE, SHIFT, Hand

from app.application import Application
from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Selection
from app.model.take import TakeGroup
from app.playback.bounce import Bounce, bounce
from app.playback.sound_library import SoundLibrary
from engine.timebase import Seconds, Span, TempoMap, Ticks, samples_at

RATE_HZ = 32_000
RUN_MS = 400_000
FOUR_CHORDS = ["Am", "F", "C", "G"]
KICK = 36
WAVE_Y = 60
SONG = TempoMap(96.0)
WHOLE = SONG.bars(1, 8)
HOLE = SONG.bars(3, 4)
HOLE_STARTS, HOLE_ENDS = 5 * RATE_HZ, 10 * RATE_HZ
FULL_SCALE = 1.0
AUDIBLE = 1e-3
CLOCK_SLACK_S = 0.15
"""How far the playhead may be off the wall clock: it is read sixty times a second."""


class Person:
    """What someone does at the window, and what is then seen and heard."""

    def __init__(self, inlay: Application, qtbot: QtBot) -> None:
        self.inlay = inlay
        self.qtbot = qtbot
        self.hand = Hand(inlay.window.timeline)

    @property
    def project(self) -> Project:
        return self.inlay.document.project

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.inlay.window, key, modifiers)

    def fill(self, field: QWidget, text: str) -> None:
        """Type over what a field says."""
        field.setFocus()
        assert isinstance(field, QLineEdit | QDoubleSpinBox)
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def choose(self, box: QComboBox, value: str) -> None:
        """Walk a list with the arrow keys; raises where the value is not in it."""
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(box.findData(value)):
            QTest.keyClick(box, Qt.Key.Key_Down)
        assert box.currentData() == value

    def answer_with(self, text: str) -> list[str]:
        """Type into the next dialog and accept it; the list receives its title."""
        titles: list[str] = []

        def type_and_accept() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QInputDialog)
            titles.append(dialog.windowTitle())
            field = dialog.findChild(QLineEdit)
            assert field is not None
            QTest.keyClicks(field, text)
            QTest.keyClick(field, Qt.Key.Key_Return)

        QTimer.singleShot(0, type_and_accept)
        return titles

    def control(self, kind: type[QWidget], name: str) -> QWidget:
        """The control of the transport bar with that spoken name."""
        (found,) = (
            each
            for each in self.inlay.window.transport_bar.findChildren(kind)
            if each.accessibleName() == name
        )
        assert isinstance(found, QWidget)
        return found

    def wait_for_takes(self, n_groups: int) -> TakeGroup:
        """The newest group, once every job is done: its takes are there and judged."""
        queue = self.inlay.queue
        self.qtbot.waitUntil(
            lambda: (
                bool(self.inlay.notices.messages)
                or (
                    len(self.project.take_groups) == n_groups
                    and queue.running is None
                    and not queue.n_waiting
                )
            ),
            timeout=RUN_MS,
        )
        assert self.inlay.notices.messages == ()
        return self.project.take_groups[-1]

    def listen(self) -> NDArray[np.float32]:
        """What the audio lane plays over bars 1-8, as frames ``[N, 2]`` at 32 kHz."""
        library = SoundLibrary(self.inlay.files.folder.pool.read)
        sound = bounce(self.project, library, {}, Bounce(WHOLE, RATE_HZ, lane=LaneId.AUDIO))
        assert sound is not None
        return sound

    def heard_number(self) -> int | None:
        """The number of the heard take of the newest group; None for the original."""
        group = self.project.take_groups[-1]
        return None if group.heard is None else group.take(group.heard).number


@pytest.fixture
def person(inlay: Application, qtbot: QtBot) -> Person:
    return Person(inlay, qtbot)


def test_a_song_is_steered_played_repaired_and_kept(person: Person) -> None:
    begin_a_song(person)
    write_chords(person)
    paint_drums(person)
    choose_the_length(person)
    first = play_the_song(person)
    mask_bars_three_and_four(person)
    play_three_takes_of_the_mask(person, first)
    compare_them_while_looping(person)
    withdraw_and_bring_back(person, first)
    keep_the_second(person, first)


def begin_a_song(person: Person) -> None:
    person.press(Qt.Key.Key_N, CONTROL)
    person.fill(person.control(QDoubleSpinBox, "Tempo"), "96")
    meter, key = (person.control(QComboBox, name) for name in ("Time signature", "Key"))
    assert isinstance(meter, QComboBox)
    assert isinstance(key, QComboBox)
    person.choose(meter, "4/4")
    person.choose(key, "A:min")
    assert (person.project.tempo, person.project.key) == (SONG, "A:min")

    prompt = person.inlay.window.prompt_panel.prompt
    prompt.setFocus()
    QTest.keyClicks(prompt, "warm electric piano, dusty drums")
    assert person.project.prompt == "warm electric piano, dusty drums"


def write_chords(person: Person) -> None:
    person.inlay.window.timeline.axis.restore(24.0, 0.0)
    lane = person.hand.view.chord_lane
    person.press(Qt.Key.Key_2, CONTROL)
    assert lane.hasFocus()
    QGuiApplication.clipboard().setText("| Am F C G |")
    person.press(Qt.Key.Key_V, CONTROL)
    editor = lane.typing.editor
    assert editor is not None
    assert editor.preview_text == "one bar, one beat each"
    assert editor.offer_button.text() == "one chord per bar instead"
    QTest.mouseClick(editor.offer_button, LEFT)
    assert chords_of(person.project) == list(enumerate(FOUR_CHORDS, 1))

    person.press(Qt.Key.Key_A, CONTROL)
    handle = lane.handle()
    assert handle is not None
    start = (handle.center().x(), handle.center().y())
    person.hand.drag(lane, start, (start[0] + person.hand.x(4 * BAR), start[1]))
    assert chords_of(person.project) == list(enumerate(FOUR_CHORDS * 2, 1))


def paint_drums(person: Person) -> None:
    lane = person.hand.view.drum_lane
    assert lane.offer.text() == "Four on the floor"
    QTest.mouseClick(lane.offer, LEFT)
    kicks = [hit.time for hit in person.project.drums.hits if hit.pitch == KICK]
    assert kicks == list(range(0, 8 * BAR, BAR // 4))


def choose_the_length(person: Person) -> None:
    panel = person.inlay.window.prompt_panel
    person.fill(panel.length, "16 s")
    assert panel.length.note.text() == "= 6.4 bars"
    offers = {offer.text(): offer for offer in panel.length.offers.findChildren(QPushButton)}
    QTest.mouseClick(offers["8 bars = 20.0 s"], LEFT)
    assert person.project.length_bars == 8
    assert panel.main_button.text() == "Generate bars 1\N{EN DASH}8 (20.0 s)"


def play_the_song(person: Person) -> NDArray[np.float32]:
    person.press(Qt.Key.Key_Return, CONTROL)
    group = person.wait_for_takes(1)
    (take,), (clip,) = group.takes, person.project.audio.clips
    assert (group.region, take.number, clip.take_id) == (WHOLE, 1, take.id)
    assert (clip.position, clip.length) == (0, 20 * RATE_HZ)
    assert take.asset.sample_rate_hz == RATE_HZ
    assert take.adherence is not None
    assert [chord.asked for chord in take.adherence.chords] == FOUR_CHORDS * 2
    assert all(chord.heard for chord in take.adherence.chords)

    sound = person.listen()
    assert len(sound) == samples_at(Seconds(20.0), RATE_HZ)
    assert np.isfinite(sound).all()
    seconds = sound.reshape(20, RATE_HZ, 2)
    assert (seconds.std(axis=(1, 2)) > AUDIBLE).all(), "no second of the take is silent"
    assert np.abs(sound).max() < FULL_SCALE
    return sound


def mask_bars_three_and_four(person: Person) -> None:
    lane, hand = person.hand.view.audio_lane, person.hand
    hand.drag(lane, (hand.x(HOLE.start) + 2, WAVE_Y), (hand.x(HOLE.end) - 2, WAVE_Y))
    assert person.inlay.workspace.selection == Selection(HOLE, frozenset((LaneId.AUDIO,)))
    person.press(Qt.Key.Key_I)
    (mask,) = person.project.masks
    assert mask.span == HOLE
    titles = person.answer_with("strings only")
    hand.double_click(lane, (hand.x(middle(HOLE)), WAVE_Y))
    assert titles == ["Prompt for this mask"]
    assert person.project.masks[0].prompt == "strings only"
    # A window manager gives the keyboard back when a dialog closes; off screen there is none.
    person.inlay.window.activateWindow()
    lane.setFocus()
    person.qtbot.waitUntil(lane.hasFocus)


def play_three_takes_of_the_mask(person: Person, first: NDArray[np.float32]) -> None:
    assert person.inlay.window.prompt_panel.main_button.text() == "Inpaint bars 3\N{EN DASH}4"
    person.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    group = person.wait_for_takes(2)
    assert group.region == HOLE
    assert [take.number for take in group.takes] == [1, 2, 3]
    assert person.project.recipes[-1].masks[0].prompt == "strings only"
    assert all(take.is_untouched_verified for take in group.takes)
    assert not any(take.is_unchanged for take in group.takes)
    assert person.heard_number() == 1
    assert_only_the_hole_differs(person.listen(), first)


def compare_them_while_looping(person: Person) -> None:
    inlay = person.inlay
    assert inlay.workspace.selection.span == HOLE
    person.press(Qt.Key.Key_L, CONTROL)
    assert inlay.workspace.is_looping
    assert inlay.workspace.loop == HOLE
    person.press(Qt.Key.Key_Space)
    assert inlay.sound.transport.is_playing
    sounds = []
    for number, key in ((1, Qt.Key.Key_1), (2, Qt.Key.Key_2), (3, Qt.Key.Key_3)):
        at, since = playhead_s(person), time.perf_counter()
        person.press(key)
        now, elapsed_s = playhead_s(person), time.perf_counter() - since
        assert person.heard_number() == number
        assert inlay.sound.transport.is_playing
        loop = inlay.workspace.loop
        assert loop is not None
        assert moved_s(at, now, loop) == pytest.approx(elapsed_s, abs=CLOCK_SLACK_S)
        sounds.append(person.listen()[HOLE_STARTS:HOLE_ENDS])
    for one, other in ((0, 1), (1, 2), (2, 0)):
        assert np.abs(sounds[one] - sounds[other]).max() > AUDIBLE
    person.press(Qt.Key.Key_Space)
    assert not inlay.sound.transport.is_playing


def withdraw_and_bring_back(person: Person, first: NDArray[np.float32]) -> None:
    takes = person.project.take_groups[-1].takes
    assert person.inlay.document.undo_name == "Inpaint bars 3\N{EN DASH}4"
    person.press(Qt.Key.Key_Z, CONTROL)
    assert len(person.project.take_groups) == 1
    assert [mask.prompt for mask in person.project.masks] == ["strings only"]
    np.testing.assert_array_equal(person.listen(), first)
    person.press(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert person.project.take_groups[-1].takes == takes
    assert person.heard_number() == 3


def keep_the_second(person: Person, first: NDArray[np.float32]) -> None:
    person.press(Qt.Key.Key_2)
    second = person.listen()
    person.inlay.window.takes_panel.list.setFocus()
    person.press(Qt.Key.Key_Return)
    group = person.project.take_groups[-1]
    assert [take.is_binned for take in group.takes] == [True, False, True]
    assert group.heard == group.takes[1].id
    before, inside, after = person.project.audio.clips
    assert inside.take_id == group.takes[1].id
    assert before.asset == after.asset == person.project.take_groups[0].takes[0].asset
    kept = person.listen()
    np.testing.assert_array_equal(kept, second)
    assert_only_the_hole_differs(kept, first)


def assert_only_the_hole_differs(sound: NDArray[np.float32], first: NDArray[np.float32]) -> None:
    """Every sample before 5.0 s and from 10.0 s on is that of the first take."""
    np.testing.assert_array_equal(sound[:HOLE_STARTS], first[:HOLE_STARTS])
    np.testing.assert_array_equal(sound[HOLE_ENDS:], first[HOLE_ENDS:])
    change = sound[HOLE_STARTS:HOLE_ENDS] - first[HOLE_STARTS:HOLE_ENDS]
    assert np.abs(change).max() > AUDIBLE


def chords_of(project: Project) -> list[tuple[int, str]]:
    """Each block's bar, counted from 1, and text; every block must fill exactly one bar."""
    blocks = project.chords.blocks
    assert all(block.span.end - block.span.start == BAR for block in blocks)
    return [(block.span.start // BAR + 1, block.text) for block in blocks]


def middle(span: Span[Ticks]) -> float:
    return (span.start + span.end) / 2


def playhead_s(person: Person) -> float:
    """Where the sound is now, in seconds of the song."""
    person.inlay.sound.transport.refresh()
    return SONG.seconds_at(person.inlay.workspace.playhead)


def moved_s(start: float, end: float, loop: Span[Ticks]) -> float:
    """How far playback went, over the end of the loop if it came by."""
    seconds = SONG.seconds_span(loop)
    return end - start if end >= start else end - start + seconds.end - seconds.start

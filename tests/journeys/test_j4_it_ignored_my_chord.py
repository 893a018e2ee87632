"""A bar missed its chord: mask it, play it again, keep the best; all else stays as it was.

The engine plays sine tones here and its recogniser hears no chord at all, so every bar counts as
missed; which bar is redone is the person's choice, as it would be with the Starter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timeline_hand import CONTROL, NONE, SHIFT, Hand

from app.application import Application
from app.model.adherence import Agreement
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.prompt import SetLength
from app.model.project import Project
from app.model.take import TakeGroup
from app.settings import SettingsFile
from app.ui.dialogs.take_details import take_facts
from app.ui.lanes.gesture import Pointer
from engine.timebase import Ticks
from engine.tone_backend import ToneBackend

WAIT_MS = 30_000
MISSED_BAR = 3
RATE_HZ = 32_000


class Person:
    """Hands on the window, and what the document then holds."""

    def __init__(self, studio: Application, qtbot: QtBot) -> None:
        self.studio = studio
        self.qtbot = qtbot
        self.hand = Hand(studio.window.timeline)

    @property
    def project(self) -> Project:
        return self.studio.document.project

    @property
    def newest(self) -> TakeGroup:
        return self.project.take_groups[-1]

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.studio.window, key, modifiers)

    def run(self, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
        self.press(Qt.Key.Key_Return, modifiers)
        queue = self.studio.queue
        self.qtbot.waitUntil(lambda: queue.running is None and not queue.n_waiting, timeout=WAIT_MS)

    def sound(self) -> np.ndarray:
        """The audio lane, clip by clip, as recorded."""
        whole = np.zeros(8 * RATE_HZ, np.float32)
        pool = self.studio.files.folder.pool
        for clip in self.project.audio.clips:
            start = clip.start_sample(self.project.tempo)
            part = pool.read(clip.asset).samples[0, clip.offset : clip.offset + clip.length]
            whole[start : start + len(part)] = part
        return whole


@pytest.fixture
def person(tmp_path: Path, qtbot: QtBot) -> Iterator[Person]:
    studio = Application(tmp_path / "state", SettingsFile(tmp_path / "studio.ini"), ToneBackend)
    studio.window.show()
    qtbot.waitExposed(studio.window)
    studio.document.apply(SetLength(4))
    studio.document.apply(PasteLeadSheet("Am F C G", Ticks(0)))
    studio.window.timeline.axis.restore(24.0, 0.0)
    yield Person(studio, qtbot)
    studio.document.mark_saved()
    studio.window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_missed_bar_is_played_again_and_nothing_else_changes(person: Person) -> None:
    person.run()
    (take,) = person.newest.takes
    assert take.adherence is not None
    missed = take.adherence.chords[MISSED_BAR - 1]
    assert (missed.asked, missed.agreement) == ("C", Agreement.OTHER)
    before = person.sound()

    lane = person.hand.view.audio_lane
    bar = person.project.tempo.bars(MISSED_BAR, MISSED_BAR)
    strip = lane.places.strip(bar)
    menu = lane.menu(Pointer(strip.center()))
    assert menu is not None
    assert "Asked C, heard N.C." in menu.actions()[0].text()
    redo = next(action for action in menu.actions() if action.text().startswith("Redo"))
    redo.trigger()
    (mask,) = person.project.masks
    assert mask.span == bar
    assert person.studio.window.prompt_panel.main_button.text() == f"Inpaint bar {MISSED_BAR}"

    person.studio.studio.steering.voice_chords()
    person.run(CONTROL | SHIFT)
    assert person.newest.region == bar
    assert len(person.newest.takes) == 3
    first = person.newest.takes[0]
    n_context = len(before) - 2 * RATE_HZ
    assert first.is_untouched_verified
    assert first.n_untouched == n_context
    facts = dict(take_facts(person.project, first))
    assert facts["Unchanged outside"] == f"verified: {n_context:,} samples outside unchanged"

    person.press(Qt.Key.Key_2)
    person.studio.window.takes_panel.list.setFocus()
    person.press(Qt.Key.Key_Return)
    after = person.sound()
    inside = slice(4 * RATE_HZ, 6 * RATE_HZ)
    outside = np.ones(len(before), np.bool_)
    outside[inside] = False
    np.testing.assert_array_equal(after[outside], before[outside])
    assert np.abs(after[inside] - before[inside]).max() > 1e-3
    assert person.newest.heard == person.newest.takes[1].id
    assert person.studio.window.takes_panel.bin.text() == "Bin: 2"


def test_all_that_missed_is_masked_at_once_and_one_undo_takes_it_back(person: Person) -> None:
    person.run()
    person.studio.studio.inpaint.mask_missed_chords()
    (mask,) = person.project.masks
    assert mask.span == person.project.tempo.bars(1, 4)
    assert "masked" in person.studio.notices.messages[0]
    person.press(Qt.Key.Key_Z, CONTROL)
    assert person.project.masks == ()

"""Working with takes: parts of several, the bin, equal loudness, and where a lane sounds from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from app.application import Application
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.prompt import SetLength
from app.model.lane import LaneId
from app.model.selection import Selection
from app.ui.lanes.lane_header import LaneHeader
from engine.timebase import Ticks

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
Settled = Callable[[Application], None]
Press = Callable[..., None]


@pytest.fixture
def with_takes(studio: Application, settled: Settled) -> Application:
    """Three takes of two bars, the first being heard."""
    studio.document.apply(SetLength(2))
    studio.document.apply(PasteLeadSheet("Am F", Ticks(0)))
    studio.studio.generate.run(3)
    settled(studio)
    return studio


def heard_numbers(studio: Application) -> list[int]:
    """Number of the take under each clip, in order of time."""
    project = studio.document.project
    return [project.take(c.take_id).number for c in project.audio.clips if c.take_id is not None]


def test_a_part_of_another_take_is_heard_in_the_selection_only(
    with_takes: Application, press: Press
) -> None:
    bar_2 = with_takes.document.project.tempo.bars(2, 2)
    press(with_takes, Qt.Key.Key_2, ALT)
    assert heard_numbers(with_takes) == [1], "without a selection nothing happens"
    with_takes.workspace.set_selection(Selection(bar_2))
    press(with_takes, Qt.Key.Key_2, ALT)
    assert heard_numbers(with_takes) == [1, 2]
    press(with_takes, Qt.Key.Key_Z, CTRL)
    assert heard_numbers(with_takes) == [1]


def test_a_take_goes_to_the_bin_by_key_and_comes_back_from_its_menu(
    with_takes: Application, press: Press
) -> None:
    panel = with_takes.window.takes_panel
    assert panel.bin.isHidden()
    press(with_takes, Qt.Key.Key_2)
    panel.list.setFocus()
    press(with_takes, Qt.Key.Key_Delete)
    assert panel.bin.text() == "Bin: 1"
    assert [take.is_binned for take in with_takes.document.project.take_groups[0].takes] == [
        False, True, False,
    ]  # fmt: skip
    panel.bin.menu().aboutToShow.emit()
    (entry,) = panel.bin.menu().actions()
    assert entry.text().startswith("Take 2, bars 1")
    entry.trigger()
    assert panel.bin.isHidden()
    assert panel.list.count() == 4


def test_takes_are_compared_equally_loud_without_changing_them(with_takes: Application) -> None:
    def loudest() -> float:
        sound = with_takes.sound
        sound.finish_rendering()
        QApplication.processEvents()
        return float(np.abs(sound._program).max())

    project = with_takes.document.project
    (group,) = project.take_groups
    levels = [take.level_db for take in group.takes]
    assert None not in levels
    loud = group.takes[int(np.argmax(levels))]
    with_takes.studio.takes.hear(group.id, loud.id)
    before = loudest()
    with_takes.studio.arrange.solo(LaneId.AUDIO)
    matched_by_db = min(level for level in levels if level is not None) - max(
        level for level in levels if level is not None
    )
    before = loudest()
    steps = with_takes.document.undo_names
    with_takes.sound.toggle_level_match()
    assert loudest() == pytest.approx(before * 10 ** (matched_by_db / 20), rel=1e-3)
    assert with_takes.document.undo_names == steps
    with_takes.sound.toggle_level_match()
    assert loudest() == pytest.approx(before)


def test_a_lane_is_panned_by_a_typed_number_in_one_step(with_takes: Application) -> None:
    headers = with_takes.window.timeline.findChildren(LaneHeader)
    (header,) = (each for each in headers if each.lane is LaneId.AUDIO)

    def type_left() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setIntValue(-40)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_left)
    header._ask_pan()
    assert with_takes.document.project.settings(LaneId.AUDIO).pan == -0.4
    assert with_takes.document.undo_name == "Set lane pan"

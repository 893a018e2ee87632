"""The drum lane under a hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from timeline_hand import BEAT, CONTROL, SHIFT, Studio, bars, song, with_hits

from app.model.drum_hit import ACCENT, GHOST, NORMAL, DrumHit
from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Selection
from app.ui.lanes.drum_lane import DrumLane
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX
from app.ui.lanes.gesture import Pointer
from engine.timebase import Ticks

Open = Callable[[Project], Studio]
KICK, SNARE = 36, 38
EIGHTH = 480


def lane_of(studio: Studio) -> DrumLane:
    return studio.view.drum_lane


def cell(studio: Studio, time: int, pitch: int) -> tuple[float, float]:
    """Middle of an eighth-note cell."""
    pitches = [row.pitch for row in lane_of(studio).rows]
    y = (pitches.index(pitch) + 0.5) * ROW_HEIGHT_PX
    return studio.x(time + EIGHTH / 2), y


def hits(studio: Studio) -> list[tuple[int, int]]:
    return [hit.order for hit in studio.project.drums.hits]


def test_a_click_sets_a_step_and_another_takes_it_away(studio: Open) -> None:
    opened = studio(song())
    opened.click(lane_of(opened), cell(opened, BEAT, KICK))
    assert hits(opened) == [(BEAT, KICK)]
    opened.click(lane_of(opened), cell(opened, BEAT, KICK))
    assert hits(opened) == []
    assert opened.document.undo_names == ("Paint 1 drum step", "Delete 1 drum step")


def test_a_drag_paints_every_cell_it_passes_in_one_step(studio: Open) -> None:
    opened = studio(song())
    opened.drag(lane_of(opened), cell(opened, 0, KICK), cell(opened, 3 * EIGHTH, KICK))
    assert hits(opened) == [(index * EIGHTH, KICK) for index in range(4)]
    assert opened.document.undo_names == ("Paint 4 drum steps",)


def test_a_drag_that_starts_on_a_hit_erases(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (EIGHTH, KICK), (BEAT, SNARE)))
    opened.drag(lane_of(opened), cell(opened, 0, KICK), cell(opened, 2 * EIGHTH, KICK))
    assert hits(opened) == [(BEAT, SNARE)]


def test_a_hit_off_the_grid_belongs_to_its_cell(studio: Open) -> None:
    opened = studio(with_hits((30, KICK)))
    opened.click(lane_of(opened), cell(opened, 0, KICK))
    assert hits(opened) == []


def test_ctrl_drag_upwards_is_louder(studio: Open) -> None:
    opened = studio(with_hits((0, KICK)))
    x, y = cell(opened, 0, KICK)
    opened.drag(lane_of(opened), (x, y), (x, y - 20), CONTROL)
    assert opened.project.drums.hits[0].velocity == NORMAL + 20
    assert opened.document.undo_names == ("Change velocity",)


def test_arrow_keys_step_through_ghost_normal_and_accent(studio: Open) -> None:
    opened = studio(with_hits((0, KICK)))
    opened.arrange.select_all(LaneId.DRUMS)
    velocities = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(lane_of(opened), key)
        velocities.append(opened.project.drums.hits[0].velocity)
    assert velocities == [ACCENT, NORMAL, GHOST]


def test_shift_drag_selects_and_delete_removes(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (EIGHTH, SNARE), (4 * BEAT, KICK)))
    opened.drag(lane_of(opened), (1, 1), cell(opened, BEAT, SNARE), SHIFT)
    assert opened.workspace.selection.items == {
        DrumHit(Ticks(0), KICK),
        DrumHit(Ticks(EIGHTH), SNARE),
    }
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Delete)
    assert hits(opened) == [(4 * BEAT, KICK)]


def test_dragging_selected_steps_moves_them(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (0, SNARE)))
    opened.arrange.select_all(LaneId.DRUMS)
    opened.drag(lane_of(opened), cell(opened, 0, KICK), cell(opened, BEAT, KICK))
    assert hits(opened) == [(BEAT, KICK), (BEAT, SNARE)]


def test_ctrl_d_puts_the_bar_into_the_next_bar(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE)))
    opened.arrange.select_all(LaneId.DRUMS)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_D, CONTROL)
    assert hits(opened)[2:] == [(4 * BEAT, KICK), (5 * BEAT, SNARE)]


def test_four_on_the_floor_fills_the_selected_bars(studio: Open) -> None:
    opened = studio(with_hits((0, SNARE)))
    opened.workspace.set_selection(Selection(bars(2, 3)))
    menu = lane_of(opened).menu(Pointer(QPointF(*cell(opened, 0, KICK))))
    assert menu is not None
    (patterns,) = [a.menu() for a in menu.actions() if a.text() == "Paint bars 2–3"]
    assert isinstance(patterns, QMenu)
    basic = patterns.actions()[0].menu()
    assert isinstance(basic, QMenu)
    basic.actions()[0].trigger()
    kicks = [time for time, pitch in hits(opened) if pitch == KICK]
    assert kicks == [bar * 4 * BEAT + beat * BEAT for bar in (1, 2) for beat in range(4)]
    assert (0, SNARE) in hits(opened)
    assert opened.document.undo_names == ("Paint four on the floor",)
    menu.deleteLater()


def test_a_row_that_is_in_use_unfolds(studio: Open) -> None:
    opened = studio(song())
    assert 51 not in [row.pitch for row in lane_of(opened).rows]
    opened.arrange.drums.paint([(Ticks(0), 51)])
    assert 51 in [row.pitch for row in lane_of(opened).rows]


def test_all_rows_can_be_shown(studio: Open) -> None:
    opened = studio(song())
    height = lane_of(opened).height()
    lane_of(opened).set_shows_all_rows(True)
    assert len(lane_of(opened).rows) == len(opened.project.drums.rows)
    assert opened.view.drum_lane.parentWidget().height() > height


def test_escape_takes_painting_back(studio: Open) -> None:
    opened = studio(song())
    opened.press(lane_of(opened), cell(opened, 0, KICK))
    opened.drag_to(lane_of(opened), cell(opened, BEAT, KICK))
    assert hits(opened)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Escape)
    opened.release(lane_of(opened), cell(opened, BEAT, KICK))
    assert hits(opened) == []
    assert not opened.document.can_undo


def test_a_painted_step_is_heard(studio: Open, qtbot: QtBot) -> None:
    opened = studio(song())
    with qtbot.waitSignal(opened.view.stage.drum_auditioned) as signal:
        opened.click(lane_of(opened), cell(opened, 0, SNARE))
    assert signal.args == [SNARE, NORMAL]


@pytest.mark.parametrize("time", [0, 3 * EIGHTH])
def test_a_step_is_described_in_whole_words(studio: Open, time: int) -> None:
    opened = studio(with_hits((time, KICK)))
    lane_of(opened).setFocus()
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Tab)
    step = time // 240 + 1
    assert lane_of(opened).accessibleDescription() == f"Kick, bar 1 step {step}, velocity 90"


def test_an_empty_lane_offers_a_beat_with_one_click(studio: Open, qtbot: QtBot) -> None:
    opened = studio(song())
    assert lane_of(opened).offer.isVisible()
    qtbot.mouseClick(lane_of(opened).offer, Qt.MouseButton.LeftButton)
    kicks = [time for time, pitch in hits(opened) if pitch == KICK]
    assert len(kicks) == 4 * opened.project.length_bars
    assert not lane_of(opened).offer.isVisible()

"""Rows, swing, nudges, ramps, fills and repeats of the drum lane, under a hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from timeline_hand import BAR, BEAT, Studio, with_hits

from app.document.workspace import Tool
from app.model.drum_hit import DrumRow
from app.model.lane import LaneId
from app.model.performance import perform_drums
from app.model.project import Project
from app.ui.dialogs.amounts import AmountsDialog
from app.ui.lanes.drum_lane import DrumLane
from app.ui.lanes.drum_menus import ask_humanise, ask_nudge, ask_ramp, ask_velocity, row_menu
from app.ui.lanes.drum_rows import ROW_HEIGHT_PX, SWITCH_PX, DrumRowNames
from app.ui.lanes.gesture import Pointer
from app.ui.lanes.lane_header import LaneHeader

Open = Callable[[Project], Studio]
KICK, SNARE, HAT, STRANGE = 36, 38, 42, 70
EIGHTH = 480


def lane_of(studio: Studio) -> DrumLane:
    return studio.view.drum_lane


def names_of(studio: Studio) -> DrumRowNames:
    found = studio.view.findChild(DrumRowNames)
    assert found is not None
    return found


def row_of(studio: Studio, pitch: int) -> DrumRow:
    return next(row for row in studio.project.drums.rows if row.pitch == pitch)


def row_y(studio: Studio, pitch: int) -> float:
    pitches = [row.pitch for row in lane_of(studio).rows]
    return (pitches.index(pitch) + 0.5) * ROW_HEIGHT_PX


def velocities(studio: Studio) -> list[int]:
    return [hit.velocity for hit in studio.project.drums.hits]


def type_into(dialog: AmountsDialog, *values: str) -> None:
    """Type over each number and press Enter."""
    for box, value in zip(dialog.boxes, values, strict=True):
        box.setFocus()
        box.selectAll()
        QTest.keyClicks(box, value)
        QTest.keyClick(box, Qt.Key.Key_Tab)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


def undone(studio: Studio, before: Project, steps: int = 1) -> None:
    for _ in range(steps):
        studio.document.undo()
    assert studio.project is before


def test_m_and_s_beside_a_name_mute_and_solo_the_row(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE)))
    before = opened.project
    opened.click(names_of(opened), (SWITCH_PX / 2, row_y(opened, SNARE)))
    assert row_of(opened, SNARE).is_muted
    opened.click(names_of(opened), (1.5 * SWITCH_PX, row_y(opened, KICK)))
    assert row_of(opened, KICK).is_solo
    undone(opened, before, 2)


def test_dragging_a_name_reorders_the_rows(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE)))
    before = opened.project
    x = names_of(opened).width() - 10
    opened.drag(names_of(opened), (x, row_y(opened, HAT)), (x, 2))
    assert [row.pitch for row in lane_of(opened).rows][:3] == [HAT, KICK, SNARE]
    undone(opened, before)


def test_a_row_moved_to_the_bottom_by_its_menu_comes_last(studio: Open) -> None:
    opened = studio(with_hits((0, KICK)))
    menu = row_menu(opened.view.stage, row_of(opened, 56), opened.view)
    assert "Move down" not in [action.text() for action in menu.actions()]
    menu = row_menu(opened.view.stage, row_of(opened, 49), opened.view)
    (down,) = (action for action in menu.actions() if action.text() == "Move down")
    down.trigger()
    assert [row.pitch for row in opened.project.drums.rows][-2:] == [56, 49]


def test_an_unknown_note_has_a_row_of_its_own_that_plays(studio: Open) -> None:
    opened = studio(with_hits((0, STRANGE)))
    assert row_of(opened, STRANGE).name == "Note 70"
    assert STRANGE in [row.pitch for row in lane_of(opened).rows]


def test_the_swing_bar_delays_the_second_steps(studio: Open, qtbot: object) -> None:
    opened = studio(with_hits((0, HAT), (240, HAT)))
    before = opened.project
    header = next(
        each for each in opened.view.findChildren(LaneHeader) if each.lane is LaneId.DRUMS
    )
    assert header.swing is not None
    opened.drag(header.swing, (10, 12), (10 + 160 * 8 / 25, 12))
    assert opened.project.drums.swing_percent == 58
    assert header.swing.value() == 58
    played = perform_drums(
        opened.project.drums, opened.project.tempo, opened.project.tempo.bars(1, 1)
    )
    beat_s = 60 / 96
    assert played[1].time == pytest.approx(beat_s / 4 * 1.16, abs=1e-3)
    undone(opened, before)


def test_a_nudged_row_is_played_late(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE)))
    before = opened.project
    type_into(ask_nudge(opened.view.stage, row_of(opened, SNARE), opened.view), "12")
    assert row_of(opened, SNARE).nudge_ms == 12
    assert opened.document.undo_names == ("Nudge drum row",)
    undone(opened, before)


def test_a_ramp_is_seen_while_it_is_typed_and_cancel_takes_it_back(studio: Open) -> None:
    opened = studio(with_hits((0, HAT), (BEAT, HAT), (2 * BEAT, HAT)))
    before = opened.project
    dialog = ask_ramp(opened.view.stage, list(before.drums.hits), opened.view)
    assert velocities(opened) == [40, 80, 120]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert opened.project is before
    assert opened.document.undo_names == ()


def test_a_ramp_goes_from_the_first_step_to_the_last(studio: Open) -> None:
    opened = studio(with_hits((0, HAT), (BEAT, HAT), (2 * BEAT, HAT)))
    before = opened.project
    type_into(ask_ramp(opened.view.stage, list(before.drums.hits), opened.view), "20", "100")
    assert velocities(opened) == [20, 60, 100]
    assert opened.document.undo_names == ("Velocity ramp",)
    undone(opened, before)


def test_humanising_stays_within_its_limits(studio: Open) -> None:
    opened = studio(with_hits(*((index * EIGHTH, HAT) for index in range(1, 9))))
    before = opened.project
    type_into(ask_humanise(opened.view.stage, list(before.drums.hits), opened.view), "20", "10")
    moved = [hit.time - (index + 1) * EIGHTH for index, hit in enumerate(opened.project.drums.hits)]
    most = opened.project.tempo.ticks_at(0.020)
    assert 0 < max(map(abs, moved)) <= most
    assert all(80 <= velocity <= 100 for velocity in velocities(opened))
    undone(opened, before)


def test_a_velocity_is_typed_for_all_selected_steps(studio: Open) -> None:
    opened = studio(with_hits((0, HAT), (BEAT, HAT)))
    type_into(ask_velocity(opened.view.stage, list(opened.project.drums.hits), opened.view), "33")
    assert velocities(opened) == [33, 33]


def menu_of(studio: Studio, pitch: int = KICK) -> QMenu:
    menu = lane_of(studio).menu(Pointer(QPointF(studio.x(5), row_y(studio, pitch))))
    assert menu is not None
    return menu


def trigger(menu: QMenu, words: str) -> None:
    (action,) = (action for action in menu.actions() if action.text() == words)
    action.trigger()


def test_a_fill_ends_the_last_bar_and_keeps_what_came_before_it(studio: Open) -> None:
    kicks = [(beat * BEAT, KICK) for beat in range(8)]
    opened = studio(with_hits(*kicks))
    before = opened.project
    trigger(menu_of(opened), "Fill in the last bar")
    times = {pitch: [] for pitch in (KICK, SNARE, 48, 45, 41)}
    for hit in opened.project.drums.hits:
        times[hit.pitch].append(hit.time)
    assert times[KICK] == [time for time, _ in kicks]
    assert times[SNARE][0] == 7 * BEAT
    assert times[41][-1] == 8 * BEAT - 240
    undone(opened, before)


def test_a_row_is_selected_by_its_menu(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE), (2 * BEAT, KICK)))
    trigger(menu_of(opened), "Select row")
    assert {hit.order for hit in opened.workspace.selection.items} == {(0, KICK), (2 * BEAT, KICK)}


def test_dragging_the_handle_repeats_the_selected_bar(studio: Open) -> None:
    opened = studio(with_hits((0, KICK), (BEAT, SNARE), (2 * BAR, HAT)))
    before = opened.project
    opened.arrange.select(frozenset(before.drums.hits[:2]))
    handle = lane_of(opened).handle()
    assert handle is not None
    start = (handle.center().x(), handle.center().y())
    opened.drag(lane_of(opened), start, (start[0] + opened.x(2 * BAR), start[1]))
    bar = [(0, KICK), (BEAT, SNARE)]
    assert [hit.order for hit in opened.project.drums.hits] == [
        (time + index * BAR, pitch) for index in range(3) for time, pitch in bar
    ]
    undone(opened, before)


def test_the_erase_tool_only_takes_away(studio: Open) -> None:
    opened = studio(with_hits((EIGHTH, KICK)))
    opened.workspace.set_tool(Tool.ERASE)
    y = row_y(opened, KICK)
    opened.drag(lane_of(opened), (opened.x(10), y), (opened.x(2 * EIGHTH), y))
    assert velocities(opened) == []
    opened.click(lane_of(opened), (opened.x(10), y))
    assert velocities(opened) == []

"""Ruler, headers, keys and the playhead of the timeline."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from timeline_hand import (
    BAR,
    BEAT,
    CONTROL,
    SHIFT,
    Studio,
    bars,
    song,
    with_chords,
    with_hits,
)

from app.document.workspace import Tool
from app.model.lane import LaneId
from app.model.project import Project
from app.model.selection import Selection
from app.model.snapping import Grid
from app.ui.lanes.lane_header import HEADER_WIDTH_PX, LaneHeader
from app.ui.timeline.playhead import Playhead
from engine.timebase import Ticks

Open = Callable[[Project], Studio]
UPPER_Y, LOWER_Y = 5, 38


def header_of(studio: Studio, lane: LaneId) -> LaneHeader:
    return next(h for h in studio.view.findChildren(LaneHeader) if h.lane is lane)


def test_a_click_on_the_lower_ruler_moves_the_start_marker_to_the_grid(studio: Open) -> None:
    opened = studio(song())
    opened.click(opened.view.ruler, (opened.x(BAR) + 3, LOWER_Y))
    assert opened.workspace.start_marker == BAR
    assert opened.workspace.playhead == BAR


def test_a_drag_on_the_lower_ruler_selects_time_on_every_lane(studio: Open) -> None:
    opened = studio(song())
    opened.drag(opened.view.ruler, (opened.x(BAR), LOWER_Y), (opened.x(3 * BAR), LOWER_Y))
    assert opened.workspace.selection == Selection(bars(2, 3))
    assert all(opened.workspace.selection.has_lane(lane) for lane in LaneId)


def test_a_loop_is_drawn_above_and_takes_effect_on_release(studio: Open) -> None:
    opened = studio(song())
    ruler = opened.view.ruler
    opened.press(ruler, (opened.x(BAR), UPPER_Y))
    opened.drag_to(ruler, (opened.x(3 * BAR), UPPER_Y))
    assert opened.workspace.loop is None
    assert ruler.loop == bars(2, 3)
    opened.release(ruler, (opened.x(3 * BAR), UPPER_Y))
    assert opened.workspace.loop == bars(2, 3)
    assert opened.workspace.is_looping


def test_the_brace_is_switched_moved_and_resized(studio: Open) -> None:
    opened = studio(song())
    ruler = opened.view.ruler
    opened.workspace.set_loop(bars(1, 2), is_on=True)
    opened.click(ruler, (opened.x(BAR), UPPER_Y))
    assert not opened.workspace.is_looping
    opened.drag(ruler, (opened.x(BAR), UPPER_Y), (opened.x(2 * BAR), UPPER_Y))
    assert opened.workspace.loop == bars(2, 3)
    edge = opened.x(3 * BAR) - 2
    opened.drag(ruler, (edge, UPPER_Y), (edge + opened.x(BAR), UPPER_Y))
    assert opened.workspace.loop == bars(2, 4)


def test_double_click_above_loops_this_bar(studio: Open) -> None:
    opened = studio(song())
    opened.double_click(opened.view.ruler, (opened.x(2 * BAR + BEAT), UPPER_Y))
    assert opened.workspace.loop == bars(3, 3)


def test_escape_leaves_the_loop_as_it_was(studio: Open) -> None:
    opened = studio(song())
    ruler = opened.view.ruler
    opened.press(ruler, (opened.x(BAR), UPPER_Y))
    opened.drag_to(ruler, (opened.x(3 * BAR), UPPER_Y))
    QTest.keyClick(ruler, Qt.Key.Key_Escape)
    opened.release(ruler, (opened.x(3 * BAR), UPPER_Y))
    assert opened.workspace.loop is None


def test_the_wheel_zooms_at_the_pointer_and_scrolls_with_shift(studio: Open) -> None:
    opened = studio(song())
    axis, lane = opened.view.axis, opened.view.chord_lane
    opened.wheel(lane, 300, 3, CONTROL)
    assert axis.scale.px_per_quarter > 24
    under = axis.scale.ticks_at(300)
    opened.wheel(lane, 300, 1, CONTROL)
    assert abs(axis.scale.ticks_at(300) - under) < 20
    opened.wheel(lane, 300, -2, SHIFT)
    assert axis.scale.x_at(under) < 300


def test_z_zooms_to_the_selection_and_x_goes_back(studio: Open) -> None:
    opened = studio(song())
    before = opened.view.axis.scale
    opened.workspace.set_selection(Selection(bars(3, 4)))
    lane = opened.view.chord_lane
    QTest.keyClick(lane, Qt.Key.Key_Z)
    assert opened.x(2 * BAR) >= 0
    assert opened.x(4 * BAR) - opened.x(2 * BAR) > 0.8 * opened.view.axis.width
    QTest.keyClick(lane, Qt.Key.Key_X)
    assert opened.view.axis.scale == before


def test_grid_and_snap_keys(studio: Open) -> None:
    opened = studio(song())
    lane = opened.view.note_lane
    QTest.keyClick(lane, Qt.Key.Key_Period)
    assert opened.workspace.grid is Grid.SIXTEENTH
    QTest.keyClick(lane, Qt.Key.Key_Comma)
    assert opened.workspace.grid is not Grid.SIXTEENTH
    QTest.keyClick(lane, Qt.Key.Key_N)
    assert not opened.workspace.is_snapping


def test_loop_keys(studio: Open) -> None:
    opened = studio(song())
    lane = opened.view.note_lane
    opened.workspace.set_selection(Selection(bars(2, 3)))
    QTest.keyClick(lane, Qt.Key.Key_L, CONTROL)
    assert (opened.workspace.loop, opened.workspace.is_looping) == (bars(2, 3), True)
    QTest.keyClick(lane, Qt.Key.Key_L)
    assert not opened.workspace.is_looping


def test_shift_arrows_extend_the_selection(studio: Open) -> None:
    opened = studio(song())
    opened.workspace.set_playhead(Ticks(BAR))
    for _ in range(2):
        QTest.keyClick(opened.view.note_lane, Qt.Key.Key_Right, SHIFT)
    span = opened.workspace.selection.span
    assert span is not None
    assert (span.start, span.end) == (BAR, BAR + 2 * opened.view.stage.grid_step)


def test_escape_leaves_the_tool_before_the_selection(studio: Open) -> None:
    opened = studio(song())
    opened.workspace.set_selection(Selection(bars(1, 1)))
    lane = opened.view.note_lane
    QTest.keyClick(lane, Qt.Key.Key_B)
    assert opened.workspace.tool is Tool.DRAW
    QTest.keyClick(lane, Qt.Key.Key_Escape)
    assert opened.workspace.tool is Tool.SELECT
    assert not opened.workspace.selection.is_empty
    QTest.keyClick(lane, Qt.Key.Key_Escape)
    assert opened.workspace.selection.is_empty


def test_a_selected_range_is_emptied_on_every_lane_in_one_step(studio: Open) -> None:
    opened = studio(with_chords("Am", "F"))
    opened.arrange.drums.paint([(Ticks(BAR), 36)])
    opened.workspace.set_selection(Selection(bars(2, 2)))
    QTest.keyClick(opened.view.chord_lane, Qt.Key.Key_Delete)
    assert [block.text for block in opened.project.chords.blocks] == ["Am"]
    assert opened.project.drums.hits == ()
    assert opened.document.undo_name == "Clear range"


def test_m_and_s_act_on_the_focused_lane(studio: Open) -> None:
    opened = studio(with_hits((0, 36)))
    opened.view.focus_lane(LaneId.DRUMS)
    QTest.keyClick(opened.view.drum_lane, Qt.Key.Key_M)
    QTest.keyClick(opened.view.drum_lane, Qt.Key.Key_S)
    settings = opened.project.drums.settings
    assert settings.is_muted
    assert settings.is_solo


def test_arrow_keys_go_from_lane_to_lane(studio: Open) -> None:
    opened = studio(song())
    opened.view.focus_lane(LaneId.DRUMS)
    QTest.keyClick(opened.view.drum_lane, Qt.Key.Key_Down)
    assert opened.workspace.focused_lane is LaneId.NOTES


def test_the_header_switches_the_lane_off_and_mutes_it(studio: Open, qtbot: QtBot) -> None:
    opened = studio(song())
    header = header_of(opened, LaneId.CHORDS)
    assert header.power is not None
    qtbot.mouseClick(header.power, Qt.MouseButton.LeftButton)
    assert not opened.project.chords.settings.is_on
    qtbot.mouseClick(header.mute, Qt.MouseButton.LeftButton)
    assert opened.project.chords.settings.is_muted
    opened.document.undo()
    assert not header.mute.isChecked()


def test_dragging_the_strength_is_one_step(studio: Open) -> None:
    opened = studio(song())
    header = header_of(opened, LaneId.NOTES)
    assert header.strength is not None
    opened.drag(header.strength, (100, 12), (52, 12))
    assert opened.project.notes.settings.strength == 0.7
    assert opened.document.undo_names == ("Set lane strength",)


def test_a_level_can_be_typed_and_reset(studio: Open, qtbot: QtBot) -> None:
    opened = studio(song())
    gain = header_of(opened, LaneId.AUDIO).gain
    gain.setFocus()
    QTest.keyClick(gain, Qt.Key.Key_Return)
    editor = gain.editor
    assert editor is not None
    editor.setText("-6 dB")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert opened.project.audio.settings.gain_db == -6
    QTest.mouseClick(gain, Qt.MouseButton.LeftButton, CONTROL, QPoint(20, 10))
    assert opened.project.audio.settings.gain_db == 0


def test_the_playhead_moves_without_a_lane_being_painted(studio: Open, qtbot: QtBot) -> None:
    opened = studio(with_chords("Am", "F"))
    painted: list[str] = []
    lane = opened.view.chord_lane
    lane.grab()
    original = lane.paint_lane
    lane.paint_lane = lambda *args: (painted.append("lane"), original(*args))  # type: ignore[method-assign]
    opened.workspace.set_playhead(Ticks(BAR))
    opened.view.grab()
    playhead = opened.view.findChild(Playhead)
    assert playhead is not None
    middle = playhead.x() + playhead.width() // 2
    assert abs(middle - HEADER_WIDTH_PX - opened.x(BAR)) <= 1
    assert painted == []


def test_the_view_turns_the_page_after_the_playhead(studio: Open) -> None:
    opened = studio(song())
    far = Ticks(40 * BAR)
    opened.workspace.set_playhead(far)
    assert 0 <= opened.x(far) <= opened.view.axis.width
    opened.view.set_follows_playhead(False)
    opened.workspace.set_playhead(Ticks(0))
    assert opened.x(0) < 0


def test_zoom_and_heights_come_back(studio: Open) -> None:
    opened = studio(song())
    opened.view.axis.restore(80.0, 1000.0)
    state = opened.view.view_state()
    other = studio(song())
    other.view.restore_view_state(state)
    assert other.view.axis.scale == opened.view.axis.scale
    assert other.view.view_state() == state


def test_every_canvas_has_a_name_and_says_what_is_in_it(studio: Open) -> None:
    opened = studio(song())
    for canvas in opened.view.canvases.values():
        assert canvas.accessibleName()
        assert canvas.accessibleDescription()


def test_ctrl_shift_wheel_changes_the_height_of_a_lane(studio: Open) -> None:
    opened = studio(song())
    lane = opened.view.audio_lane
    opened.view.resize(1200, 300)  # no spare room, so the lane has its own height
    before = lane.height()
    opened.wheel(lane, 300, 1, CONTROL | SHIFT)
    assert lane.height() > before

"""The piano roll under a hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from timeline_hand import ALT, BAR, BEAT, CONTROL, SHIFT, Studio, song, with_notes

from app.document.workspace import Tool
from app.model.lane import LaneId
from app.model.note import Note
from app.model.project import Project
from app.ui.lanes.gesture import Pointer
from app.ui.lanes.note_lane import NoteLaneCanvas
from app.ui.lanes.note_rows import Folding, NoteRows
from engine.timebase import Span, Ticks

Open = Callable[[Project], Studio]
EIGHTH = 480


def note(start: int, length: int, pitch: int, velocity: int = 90) -> Note:
    return Note(Span(Ticks(start), Ticks(start + length)), pitch, velocity)


def lane_of(studio: Studio) -> NoteLaneCanvas:
    return studio.view.note_lane


def place(studio: Studio, time: float, pitch: int) -> tuple[float, float]:
    top = lane_of(studio).rows.top_of(pitch)
    assert top is not None
    return studio.x(time), top + lane_of(studio).rows.height / 2


def shapes(studio: Studio) -> list[tuple[int, int, int]]:
    return [(n.span.start, n.span.end, n.pitch) for n in studio.project.notes.notes]


def test_double_click_and_drag_writes_a_note_with_its_length(studio: Open) -> None:
    opened = studio(song())
    start, end = place(opened, BEAT + 20, 64), place(opened, 3 * BEAT, 64)
    lane = lane_of(opened)
    opened.click(lane, start)
    QTest.mouseDClick(lane, Qt.MouseButton.LeftButton, pos=QPointF(*start).toPoint())
    opened.drag_to(lane, end)
    opened.release(lane, end)
    assert shapes(opened) == [(BEAT, 3 * BEAT, 64)]
    assert opened.document.undo_names == ("Write note",)


def test_the_next_note_is_as_long_as_the_last(studio: Open) -> None:
    opened = studio(with_notes(note(0, EIGHTH, 60)))
    opened.click(lane_of(opened), place(opened, EIGHTH / 2, 60))
    opened.double_click(lane_of(opened), place(opened, 2 * BEAT + 10, 67))
    assert shapes(opened) == [(0, EIGHTH, 60), (2 * BEAT, 2 * BEAT + EIGHTH, 67)]


def test_the_draw_tool_writes_with_a_single_click(studio: Open) -> None:
    opened = studio(song())
    opened.workspace.set_tool(Tool.DRAW)
    opened.click(lane_of(opened), place(opened, 10, 60))
    assert shapes(opened) == [(0, BEAT, 60)]


def test_the_erase_tool_takes_away_what_it_passes(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60), note(0, BEAT, 70), note(BEAT, BEAT, 60)))
    opened.workspace.set_tool(Tool.ERASE)
    opened.drag(lane_of(opened), place(opened, 400, 60), place(opened, BEAT + 400, 60))
    assert shapes(opened) == [(0, BEAT, 70)]
    assert len(opened.document.undo_names) == 1


def test_a_drag_moves_in_time_and_pitch(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    opened.drag(lane_of(opened), place(opened, 480, 60), place(opened, 480 + 2 * BEAT, 64))
    assert shapes(opened) == [(2 * BEAT, 3 * BEAT, 64)]


def test_shift_keeps_to_one_axis(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    start, end = place(opened, 480, 60), place(opened, 480 + 2 * BEAT, 61)
    opened.drag(lane_of(opened), start, end, SHIFT)
    assert shapes(opened) == [(2 * BEAT, 3 * BEAT, 60)]


def test_ctrl_drag_duplicates(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    start, end = place(opened, 480, 60), place(opened, 480 + BEAT, 60)
    opened.drag(lane_of(opened), start, end, CONTROL)
    assert shapes(opened) == [(0, BEAT, 60), (BEAT, 2 * BEAT, 60)]


def test_the_right_edge_sets_the_length(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    x, y = place(opened, BEAT, 60)
    opened.drag(lane_of(opened), (x - 2, y), (x - 2 + opened.x(BEAT), y))
    assert shapes(opened) == [(0, 2 * BEAT, 60)]


def test_the_left_edge_sets_the_start(studio: Open) -> None:
    opened = studio(with_notes(note(BEAT, 2 * BEAT, 60)))
    x, y = place(opened, BEAT, 60)
    opened.drag(lane_of(opened), (x + 2, y), (x + 2 + opened.x(BEAT), y))
    assert shapes(opened) == [(2 * BEAT, 3 * BEAT, 60)]


def test_alt_ignores_the_grid(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    start, end = place(opened, 480, 60), place(opened, 480 + 5 * 40, 60)
    opened.drag(lane_of(opened), start, end, ALT)
    assert shapes(opened) == [(200, BEAT + 200, 60)]


def test_a_rubber_band_selects_what_it_touches(studio: Open) -> None:
    first, second, far = note(0, BEAT, 60), note(BEAT, BEAT, 64), note(BAR, BEAT, 60)
    opened = studio(with_notes(first, second, far))
    opened.drag(lane_of(opened), place(opened, 10, 66), place(opened, 2 * BEAT, 59))
    assert opened.workspace.selection.items == {first, second}


def test_clicking_beside_notes_clears_the_selection(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    opened.arrange.select_all(LaneId.NOTES)
    opened.click(lane_of(opened), place(opened, BAR, 66))
    assert opened.workspace.selection.is_empty


def test_arrow_keys_transpose_by_semitones_and_octaves(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60)))
    opened.arrange.select_all(LaneId.NOTES)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Up)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Up, SHIFT)
    assert shapes(opened) == [(0, BEAT, 73)]


def test_left_and_right_nudge_the_selected_notes(studio: Open) -> None:
    opened = studio(with_notes(note(BEAT, BEAT, 60)))
    opened.arrange.select_all(LaneId.NOTES)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Right)
    assert shapes(opened) == [(BEAT + EIGHTH, 2 * BEAT + EIGHTH, 60)]


def test_the_velocity_strip_sets_loudness(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60), note(BEAT, BEAT, 62)))
    lane = lane_of(opened)
    opened.click(lane, (opened.x(0) + 1, lane.height() - 3))
    quiet, other = (n.velocity for n in opened.project.notes.notes)
    assert quiet < 15
    assert other == 90


def test_q_quantises_to_the_grid(studio: Open) -> None:
    opened = studio(with_notes(note(50, BEAT, 60), note(EIGHTH - 60, BEAT, 64)))
    opened.arrange.select_all(LaneId.NOTES)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Q)
    assert shapes(opened) == [(0, BEAT, 60), (EIGHTH, BEAT + EIGHTH, 64)]


def test_cursor_tells_edges_from_bodies(studio: Open) -> None:
    opened = studio(with_notes(note(0, 2 * BEAT, 60)))
    lane = lane_of(opened)
    lane.hover(Pointer(QPointF(*place(opened, BEAT, 60))))
    assert lane.cursor().shape() is Qt.CursorShape.SizeAllCursor
    lane.hover(Pointer(QPointF(*place(opened, 2 * BEAT - 30, 60))))
    assert lane.cursor().shape() is Qt.CursorShape.SizeHorCursor


def test_copied_notes_are_pasted_at_the_playhead(studio: Open) -> None:
    opened = studio(with_notes(note(0, BEAT, 60), note(BEAT, BEAT, 64)))
    opened.view.focus_lane(LaneId.NOTES)
    opened.arrange.select_all(LaneId.NOTES)
    QTest.keyClick(lane_of(opened), Qt.Key.Key_C, CONTROL)
    opened.workspace.set_playhead(Ticks(BAR))
    QTest.keyClick(lane_of(opened), Qt.Key.Key_V, CONTROL)
    assert shapes(opened)[2:] == [(BAR, BAR + BEAT, 60), (BAR + BEAT, BAR + 2 * BEAT, 64)]


def test_folding_to_the_scale_hides_the_other_rows() -> None:
    rows = NoteRows.folded(Folding.SCALE, song(), NoteRows())
    assert rows.top_of(61) is None
    assert rows.top_of(60) is not None


def test_folding_keeps_notes_outside_the_scale_in_sight() -> None:
    rows = NoteRows.folded(Folding.SCALE, with_notes(note(0, BEAT, 61)), NoteRows())
    assert rows.top_of(61) is not None


def test_every_pitch_comes_back_from_its_row() -> None:
    rows = NoteRows().showing(40, 80, 200)
    for pitch in (0, 40, 61, 127):
        top = rows.top_of(pitch)
        assert top is not None
        assert rows.pitch_at(top + 1) == pitch


def test_only_the_rows_in_sight_are_drawn() -> None:
    rows = NoteRows().showing(60, 60, 110)
    seen = list(rows.between(0, 110))
    assert len(seen) <= 12
    assert all(rows.top_of(pitch) == top for pitch, top in seen)
    assert 60 in dict(seen)

from __future__ import annotations

from collections.abc import Iterator

import pytest
from arbitrary_projects import EMPTY, Maker, makers, place_takes
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.document.document import ProjectDocument
from app.document.workspace import Tool, Workspace
from app.model.adherence import Adherence
from app.model.edits.drums import ToggleHit
from app.model.edits.mix import SetLane, SetMasterGain
from app.model.edits.prompt import SetPrompt, SetTakeCount
from app.model.edits.takes import HearTake, SetAdherence
from app.model.ids import TakeId
from app.model.lane import LaneId, LaneSettings
from app.model.project import Project
from app.model.selection import Selection
from app.model.snapping import Grid
from engine.timebase import Span, Ticks


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[ProjectDocument]:
    document = ProjectDocument(EMPTY)
    yield document
    document.deleteLater()


def step(tick: int) -> ToggleHit:
    return ToggleHit(Ticks(tick), 36)


def hits(document: ProjectDocument) -> list[int]:
    return [hit.time for hit in document.project.drums.hits]


@given(st.lists(makers, max_size=10), st.integers(0, 10))
def test_any_edits_undone_give_the_first_project_back(edits: list[Maker], n_undone: int) -> None:
    document = ProjectDocument(EMPTY)
    states = [EMPTY]
    for make in edits:
        try:
            document.seal()
            document.apply(make(document.project))
        except (ValueError, KeyError):
            continue
        if document.project is not states[-1]:
            states.append(document.project)
    for _ in range(min(n_undone, len(states) - 1)):
        document.undo()
        document.redo()
        document.undo()
    assert document.project is states[max(0, len(states) - 1 - n_undone)]
    while document.can_undo:
        document.undo()
    assert document.project is EMPTY
    while document.can_redo:
        document.redo()
    assert document.project is states[-1]


def test_an_edit_is_announced_with_both_values(qtbot: QtBot, document: ProjectDocument) -> None:
    with qtbot.waitSignals([document.changed, document.committed]) as waiting:
        document.apply(step(0))
    before, after = document.project, EMPTY
    assert hits(document) == [0]
    assert before is not after
    assert before.notes is after.notes
    assert waiting.signal_triggered
    assert (document.undo_name, document.redo_name) == ("Toggle drum step", "")


def test_equal_keys_merge_until_sealed(document: ProjectDocument) -> None:
    for text in ("s", "so", "soft"):
        document.apply(SetPrompt(text))
    document.seal()
    document.apply(SetPrompt("soft piano"))
    document.apply(SetPrompt("soft pianos"))
    assert document.undo_names == ("Type prompt", "Type prompt")
    document.undo()
    assert document.project.prompt == "soft"
    document.undo()
    assert document.project is EMPTY


def test_different_keys_do_not_merge(document: ProjectDocument) -> None:
    document.apply(SetLane(LaneId.DRUMS, LaneSettings(gain_db=-3.0), "Set gain"))
    document.apply(SetLane(LaneId.NOTES, LaneSettings(gain_db=-3.0), "Set gain"))
    document.apply(SetLane(LaneId.NOTES, LaneSettings(gain_db=-6.0), "Set gain"))
    assert len(document.undo_names) == 2


def test_an_edit_without_effect_leaves_no_step(document: ProjectDocument) -> None:
    document.apply(SetMasterGain(0.0))
    assert not document.can_undo
    assert not document.is_modified
    assert document.project is EMPTY


def test_a_refused_edit_changes_nothing(document: ProjectDocument) -> None:
    with pytest.raises(ValueError, match="1 to 9"):
        document.apply(SetTakeCount(12))
    assert document.project is EMPTY
    assert not document.can_undo


def test_painting_is_one_step(document: ProjectDocument) -> None:
    shown: list[int] = []
    document.changed.connect(lambda _, after: shown.append(len(after.drums.hits)))
    committed: list[Project] = []
    document.committed.connect(committed.append)
    document.begin_gesture()
    for tick in (0, 480, 960):
        document.apply(step(tick))
    assert shown == [1, 2, 3]
    assert committed == []
    document.end_gesture("Paint 3 steps")
    assert committed == [document.project]
    assert document.undo_names == ("Paint 3 steps",)
    document.undo()
    assert document.project is EMPTY


def test_a_drag_tells_each_time_how_far_it_came_in_all(document: ProjectDocument) -> None:
    document.begin_gesture()
    for tick in (240, 480, 720):
        document.reapply(step(tick))
    assert hits(document) == [720]
    document.end_gesture()
    assert document.undo_names == ("Toggle drum step",)


def test_a_cancelled_drag_leaves_nothing(document: ProjectDocument) -> None:
    document.begin_gesture()
    document.apply(step(0))
    document.undo()
    assert document.project is EMPTY
    assert not document.is_in_gesture
    document.end_gesture()
    assert not document.can_undo
    with pytest.raises(RuntimeError):
        document.reapply(step(0))


def test_a_failing_group_of_edits_is_taken_back_whole(document: ProjectDocument) -> None:
    def two_edits() -> None:
        with document.gesture("Two edits"):
            document.apply(step(0))
            document.apply(SetTakeCount(12))

    with pytest.raises(ValueError, match="1 to 9"):
        two_edits()
    assert document.project is EMPTY
    assert not document.can_undo


def test_modified_follows_saving_and_undo(document: ProjectDocument) -> None:
    document.apply(step(0))
    assert document.is_modified
    document.mark_saved()
    assert not document.is_modified
    document.undo()
    assert document.is_modified
    document.redo()
    assert not document.is_modified


def test_edits_after_saving_never_merge_into_what_was_saved(document: ProjectDocument) -> None:
    document.apply(SetPrompt("a"))
    document.mark_saved()
    document.apply(SetPrompt("ab"))
    assert document.is_modified
    document.undo()
    assert not document.is_modified
    assert document.project.prompt == "a"


def test_opening_starts_a_new_history(qtbot: QtBot, document: ProjectDocument) -> None:
    document.apply(step(0))
    other = SetPrompt("other").apply(EMPTY)
    with qtbot.waitSignal(document.replaced):
        document.open(other)
    assert document.project is other
    assert not document.can_undo
    assert not document.is_modified
    document.open(EMPTY, is_recovered=True)
    assert document.is_modified
    document.mark_saved()
    assert not document.is_modified


def test_late_findings_reach_every_step_and_make_none(document: ProjectDocument) -> None:
    placing = place_takes(EMPTY, "r", Span(Ticks(0), Ticks(3840)), True)
    document.apply(placing)
    group = document.project.take_groups[0]
    document.apply(HearTake(group.id, group.takes[1].id))
    document.apply(step(0))
    document.amend(SetAdherence(TakeId("ra"), Adherence(), -9.0))
    assert len(document.undo_names) == 2
    document.undo()
    assert document.project.take(TakeId("ra")).level_db == -9.0
    document.undo()
    assert document.project is EMPTY
    document.redo()
    assert document.project.take(TakeId("ra")).level_db == -9.0


def test_trying_new_takes_is_undone_and_redone_with_the_run(document: ProjectDocument) -> None:
    document.apply(place_takes(EMPTY, "r", Span(Ticks(0), Ticks(3840)), True))
    group = document.project.take_groups[0]
    for take in (group.takes[1], group.takes[0], group.takes[1]):
        document.apply(HearTake(group.id, take.id))
    heard = document.project
    assert heard.take_groups[0].heard == group.takes[1].id
    assert document.undo_names == ("Generate",)
    document.undo()
    assert document.project is EMPTY
    document.redo()
    assert document.project is heard


def test_leaving_a_text_field_does_not_part_new_takes_from_their_run(
    document: ProjectDocument,
) -> None:
    document.apply(place_takes(EMPTY, "r", Span(Ticks(0), Ticks(3840)), True))
    group = document.project.take_groups[0]
    document.seal()
    document.apply(HearTake(group.id, None))
    assert document.undo_names == ("Generate",)


def test_trying_takes_that_were_there_before_is_a_step_of_its_own(
    document: ProjectDocument,
) -> None:
    document.apply(place_takes(EMPTY, "r", Span(Ticks(0), Ticks(3840)), True))
    group = document.project.take_groups[0]
    document.apply(step(0))
    for take in reversed(group.takes):
        document.apply(HearTake(group.id, take.id))
    document.apply(HearTake(group.id, None))
    assert document.undo_names == ("Generate", "Toggle drum step", "Hear take")
    document.undo()
    assert document.project.take_groups[0].heard == group.takes[0].id


def test_trying_takes_after_a_save_leaves_what_was_saved_alone(document: ProjectDocument) -> None:
    document.apply(place_takes(EMPTY, "r", Span(Ticks(0), Ticks(3840)), True))
    saved = document.project
    document.mark_saved()
    group = document.project.take_groups[0]
    for take in reversed(group.takes):
        document.apply(HearTake(group.id, take.id))
    document.apply(HearTake(group.id, None))
    assert document.undo_names == ("Generate", "Hear take")
    document.undo()
    assert document.project is saved
    assert not document.is_modified


def test_undo_and_redo_are_written_down_like_any_action(document: ProjectDocument) -> None:
    committed: list[Project] = []
    document.apply(step(0))
    after = document.project
    document.committed.connect(committed.append)
    document.undo()
    document.undo()
    document.redo()
    document.redo()
    assert committed == [EMPTY, after]


def test_many_steps_are_kept(document: ProjectDocument) -> None:
    for tick in range(300):
        document.apply(step(tick))
    for _ in range(250):
        document.undo()
    assert len(hits(document)) == 50


# The workspace


def test_the_workspace_tells_only_real_changes(qtbot: QtBot) -> None:
    workspace = Workspace()
    told: list[object] = []
    for signal in (
        workspace.selection_changed,
        workspace.start_marker_changed,
        workspace.playhead_changed,
        workspace.focused_lane_changed,
        workspace.tool_changed,
    ):
        signal.connect(told.append)
    for _ in range(2):
        workspace.set_selection(Selection(Span(Ticks(0), Ticks(960))))
        workspace.set_start_marker(Ticks(-5))
        workspace.set_playhead(Ticks(77))
        workspace.set_focused_lane(LaneId.AUDIO)
        workspace.set_tool(Tool.DRAW)
    assert told == [Selection(Span(Ticks(0), Ticks(960))), 77, LaneId.AUDIO, Tool.DRAW]


def test_looping_needs_a_brace_and_the_brace_stays(qtbot: QtBot) -> None:
    workspace = Workspace()
    workspace.set_looping(True)
    assert not workspace.is_looping
    brace = Span(Ticks(0), Ticks(3840))
    with qtbot.waitSignal(workspace.loop_changed) as waiting:
        workspace.set_loop(brace, is_on=True)
    assert waiting.args == [brace, True]
    workspace.set_looping(False)
    assert workspace.loop == brace
    workspace.set_loop(Span(Ticks(0), Ticks(7680)))
    assert not workspace.is_looping


def test_the_grid_is_kept_while_snapping_is_off(qtbot: QtBot) -> None:
    workspace = Workspace()
    workspace.set_snap(True, Grid.EIGHTH)
    workspace.set_snap(False)
    assert (workspace.is_snapping, workspace.grid) == (False, Grid.EIGHTH)


def test_a_range_without_lanes_covers_all() -> None:
    span = Span(Ticks(0), Ticks(960))
    assert Selection(span).has_lane(LaneId.NOTES)
    assert not Selection(span, frozenset({LaneId.DRUMS})).has_lane(LaneId.NOTES)
    assert not Selection().has_lane(LaneId.NOTES)
    assert Selection().is_empty

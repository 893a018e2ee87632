"""The sections lane under a hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from timeline_hand import BAR, CONTROL, Studio, bars, song, with_chords

from app.model.edits.sections import PlaceSections
from app.model.ids import SectionId
from app.model.lane import LaneId
from app.model.project import Project
from app.model.section import Section
from app.ui.dialogs.section import SectionDialog
from app.ui.lanes.gesture import Pointer
from app.ui.lanes.section_lane import SectionLaneCanvas

Open = Callable[[Project], Studio]
Y = 16


def lane_of(studio: Studio) -> SectionLaneCanvas:
    return studio.view.section_lane


def form(studio: Studio) -> list[tuple[str, float, float]]:
    return [
        (each.name, each.span.start / BAR, each.span.end / BAR)
        for each in studio.project.sections.sections
    ]


def with_form(project: Project | None = None) -> Project:
    """Intro on bars 1-2, verse on bars 3-4."""
    sections = (
        Section(SectionId("i"), bars(1, 2), "Intro"),
        Section(SectionId("v"), bars(3, 4), "Verse", prompt="soft drums"),
    )
    return PlaceSections(sections).apply(project or song())


def dialog_of(studio: Studio) -> SectionDialog:
    dialog = studio.view.findChild(SectionDialog)
    assert dialog is not None
    return dialog


def undone(studio: Studio, before: Project, steps: int = 1) -> None:
    for _ in range(steps):
        studio.document.undo()
    assert studio.project is before


def test_dragging_over_bars_adds_a_section_and_asks_for_its_words(studio: Open) -> None:
    opened = studio(song())
    before = opened.project
    opened.drag(lane_of(opened), (10, Y), (opened.x(2 * BAR) - 10, Y))
    assert form(opened) == [("Intro", 0, 2)]
    dialog = dialog_of(opened)
    QTest.keyClicks(dialog.prompt, "only a piano")
    dialog.energy.setFocus()
    QTest.keyClick(dialog.energy, Qt.Key.Key_Left)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    (section,) = opened.project.sections.sections
    assert (section.prompt, section.energy) == ("only a piano", 2)
    undone(opened, before, 2)


def test_names_go_on_as_a_song_would(studio: Open) -> None:
    opened = studio(song())
    for bar in (0, 4, 8):
        opened.double_click(lane_of(opened), (opened.x(bar * BAR) + 5, Y))
        dialog_of(opened).reject()
    assert form(opened) == [("Intro", 0, 4), ("Verse", 4, 8), ("Chorus", 8, 12)]


def test_escape_in_the_window_changes_nothing(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.double_click(lane_of(opened), (opened.x(BAR), Y))
    QTest.keyClicks(dialog_of(opened).prompt, "x")
    QTest.keyClick(dialog_of(opened), Qt.Key.Key_Escape)
    assert opened.project is before


def test_a_section_moves_by_whole_bars_and_the_other_yields(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.drag(lane_of(opened), (opened.x(BAR), Y), (opened.x(2 * BAR) + 9, Y))
    assert form(opened) == [("Intro", 1, 3), ("Verse", 3, 4)]
    undone(opened, before)


def test_ctrl_drag_copies_a_section_with_its_words(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.drag(lane_of(opened), (opened.x(3 * BAR), Y), (opened.x(6 * BAR), Y), CONTROL)
    assert form(opened) == [("Intro", 0, 2), ("Verse", 2, 4), ("Verse", 5, 7)]
    assert opened.project.sections.sections[2].prompt == "soft drums"
    undone(opened, before)


def test_an_edge_is_dragged_to_a_bar_line(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    edge = opened.x(4 * BAR) - 3
    opened.drag(lane_of(opened), (edge, Y), (opened.x(6 * BAR) + 7, Y))
    assert form(opened)[1] == ("Verse", 2, 6)
    undone(opened, before)


def test_moving_takes_the_lanes_along_once_that_is_chosen(studio: Open) -> None:
    opened = studio(with_form(with_chords("Am", "F", "C", "G")))
    before = opened.project
    menu = lane_of(opened).menu(Pointer(QPointF(opened.x(BAR), Y)))
    assert menu is not None
    (switch,) = (a for a in menu.actions() if a.text() == "Moving takes the lanes along")
    switch.trigger()
    opened.drag(lane_of(opened), (opened.x(BAR), Y), (opened.x(5 * BAR), Y))
    assert [(b.span.start // BAR, b.text) for b in opened.project.chords.blocks] == [
        (2, "C"),
        (3, "G"),
        (4, "Am"),
        (5, "F"),
    ]
    undone(opened, before)


def test_keys_walk_nudge_edit_and_delete(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.view.focus_lane(LaneId.SECTIONS)
    lane = lane_of(opened)
    QTest.keyClick(lane, Qt.Key.Key_Tab)
    QTest.keyClick(lane, Qt.Key.Key_Tab)
    assert lane.accessibleDescription() == (
        "Section Verse, bars 3\N{EN DASH}4, prompt soft drums, energy 3"
    )
    QTest.keyClick(lane, Qt.Key.Key_Right)
    assert form(opened)[1] == ("Verse", 3, 5)
    QTest.keyClick(lane, Qt.Key.Key_Return)
    dialog_of(opened).reject()
    QTest.keyClick(lane, Qt.Key.Key_Delete)
    assert form(opened) == [("Intro", 0, 2)]
    undone(opened, before, 2)


def test_a_section_is_split_and_duplicated_like_everything_else(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.arrange.select(frozenset((SectionId("v"),)))
    opened.workspace.set_playhead(bars(4, 4).start)
    opened.view.commands.split()
    assert form(opened)[1:] == [("Verse", 2, 3), ("Verse", 3, 4)]
    opened.arrange.select(frozenset((SectionId("i"),)))
    opened.view.commands.duplicate()
    assert form(opened)[:2] == [("Intro", 0, 2), ("Intro", 2, 4)]
    undone(opened, before, 2)


def test_sections_have_no_mute_and_can_be_switched_off(studio: Open) -> None:
    opened = studio(with_form())
    before = opened.project
    opened.view.focus_lane(LaneId.SECTIONS)
    opened.view.commands.mute_lane()
    assert opened.project is before
    opened.arrange.switch_condition(LaneId.SECTIONS)
    assert not opened.project.sections.settings.is_on
    undone(opened, before)


def test_the_whole_song_reaches_to_the_end_of_the_last_section(studio: Open) -> None:
    far = Section(SectionId("o"), bars(30, 33), "Outro")
    opened = studio(PlaceSections((far,)).apply(replace(song(), length_bars=8)))
    assert opened.view.stage.whole_song == bars(1, 33)

"""The list of takes follows the project by difference."""

from __future__ import annotations

from dataclasses import replace

import pytest
from arbitrary_projects import EMPTY, place_takes
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from app.actions.takes import TakeActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.chord_block import ChordBlock
from app.model.edits.chords import PlaceChords
from app.model.edits.takes import BinTake, HearTake, RestoreTake
from app.ui import theme
from app.ui.panels.takes_panel import TakesPanel

REGION = EMPTY.tempo.bars(2, 3)


class Shown:
    """The panel over a project with one group of two takes, the first being heard."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = ProjectDocument(place_takes(EMPTY, "r", REGION, True).apply(EMPTY))
        workspace = Workspace()
        self.actions = TakeActions(self.document, workspace)
        self.panel = TakesPanel(self.document, workspace, self.actions, lambda _take, _group: None)
        qtbot.addWidget(self.panel)
        self.panel.resize(340, 300)
        self.panel.show()

    @property
    def rows(self) -> list[QWidget]:
        takes = self.panel.list
        return [takes.itemWidget(takes.item(index)) for index in range(takes.count())]

    @property
    def names(self) -> list[str]:
        return [row.accessibleName() for row in self.rows]


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_hearing_another_take_keeps_every_row_and_says_which_is_heard(shown: Shown) -> None:
    (group,) = shown.document.project.take_groups
    before = shown.rows
    shown.document.apply(HearTake(group.id, group.takes[1].id))
    assert [new is old for new, old in zip(shown.rows, before, strict=True)] == [True] * 3
    assert [name.endswith("being heard") for name in shown.names] == [False, True, False]
    assert shown.panel.list.currentRow() == 1
    shown.document.apply(HearTake(group.id, None))
    assert shown.names[2] == "Original, being heard"


def test_nothing_is_drawn_anew_where_nothing_changed(shown: Shown) -> None:
    (group,) = shown.document.project.take_groups
    takes = shown.panel.list
    assert takes.show_group(shown.document.project, group) == 0
    renamed = replace(group, takes=(replace(group.takes[0], name="Best"), group.takes[1]))
    assert takes.show_group(shown.document.project, renamed) == 1
    assert shown.names[0].startswith("Best, seed ")


def test_a_take_that_leaves_and_comes_back_finds_its_place_again(shown: Shown) -> None:
    (group,) = shown.document.project.take_groups
    names, second_row = shown.names, shown.rows[1]
    shown.document.apply(HearTake(group.id, None))
    shown.document.apply(BinTake(group.takes[0].id))
    assert shown.rows[0] is second_row
    assert len(shown.rows) == 2
    shown.document.apply(RestoreTake(group.takes[0].id))
    assert [name.split(",")[0] for name in shown.names] == [name.split(",")[0] for name in names]
    assert shown.rows[1] is second_row


def test_a_changed_lane_marks_takes_stale_after_a_pause_without_a_new_row(
    shown: Shown, qtbot: QtBot
) -> None:
    before = shown.rows

    def tags() -> list[str]:
        return [label.text() for label in shown.rows[0].findChildren(QLabel)]

    shown.document.apply(PlaceChords((ChordBlock(REGION, "F"),)))
    assert "stale" not in tags()
    qtbot.waitUntil(lambda: "stale" in tags())
    assert shown.rows == before


def test_the_star_button_stars_and_unstars_the_same_take(shown: Shown) -> None:
    for is_starred in (True, False):
        star = next(
            button
            for button in shown.rows[1].findChildren(QToolButton)
            if "tar" in button.accessibleName()
        )
        QTest.mouseClick(star, Qt.MouseButton.LeftButton)
        (group,) = shown.document.project.take_groups
        assert [take.is_starred for take in group.takes] == [False, is_starred]


def test_another_theme_draws_the_rows_anew(shown: Shown) -> None:
    (group,) = shown.document.project.take_groups
    try:
        theme.choose("light", 1.0)
        assert shown.panel.list.show_group(shown.document.project, group) == 3
    finally:
        theme.choose("dark", 1.0)

"""Fixtures of the interface tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot
from timeline_hand import Studio

from app.model.project import Project


@pytest.fixture
def studio(qtbot: QtBot) -> Iterator[Callable[[Project], Studio]]:
    """Opens a project on a timeline, which lives until the test is over."""
    opened: list[Studio] = []

    def open_project(project: Project) -> Studio:
        opened.append(Studio(qtbot, project))
        return opened[-1]

    yield open_project
    for each in opened:
        each.view.close()

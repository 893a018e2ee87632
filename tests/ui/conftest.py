"""Fixtures of the interface tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from timeline_hand import Studio

from app.model.project import Project


@pytest.fixture(autouse=True)
def nothing_waits_to_be_deleted() -> Iterator[None]:
    """Windows end with their test, in the main thread."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


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

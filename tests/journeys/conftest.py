"""The whole program as it is shipped: its window, its engine process and the Starter model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.settings import SettingsFile

STOP_MS = 20_000


@pytest.fixture
def inlay(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    """A first start on empty folders, without a sound device."""
    studio = Application(tmp_path / "state", SettingsFile(tmp_path / "config" / "studio.ini"))
    rule = studio.space_rule()
    program = QApplication.instance()
    assert program is not None
    program.installEventFilter(rule)
    studio.window.show()
    qtbot.waitExposed(studio.window)
    yield studio
    program.removeEventFilter(rule)
    studio.document.mark_saved()
    studio.queue.cancel_all()
    qtbot.waitUntil(lambda: studio.queue.running is None, timeout=STOP_MS)
    studio.window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

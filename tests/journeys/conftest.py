"""The whole program: as it is shipped with its engine process, or with an engine of tones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.settings import SettingsFile
from engine.backend import Backend
from engine.host import HostedBackend
from engine.tone_backend import ToneBackend

STOP_MS = 20_000


@pytest.fixture
def inlay(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    """A first start on empty folders, without a sound device."""
    yield from _opened(tmp_path, qtbot, HostedBackend)


@pytest.fixture
def toned(tmp_path: Path, qtbot: QtBot) -> Iterator[Application]:
    """The same start with an engine that plays the lanes as sine tones, at once."""
    yield from _opened(tmp_path, qtbot, ToneBackend)


def _opened(
    tmp_path: Path, qtbot: QtBot, make_backend: Callable[[], Backend]
) -> Iterator[Application]:
    settings = SettingsFile(tmp_path / "config" / "studio.ini")
    studio = Application(tmp_path / "state", settings, make_backend)
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

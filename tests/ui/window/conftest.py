"""The whole studio in a window, with an engine that plays sine tones and no sound device."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.settings import SettingsFile
from engine.tone_backend import ToneBackend, no_wait

OpenStudio = Callable[..., Application]


@pytest.fixture
def open_studio(tmp_path: Path, qtbot: QtBot) -> Iterator[OpenStudio]:
    """Opens the studio on the test's own folders; asked again, as a second start would.

    ``pace`` is called before each step of the engine; a test may block in it.
    """
    opened: list[tuple[Application, QObject]] = []

    def start(*, is_shown: bool = True, pace: Callable[[int], None] = no_wait) -> Application:
        settings = SettingsFile(tmp_path / "config" / "studio.ini")
        studio = Application(tmp_path / "state", settings, lambda: ToneBackend(pace))
        rule = studio.space_rule()
        opened.append((studio, rule))
        QApplication.instance().installEventFilter(rule)
        if is_shown:
            studio.window.show()
            qtbot.waitExposed(studio.window)
        return studio

    yield start
    for studio, rule in opened:
        QApplication.instance().removeEventFilter(rule)
        if not studio.is_closed:
            studio.document.mark_saved()
            studio.queue.cancel_all()
            qtbot.waitUntil(lambda studio=studio: studio.queue.running is None, timeout=10_000)
            studio.window.close()
    # Windows left behind would make every later change of style slower.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def studio(open_studio: OpenStudio) -> Application:
    return open_studio()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Application], None]:
    """Waits until the queue is empty."""

    def wait(studio: Application) -> None:
        qtbot.waitUntil(
            lambda: studio.queue.running is None and not studio.queue.n_waiting, timeout=30_000
        )

    return wait


@pytest.fixture
def press(qtbot: QtBot) -> Callable[..., None]:
    """A key, as the window system would send it to whatever has the focus."""

    def hit(
        studio: Application,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        target: QWidget = QApplication.focusWidget() or studio.window
        qtbot.keyClick(target, key, modifiers)

    return hit

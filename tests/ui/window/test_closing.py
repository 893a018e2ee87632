from __future__ import annotations

import gc
import threading
import weakref
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.edits.prompt import SetLength
from app.settings import SettingsFile
from engine.tone_backend import ToneBackend


def used_and_closed(tmp_path: Path, qtbot: QtBot) -> dict[str, weakref.ref[object]]:
    """The parts of a studio that played two takes and was closed."""
    studio = Application(tmp_path / "state", SettingsFile(tmp_path / "studio.ini"), ToneBackend)
    studio.window.show()
    qtbot.waitExposed(studio.window)
    studio.document.apply(SetLength(1))
    studio.studio.generate.run(2)
    qtbot.waitUntil(lambda: len(studio.document.project.take_groups) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: studio.queue.running is None, timeout=20_000)
    qtbot.waitUntil(studio.sound.finish_rendering, timeout=60_000)
    studio.document.mark_saved()
    assert studio.window.close()
    parts = (studio, studio.window, studio.window.timeline, studio.document, studio.queue)
    return {type(part).__name__: weakref.ref(part) for part in parts}


def test_a_closed_window_gives_its_objects_and_threads_back(tmp_path: Path, qtbot: QtBot) -> None:
    threads = set(threading.enumerate())
    parts = used_and_closed(tmp_path, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [name for name, part in parts.items() if part() is not None] == []
    assert set(threading.enumerate()) <= threads

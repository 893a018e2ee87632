"""Finding the sound device without making the window wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.playback.audio_output import AudioOutput, DeviceOutput
from engine.errors import DeviceUnusable


class DeviceSearch(QObject):
    """Signals: ``found(AudioOutput)`` not started yet, or ``failed(DeviceUnusable)``."""

    found = Signal(object)
    failed = Signal(object)

    def __init__(self, make_output: Callable[[], AudioOutput] = DeviceOutput) -> None:
        super().__init__()
        self._make_output = make_output
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def begin(self) -> None:
        """Look for a device; one signal answers."""
        self._pool.start(QRunnable.create(self._look))

    def close(self) -> None:
        """Wait for a search that is under way."""
        self._pool.waitForDone()

    def _look(self) -> None:
        try:
            output = self._make_output()
        except DeviceUnusable as error:
            self.failed.emit(error)
        else:
            self.found.emit(output)

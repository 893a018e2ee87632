"""Pictures of recordings, made in a worker and kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.model.clip import Asset
from app.model.ids import AssetId
from app.playback.peaks import Peaks
from app.playback.sound_library import SoundLibrary
from engine.errors import EngineError


class Waveforms(QObject):
    """Signals: ``ready(AssetId)`` when the peaks of a recording can be drawn."""

    ready = Signal(str)

    def __init__(self, library: SoundLibrary) -> None:
        super().__init__()
        self._library = library
        self._asked: set[AssetId] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)

    def use_library(self, library: SoundLibrary) -> None:
        """Another project was opened."""
        self._library = library
        self._asked.clear()

    def peaks_of(self, asset: Asset) -> Peaks | None:
        """The pyramid of a recording, or None while it is being built or cannot be read."""
        peaks = self._library.ready_peaks(asset)
        if peaks is None and asset.id not in self._asked:
            self._asked.add(asset.id)
            self._pool.start(_Build(self, self._library, asset))
        return peaks

    def close(self) -> None:
        """Wait for the picture in work."""
        self._pool.clear()
        self._pool.waitForDone()


class _Build(QRunnable):
    def __init__(self, waveforms: Waveforms, library: SoundLibrary, asset: Asset) -> None:
        super().__init__()
        self._waveforms = waveforms
        self._library = library
        self._asset = asset

    def run(self) -> None:
        """Build; a recording that is missing stays without a picture, the mixdown tells why."""
        try:
            self._library.peaks(self._asset)
        except EngineError:
            return
        self._waveforms.ready.emit(self._asset.id)

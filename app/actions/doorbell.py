"""How one window asks another to show itself: by a file in the project folder both know."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Signal, Slot

FILE_NAME = ".show"


def ring(folder: Path) -> bool:
    """Ask the window that has a project open to come forward; False on a read-only disk."""
    try:
        (folder / FILE_NAME).touch()
    except OSError:
        return False
    return True


class Doorbell(QObject):
    """Listens at the folder of the open project.

    Signals:
        rung(): another window was asked for this project; show this one.
    """

    rung = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._on_changed)

    def listen_at(self, folder: Path) -> None:
        """Listen there, and nowhere else, from now on."""
        (folder / FILE_NAME).unlink(missing_ok=True)
        self.close()
        self._watcher.addPath(str(folder))

    def close(self) -> None:
        """Listen no more."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    @Slot(str)
    def _on_changed(self, folder: str) -> None:
        bell = Path(folder) / FILE_NAME
        if bell.exists():
            bell.unlink(missing_ok=True)
            self.rung.emit()

"""One window per project: a lock the system gives back when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.storage.errors import ProjectInUse

FILE_NAME = ".lock"


class ProjectLock:
    """Held from creation to ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of a project folder; raises ``ProjectInUse``, or OSError (read-only)."""
        self._handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise ProjectInUse(folder) from error

    def release(self) -> None:
        """Let others open the project; releasing twice does nothing."""
        if self._handle >= 0:
            os.close(self._handle)  # closing the file drops the lock
            self._handle = -1


def is_locked(folder: Path) -> bool:
    """Whether a running window holds the project."""
    if not (folder / FILE_NAME).exists():
        return False
    try:
        lock = ProjectLock(folder)
    except ProjectInUse:
        return True
    except OSError:
        return False
    lock.release()
    return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

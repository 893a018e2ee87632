"""Where unsaved projects live, even where the usual place cannot be written."""

from __future__ import annotations

import tempfile
from pathlib import Path

PREFIX = "inlay-"


def usable_state_folder(wanted: Path) -> Path:
    """``wanted`` where it can be written; else a new folder among the temporary files, which
    lasts at least as long as the machine runs."""
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted):
            return wanted
    except OSError:
        return Path(tempfile.mkdtemp(prefix=PREFIX))

"""Whether a window can be opened here."""

from __future__ import annotations

import os
import subprocess
import sys

SLOWEST_START_S = 20.0
_OPEN_AND_CLOSE = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def missing_display() -> str | None:
    """Why there can be no window, by a look at the environment alone, or None."""
    is_told_otherwise = bool(os.environ.get("QT_QPA_PLATFORM"))
    has_display = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not (has_display or is_told_otherwise):
        return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    return None


def display_problem() -> str | None:
    """Why no window can be opened, by trying to, or None where one can; takes a moment.

    Qt ends the whole process where it cannot reach a display, so a child process tries.
    """
    if (missing := missing_display()) is not None:
        return missing
    try:
        trial = subprocess.run(
            [sys.executable, "-c", _OPEN_AND_CLOSE],
            capture_output=True,
            text=True,
            timeout=SLOWEST_START_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "The display does not answer."
    if trial.returncode == 0:
        return None
    reasons = [line.strip() for line in trial.stderr.splitlines() if line.strip()]
    return f"Qt cannot open a window: {reasons[0] if reasons else 'it gives no reason'}"

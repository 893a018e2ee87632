"""Paint the pictures of the README with the studio itself: ``make pictures``.

Needs no display; the demo project is opened as a copy in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.resources import DEMO_PROJECT
from app.settings import SettingsFile
from app.ui.stylesheet import dress
from engine.tone_backend import ToneBackend

PICTURES = Path(__file__).parent / "pictures"
WIDTH, HEIGHT = 1280, 800
SETTLING_MS = 3_000
"""Waveforms and lane sounds are prepared in threads; then nothing moves any more."""


def main() -> int:
    """Write ``studio.png``; returns the exit status."""
    app = QApplication(sys.argv[:1])
    dress(app)
    with tempfile.TemporaryDirectory() as state:
        settings = SettingsFile(Path(state) / "studio.ini")
        settings.change(has_seen_first_steps=True)
        studio = Application(Path(state), settings, ToneBackend)
        studio.window.resize(WIDTH, HEIGHT)
        studio.window.show()
        studio.open_first(DEMO_PROJECT)

        def take_picture() -> None:
            PICTURES.mkdir(exist_ok=True)
            studio.window.grab().save(str(PICTURES / "studio.png"))
            studio.window.close()
            app.quit()

        QTimer.singleShot(SETTLING_MS, take_picture)
        status = app.exec()
        studio.close()
    return status


if __name__ == "__main__":
    sys.exit(main())

"""Shows the studio and stays until its window is closed."""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.process import set_up_process
from app.settings import SettingsFile
from app.ui import theme
from app.ui.stylesheet import dress


def run_studio(project: Path | None) -> int:
    """Open the window and stay until it is closed; returns the exit status."""
    set_up_process()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Inlay")
    app.setQuitOnLastWindowClosed(True)
    settings = SettingsFile(platformdirs.user_config_path("inlay") / "studio.ini")
    theme.choose(
        settings.current.theme if settings.current.theme in theme.PALETTES else "dark",
        settings.current.font_scale,
    )
    dress(app)
    studio = Application(platformdirs.user_state_path("inlay"), settings)
    studio.faults.install()
    space_rule = studio.space_rule()
    app.installEventFilter(space_rule)
    studio.window.shown.connect(lambda: studio.start(project))
    studio.window.show()
    status = app.exec()
    app.removeEventFilter(space_rule)
    return status

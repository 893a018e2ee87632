from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from app.application import Application
from app.settings import SettingsFile
from app.ui.stylesheet import dress

app = QApplication([])
dress(app)
folder = Path(sys.argv[1])
studio = Application(folder, SettingsFile(folder / "studio.ini"))
studio.window.show()
for _ in range(20):
    app.processEvents()
heavy = ("torch", "torchaudio", "transformers", "scipy", "pyqtgraph", "librosa", "sounddevice")
print("loaded:", *(name for name in heavy if name in sys.modules))
studio.window.close()
"""


def test_the_first_window_comes_without_any_heavy_library(tmp_path: object) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "loaded:"

"""One studio, opened and worked with by a script, that reports how it felt; a process of its own.

``main`` with the arguments ``STARTED_AT PART`` prints one JSON object. The parts are ``play`` (or
``tones``, without a model): music is generated, played and edited; ``files``: large files come in
and go out; ``view``: an hour of music on twenty lanes is scrolled and zoomed. The first two tell
how many seconds after ``STARTED_AT`` (Unix time) the window was shown, which heavy libraries were
loaded by then, and for how long the window did not answer.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.application import Application
from app.cli.large_view import measure_frames
from app.cli.studio_files import FileScript, write_large_files
from app.cli.stutter import Stutter
from app.model.lead_sheet import read_lead_sheet
from app.process import set_up_process
from app.settings import SettingsFile
from app.ui.stylesheet import dress
from engine.host import HostedBackend, make_torch_backend
from engine.timebase import Meter, Span, Ticks
from engine.tone_backend import ToneBackend

HEAVY = ("torch", "transformers", "scipy", "pyqtgraph", "matplotlib", "huggingface_hub")
EDIT_EVERY_MS = 60
AFTERWARDS_MS = 2_000
LONGEST_S = 300
N_BARS = 4


class Script:
    """Writes chords and drums, generates, plays and goes on editing until the take is there."""

    def __init__(self, studio: Application, ended: Callable[[bool], None]) -> None:
        self._studio = studio
        self._ended = ended
        self._edits = QTimer(interval=EDIT_EVERY_MS)
        self._edits.timeout.connect(self._edit)
        self._first = list(self._first_edits())
        self._n_edits = 0
        self._is_ending = False
        studio.queue.finished.connect(lambda _job, _take: self._end_soon(True))
        studio.queue.failed.connect(lambda _job: self._end_soon(False))

    def start(self) -> None:
        """Begin; each edit is an event of its own, as a hand would make it."""
        self._edits.start()

    def _first_edits(self) -> tuple[Callable[[], object], ...]:
        """Draw, generate, play."""
        studio, meter = self._studio.studio, Meter()
        chords = read_lead_sheet("Am F C G").blocks(meter)
        bars = Span(Ticks(0), Ticks(N_BARS * meter.bar_ticks))
        return (
            lambda: studio.arrange.chords.place(chords),
            lambda: studio.arrange.drums.paint_pattern("backbeat", bars),
            lambda: studio.prompt.set_length(N_BARS),
            studio.generate.run,
            studio.playback.play,
        )

    def _edit(self) -> None:
        """The next edit: in the end one stroke more or less, and now and then an undo."""
        self._n_edits += 1
        if self._first:
            self._first.pop(0)()
        elif self._n_edits % 10 == 0:
            self._studio.document.undo()
        else:
            time_of_step = Ticks(self._n_edits % 64 * 240)
            self._studio.studio.arrange.drums.toggle(time_of_step, 42)

    def _end_soon(self, is_good: bool) -> None:
        if self._is_ending:  # what is heard in the take is judged by a second job
            return
        self._is_ending = True
        QTimer.singleShot(AFTERWARDS_MS, lambda: self._ended(is_good))


def main() -> int:
    """Open, work, report; returns the exit status."""
    started_at, part = float(sys.argv[1]), sys.argv[2]
    set_up_process()
    app = QApplication(sys.argv[:1])
    dress(app)
    with tempfile.TemporaryDirectory() as folder:
        if part == "view":
            report = measure_frames(app)
        else:
            report = _work_in_studio(app, Path(folder), part, started_at)
    sys.stdout.write(json.dumps(report) + "\n")
    return 0


def _work_in_studio(
    app: QApplication, folder: Path, part: str, started_at: float
) -> dict[str, object]:
    report: dict[str, object] = {}
    files = write_large_files(folder) if part == "files" else None
    settings = SettingsFile(folder / "studio.ini")
    make_engine = make_torch_backend if part == "play" else ToneBackend
    studio = Application(folder, settings, lambda: HostedBackend(make_engine))
    space_rule = studio.space_rule()
    app.installEventFilter(space_rule)
    stutter = Stutter()

    def end(found: dict[str, object]) -> None:
        report.update(found)
        stutter.close()
        app.exit()  # unlike quit, asks no window whether it may close

    script: Script | FileScript
    if files is None:
        script = Script(studio, lambda is_good: end({"take_arrived": is_good, **stutter.summary()}))
    else:
        script = FileScript(studio, folder, files, stutter, end)

    def on_shown() -> None:
        report["window_shown_s"] = round(time.time() - started_at, 3)
        report["heavy_libraries_loaded"] = [name for name in HEAVY if name in sys.modules]
        studio.start(None)
        stutter.start()
        script.start()

    studio.window.shown.connect(on_shown)
    studio.window.show()
    QTimer.singleShot(LONGEST_S * 1000, lambda: end({"timed_out": True}))
    app.exec()
    studio.close()
    return report

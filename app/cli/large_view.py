"""Twenty lanes of an hour of music, scrolled and zoomed frame by frame: what a frame costs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.actions.arrange import Arrange
from app.cli.large_song import LENGTH_S, large_song, picture_of_an_hour
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.clip import Asset
from app.model.lane import LaneId
from app.playback.peaks import Peaks, build_peaks
from app.ui.lanes.audio_lane import AudioLaneCanvas
from app.ui.lanes.lane_header import LaneHeader
from app.ui.timeline.lane_row import LaneRow
from app.ui.timeline.view import TimelineView
from engine.timebase import Ticks

SIZE = (1920, 1080)
N_LANES = 20
LANE_PX = 48
N_FRAMES = 240
FRAME_MS = 16.0


class HourOfSound(QObject):
    """One picture for every recording."""

    ready = Signal(str)

    def __init__(self, recording: Asset) -> None:
        super().__init__()
        noise = np.random.default_rng(1).normal(0, 0.2, recording.n_samples).astype(np.float32)
        swell = np.abs(np.sin(np.arange(recording.n_samples, dtype=np.float32) / 20_000))
        self._peaks = build_peaks((noise * swell)[np.newaxis], recording.sample_rate_hz)

    def peaks_of(self, _asset: Asset) -> Peaks | None:
        """The picture."""
        return self._peaks


class LargeView(QWidget):
    """A timeline whose audio lane stands there once more for each lane that is missing."""

    def __init__(self) -> None:
        super().__init__()
        recording = picture_of_an_hour()
        self.document = ProjectDocument(large_song(recording))
        self.workspace = Workspace()
        self.arrange = Arrange(self.document, self.workspace)
        self.sound = HourOfSound(recording)
        self.timeline = TimelineView(self.document, self.workspace, self.arrange, self.sound)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        n_own = len(self.timeline.canvases)
        self.timeline.setFixedHeight(SIZE[1] - (N_LANES - n_own) * (LANE_PX // 2 + 1))
        column.addWidget(self.timeline)
        for _ in range(N_LANES - n_own):
            header = LaneHeader(LaneId.AUDIO, self.timeline.stage)
            canvas = AudioLaneCanvas(self.timeline.stage)
            row = LaneRow(header, canvas, LANE_PX, is_resizable=False)
            row.setFixedHeight(LANE_PX // 2 + 1)
            column.addWidget(row)
        self.resize(*SIZE)


def measure_frames(app: QApplication) -> dict[str, object]:
    """CPU milliseconds of the main thread per frame, for each way of moving about."""
    view = LargeView()
    view.show()
    axis, workspace = view.timeline.axis, view.workspace
    axis.restore(24.0, 0.0)
    middle = view.timeline.stage.whole_song.end // 2

    def moves() -> Iterator[tuple[str, Callable[[int], object]]]:
        yield "pan", lambda _n: axis.scroll_by(24)
        yield "pan_fast", lambda n: axis.scroll_by(500 if n % 60 < 50 else -2400)
        yield "zoom", lambda n: axis.zoom_at(1.04 if n // 60 % 2 == 0 else 1 / 1.04, 700)
        axis.restore(2.0, 0.0)
        yield "pan_far_out", lambda _n: axis.scroll_by(12)
        yield "zoom_far_out", lambda n: axis.zoom_at(1.04 if n // 30 % 2 == 0 else 1 / 1.04, 700)
        axis.restore(48.0, middle)
        yield "playhead", lambda n: workspace.set_playhead(Ticks(middle + n * 30))
        yield "edit", lambda n: view.arrange.drums.toggle(Ticks(middle + n % 64 * 240), 46)

    frames = {name: _frames(app, move) for name, move in moves()}
    view.close()
    return {
        "minutes_of_music": LENGTH_S / 60,
        "lanes": N_LANES,
        "notes": len(view.document.project.notes.notes),
        "drum_strokes": len(view.document.project.drums.hits),
        "size": list(SIZE),
        "frame_cpu_ms": frames,
    }


def _frames(app: QApplication, move: Callable[[int], object]) -> dict[str, float | int]:
    _settle(app)
    costs = []
    for n in range(N_FRAMES):
        before = time.thread_time()
        move(n)
        app.processEvents()
        costs.append(1000 * (time.thread_time() - before))
    _settle(app)
    costs.sort()
    return {
        "median": round(statistics.median(costs), 2),
        "p99": round(costs[int(0.99 * len(costs))], 2),
        "longest": round(costs[-1], 2),
        "frames_over_16_ms": sum(cost > FRAME_MS for cost in costs),
    }


def _settle(app: QApplication) -> None:
    for _ in range(5):
        app.processEvents()

"""Where samples go: a sound device, or a silent clock where there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer

from app.playback.mixdown import Stereo
from engine.errors import DeviceUnusable

Fill = Callable[[Stereo], None]
"""Writes the next block ``[n, 2]`` in place."""

LATENCY_S = 0.1
SILENT_RATE_HZ = 48_000
_DEAD_AFTER_S = 2.0


class AudioOutput(Protocol):
    """Pulls blocks at its own pace from ``start`` to ``close``."""

    name: str
    sample_rate_hz: int
    latency_s: float
    n_underflows: int

    def start(self, fill: Fill) -> None:
        """Begin to pull blocks."""

    def is_alive(self) -> bool:
        """Whether blocks are still being pulled."""

    def close(self) -> None:
        """Stop pulling; no block is asked for afterwards."""


class ClockOutput(QObject):
    """No device: time passes and nothing is heard, so that everything else works."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__()
        self.name = "No sound device"
        self.sample_rate_hz = SILENT_RATE_HZ
        self.latency_s = 0.0
        self.n_underflows = 0
        self._clock = clock
        self._fill: Fill | None = None
        self._began = 0.0
        self._n_pulled = 0
        self._block = np.zeros((SILENT_RATE_HZ // 4, 2), np.float32)
        self._timer = QTimer(self, interval=10)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.pull)

    def start(self, fill: Fill) -> None:
        """Begin to pull blocks as time passes."""
        self._fill, self._began, self._n_pulled = fill, self._clock(), 0
        self._timer.start()

    def pull(self) -> None:
        """Pull what the clock asks for; after a long pause (sleep) time is not made up."""
        if self._fill is None:
            return
        n_due = round((self._clock() - self._began) * self.sample_rate_hz) - self._n_pulled
        if n_due > len(self._block):
            self._began += (n_due - len(self._block)) / self.sample_rate_hz
            n_due = len(self._block)
        if n_due > 0:
            self._fill(self._block[:n_due])
            self._n_pulled += n_due

    def is_alive(self) -> bool:
        """A clock does not stop."""
        return True

    def close(self) -> None:
        """Stop the clock."""
        self._timer.stop()
        self._fill = None


class DeviceOutput:
    """The default output of the system, through PortAudio. Make and start it in a worker.

    Raises ``DeviceUnusable`` where there is none.
    """

    def __init__(self) -> None:
        # Loading PortAudio lists every device of the machine: never before the window is shown.
        try:
            import sounddevice
        except OSError as error:
            raise DeviceUnusable(
                "Sound cannot be played: the PortAudio library is missing.",
                "On Debian and Ubuntu: apt install libportaudio2.",
            ) from error
        try:
            device = sounddevice.query_devices(kind="output")
        except (sounddevice.PortAudioError, ValueError) as error:
            raise _no_device() from error
        self._audio: Any = sounddevice
        self._stream: Any = None
        self._last_beat = time.monotonic()
        self.name = str(device["name"])
        self.sample_rate_hz = int(device["default_samplerate"])
        self.latency_s = LATENCY_S
        self.n_underflows = 0

    def start(self, fill: Fill) -> None:
        """Open the stream; the device then pulls from its own thread."""

        def callback(out: Stereo, _n_frames: int, _time: object, status: Any) -> None:
            if status.output_underflow:
                self.n_underflows += 1
            self._last_beat = time.monotonic()
            fill(out)

        try:
            self._stream = self._audio.OutputStream(
                samplerate=self.sample_rate_hz,
                channels=2,
                dtype="float32",
                latency=LATENCY_S,
                callback=callback,
            )
            self._stream.start()
        except self._audio.PortAudioError as error:
            raise _no_device() from error
        self.latency_s = float(self._stream.latency)

    def is_alive(self) -> bool:
        """Whether the device has pulled a block lately."""
        return time.monotonic() - self._last_beat < _DEAD_AFTER_S

    def close(self) -> None:
        """Close the stream."""
        if self._stream is not None:
            self._stream.abort()
            self._stream.close()
            self._stream = None


def _no_device() -> DeviceUnusable:
    return DeviceUnusable(
        "No sound device was found. Everything works, but nothing is heard.",
        "Connect one and choose Play > Find sound device.",
    )

"""A long recording and a large MIDI file brought in, saved, opened and exported, by a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QTimer

from app.actions.export import ExportChoices
from app.application import Application
from app.cli.large_song import large_lanes
from app.cli.stutter import Stutter
from app.interchange.midi_out import write_midi
from engine.audio.files import write_audio
from engine.requests import Audio
from engine.timebase import Ticks

RECORDING_S = 600
RECORDING_RATE_HZ = 48_000
LOOK_EVERY_MS = 20
EDIT_EVERY_MS = 60
SETTLE_S = 1.0

Step = tuple[str, Callable[[], object], Callable[[], bool]]
"""Its name, what begins it, and whether it is over."""


def write_large_files(folder: Path, recording_s: int = RECORDING_S) -> tuple[Path, Path]:
    """A stereo recording, and the lanes of an hour of music as MIDI."""
    recording, midi = folder / "recording.wav", folder / "lanes.mid"
    sound = np.random.default_rng(2).normal(0, 0.1, (2, recording_s * RECORDING_RATE_HZ))
    write_audio(recording, Audio(sound.astype(np.float32), RECORDING_RATE_HZ), "PCM_16")
    midi.write_bytes(write_midi(large_lanes()))
    return recording, midi


class FileScript:
    """Does one thing after the other, edits meanwhile, and reports each on its own."""

    def __init__(
        self,
        studio: Application,
        folder: Path,
        files: tuple[Path, Path],
        stutter: Stutter,
        ended: Callable[[dict[str, object]], None],
    ) -> None:
        self._studio = studio
        self._folder = folder
        self._stutter = stutter
        self._ended = ended
        self._report: dict[str, object] = {}
        self._is_exported = False
        studio.studio.export.finished.connect(self._on_exported)
        self._steps = self._all_steps(*files)
        self._name = ""
        self._is_over: Callable[[], bool] = lambda: True
        self._quiet_looks = 0
        self._n_edits = 0
        self._look = QTimer(interval=LOOK_EVERY_MS)
        self._look.timeout.connect(self._on_look)
        self._edits = QTimer(interval=EDIT_EVERY_MS)
        self._edits.timeout.connect(self._edit)

    def start(self) -> None:
        """Begin with the first step."""
        self._next()
        self._look.start()
        self._edits.start()

    def _all_steps(self, recording: Path, midi: Path) -> Iterator[Step]:
        studio, document = self._studio, self._studio.document
        imports, saved = studio.studio.imports, self._folder / "Large.inlay"

        def open_saved() -> None:
            document.mark_saved()  # or it would ask
            studio.files.open_path(saved)

        def is_drawn() -> bool:
            found = [
                clip.asset
                for clip in document.project.audio.clips
                if clip.asset.n_samples == RECORDING_S * RECORDING_RATE_HZ
            ]
            return bool(found) and studio.waveforms.peaks_of(found[0]) is not None

        yield "import_recording", lambda: imports.import_audio(recording, Ticks(0)), is_drawn
        yield "import_midi", lambda: imports.import_midi(midi, Ticks(0)), self._has_notes
        yield "save", lambda: studio.files.save_to(saved), saved.exists
        yield "open", open_saved, is_drawn
        target, choices = self._folder / "mix.wav", ExportChoices()
        yield (
            "export",
            lambda: studio.studio.export.export(target, choices),
            lambda: self._is_exported,
        )

    def _has_notes(self) -> bool:
        return len(self._studio.document.project.notes.notes) > 0

    def _on_exported(self, _paths: object) -> None:
        self._is_exported = True

    def _next(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._look.stop()
            self._edits.stop()
            self._ended(self._report)
            return
        self._name, begin, self._is_over = step
        self._quiet_looks = 0
        self._stutter.clear()
        begin()

    def _on_look(self) -> None:
        if self._name and self._is_over():
            self._quiet_looks += 1
            if self._quiet_looks * LOOK_EVERY_MS >= 1000 * SETTLE_S:
                self._report[self._name] = self._stutter.summary()
                self._name = ""
                self._next()

    def _edit(self) -> None:
        """A step more or less on the drum lane, whatever else goes on."""
        self._n_edits += 1
        time = Ticks(self._n_edits % 64 * 240)
        self._studio.studio.arrange.drums.toggle(time, 42)

"""Writing sound and MIDI files, beside the work and without stopping it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.clip import AudioLane
from app.model.lane import LaneId
from app.model.project import Mix, Project
from app.model.take import Take, TakeGroup
from app.playback.bounce import Bounce, Sketches, bounce, write_bounce
from app.playback.playback import Playback
from app.playback.sound_library import SoundLibrary
from engine.errors import EngineError
from engine.timebase import Seconds, Span, Ticks


class Part(StrEnum):
    """Which stretch of the song; the value is what is shown."""

    SONG = "Whole song"
    SELECTION = "Selection"
    LOOP = "Loop"


class Content(StrEnum):
    """What is written; the value is what is shown."""

    MIX = "Mix"
    LANES = "One file per lane"
    MIDI = "MIDI (chords, drums, notes)"


@dataclass(frozen=True, slots=True)
class ExportChoices:
    """What the export dialog asks. ``bits`` is 16, 24 or 32 (float) and counts for WAV alone."""

    content: Content = Content.MIX
    part: Part = Part.SONG
    extension: str = "wav"
    sample_rate_hz: int = 32_000
    bits: int = 24
    is_normalised: bool = False
    tail: Seconds = Seconds(0.0)


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    wanted: Bounce


@dataclass(frozen=True, slots=True)
class _Work:
    """One export: all that the thread needs, as it was when the button was pressed."""

    project: Project
    library: SoundLibrary
    sketches: Sketches
    files: tuple[_File, ...]


class ExportActions(QObject):
    """Exports run one after the other in a thread of their own.

    Signals:
        progressed(str): one line for the status bar.
        finished(tuple[Path, ...]): the files that were written.
        failed(EngineError): why none, or not all, were.
    """

    progressed = Signal(str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        sound: Playback,
        tell: Tell,
        write_midi: Callable[[Path, Project], None],
        show_in_folder: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self._document = document
        self._workspace = workspace
        self._sound = sound
        self._tell = tell
        self._write_midi = write_midi
        self._show_in_folder = show_in_folder
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.finished.connect(self._on_finished)
        self.failed.connect(self._on_failed)

    def parts(self) -> tuple[Part, ...]:
        """Which stretches can be exported now."""
        parts = [Part.SONG]
        if self._workspace.selection.span is not None:
            parts.append(Part.SELECTION)
        if self._workspace.loop is not None:
            parts.append(Part.LOOP)
        return tuple(parts)

    def span_of(self, part: Part) -> Span[Ticks] | None:
        """When a part begins and ends; None where there is nothing."""
        if part is Part.SELECTION:
            return self._workspace.selection.span
        if part is Part.LOOP:
            return self._workspace.loop
        end = self._document.project.end
        return Span(Ticks(0), end) if end > 0 else None

    def export(self, path: Path, choices: ExportChoices) -> None:
        """Write to ``path``; for lanes its stem is the beginning of each file's name."""
        project, span = self._document.project, self.span_of(choices.part)
        if span is None:
            self._tell(Notice("export", "The project is empty: there is nothing to export."))
            return
        if choices.content is Content.MIDI:
            self._export_midi(path.with_suffix(".mid"))
            return
        encoding = _encoding(choices)
        lanes: tuple[LaneId | None, ...] = (None,)
        if choices.content is Content.LANES:
            lanes = tuple(lane for lane in LaneId if self._has_sound(lane))
        files = tuple(
            _File(
                _named(path, lane, choices.extension),
                Bounce(
                    span,
                    choices.sample_rate_hz,
                    encoding,
                    lane,
                    choices.tail,
                    choices.is_normalised,
                ),
            )
            for lane in lanes
        )
        self._start(_Work(project, self._sound.library, self._sound.sketches, files))

    def write_take(self, path: Path, take: Take, group: TakeGroup) -> bool:
        """Write one take's region at once, at its own rate; False where that failed (told)."""
        project = self._document.project
        clip = take.clip(group.region, project.tempo)
        wanted = Bounce(group.region, take.asset.sample_rate_hz, lane=LaneId.AUDIO)
        alone = replace(project, audio=AudioLane((clip,)), mix=Mix())
        try:
            sound = bounce(alone, self._sound.library, {}, wanted)
            if sound is not None:
                write_bounce(path, sound, wanted)
        except EngineError as error:
            self._tell(notice_of("export", error))
            return False
        return True

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._pool.activeThreadCount() > 0

    def close(self) -> None:
        """Wait for the file in work; those waiting are dropped."""
        self._pool.clear()
        self._pool.waitForDone()

    def _export_midi(self, path: Path) -> None:
        try:
            self._write_midi(path, self._document.project)
        except EngineError as error:
            self.failed.emit(error)
        else:
            self.finished.emit((path,))

    def _has_sound(self, lane: LaneId) -> bool:
        if lane is LaneId.AUDIO:
            return bool(self._document.project.audio.clips)
        return lane in self._sound.sketches

    def _start(self, work: _Work) -> None:
        self.progressed.emit("Exporting …")
        self._pool.start(_Export(self, work))

    @Slot(object)
    def _on_finished(self, paths: tuple[Path, ...]) -> None:
        names = ", ".join(path.name for path in paths)
        self.progressed.emit(f"Exported {names}")
        self._tell(
            Notice(
                "export",
                f"Exported {names}.",
                tone=Tone.INFO,
                choices=(("Show in folder", lambda: self._show_in_folder(paths[0].parent)),),
            )
        )

    @Slot(object)
    def _on_failed(self, error: EngineError) -> None:
        self.progressed.emit("Export failed")
        self._tell(notice_of("export", error))


class _Export(QRunnable):
    def __init__(self, actions: ExportActions, work: _Work) -> None:
        super().__init__()
        self._actions = actions
        self._work = work

    def run(self) -> None:
        """Write every file; a failure ends the export and leaves what was whole."""
        work = self._work
        try:
            for file in work.files:
                sound = bounce(
                    work.project,
                    work.library,
                    work.sketches,
                    file.wanted,
                    self._tell_progress(file),
                )
                if sound is not None:
                    write_bounce(file.path, sound, file.wanted)
        except EngineError as error:
            self._actions.failed.emit(error)
        else:
            self._actions.finished.emit(tuple(file.path for file in work.files))

    def _tell_progress(self, file: _File) -> Callable[[int, int], bool]:
        def tell(done: int, total: int) -> bool:
            self._actions.progressed.emit(f"Exporting {file.path.name} {done}/{total}")
            return True

        return tell


def file_stem(project: Project, part: str) -> str:
    """``Song_mix_96bpm_Amin``: project, part, tempo and key, safe as a file name."""
    key = project.key.replace(":", "")
    name = f"{project.title}_{part}_{project.tempo.tempo_bpm:g}bpm_{key}"
    return "".join(letter if letter.isalnum() or letter in "-_.#" else "-" for letter in name)


def _named(path: Path, lane: LaneId | None, extension: str) -> Path:
    stem = path.stem if lane is None else f"{path.stem}_{lane.value}"
    return path.with_name(f"{stem}.{extension}")


def _encoding(choices: ExportChoices) -> str | None:
    if choices.extension not in ("wav", "flac"):
        return None
    if choices.bits == 32 and choices.extension == "wav":
        return "FLOAT"
    return "PCM_16" if choices.bits == 16 else "PCM_24"

"""Bringing files in: sound as a clip, MIDI as notes and strokes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.actions.awaited import awaited
from app.actions.midi_plan import MidiPlan, edits_of, propose
from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.interchange.midi_in import MidiSong
from app.model.clip import Asset, Clip
from app.model.edits.clips import AddClips
from app.model.ids import ClipId, ProjectId, new_id
from engine.errors import EngineError
from engine.timebase import Ticks

AUDIO_ENDINGS = (".wav", ".flac", ".aif", ".aiff", ".mp3", ".ogg")
MIDI_ENDINGS = (".mid", ".midi")

Store = Callable[[Path], Asset]
"""Decodes a sound file and puts it into the pool of the open project."""


class ImportActions(QObject):
    """Sound is decoded in a thread; what arrives is one undo step."""

    _stored = Signal(object, object, object, object)
    _failed = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        store_of_project: Callable[[], Store],
        read_midi: Callable[[Path], MidiSong],
        tell: Tell,
    ) -> None:
        super().__init__()
        self._document = document
        self._workspace = workspace
        self._store_of_project = store_of_project
        self._read_midi = read_midi
        self._tell = tell
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._stored.connect(self._on_stored)
        self._failed.connect(self._on_failed)

    def import_file(self, path: Path, position: Ticks | None = None) -> bool:
        """Import a sound or MIDI file by its ending; False where it is neither."""
        ending = path.suffix.lower()
        if ending in AUDIO_ENDINGS:
            self.import_audio(path, position)
        elif ending in MIDI_ENDINGS:
            self.import_midi(path, position)
        else:
            return False
        return True

    def import_audio(self, path: Path, position: Ticks | None = None) -> None:
        """Lay a sound on the audio lane, at the start marker unless told where."""
        position = self._workspace.start_marker if position is None else position
        store, project_id = self._store_of_project(), self._document.project.id

        def work() -> None:
            try:
                asset = store(path)
            except EngineError as error:
                self._failed.emit(error)
            else:
                self._stored.emit(project_id, path.stem, asset, position)

        self._pool.start(QRunnable.create(work))

    def import_midi(self, path: Path, position: Ticks | None = None) -> None:
        """Lay a file's tracks on the lanes they seem made for, from the start marker on."""
        position = self._workspace.start_marker if position is None else position
        song = self.read_song(path)
        if song is None:
            return
        self.place_song(song, propose(song), path.name, position)

    def read_song(self, path: Path) -> MidiSong | None:
        """What a MIDI file holds; what cannot be read is told, and gives None."""
        try:
            return awaited(lambda: self._read_midi(path))
        except EngineError as error:
            self._on_failed(error)
            return None

    def place_song(self, song: MidiSong, plan: MidiPlan, name: str, position: Ticks) -> None:
        """Lay the chosen tracks on their lanes from a position on, as one undo step."""
        project = self._document.project
        edits = awaited(lambda: edits_of(song, plan, project, position))
        with self._document.gesture(f"Import {name}"):
            for edit in edits:
                self._document.apply(edit)
        tempo = song.tempo_bpm
        is_left = tempo is not None and not plan.takes_tempo
        words = f"The file's tempo is {tempo:g} BPM. " if is_left else ""
        self._tell(
            Notice(
                "import",
                f"Imported {plan.count(song)} from “{name}”.",
                f"{words}{song.note}".strip(),
                Tone.INFO,
            )
        )

    def close(self) -> None:
        """Wait for the file in work."""
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, object, object, object)
    def _on_stored(self, project_id: ProjectId, name: str, asset: Asset, position: Ticks) -> None:
        if project_id != self._document.project.id:
            return
        clip = Clip(ClipId(new_id()), asset, position, asset.n_samples, name=name)
        self._document.apply(AddClips((clip,), f"Import {name}"))

    @Slot(object)
    def _on_failed(self, error: EngineError) -> None:
        self._tell(notice_of("import", error))

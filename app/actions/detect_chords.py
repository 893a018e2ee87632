"""Finding the chords of what is there already: in the notes at once, in the audio by a job."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.jobs.detect_chords import Detection, submit_detection
from app.jobs.job import Job
from app.jobs.queue import JobQueue
from app.model.chord_detection import detect_chords
from app.model.lane import LaneId
from app.model.note import Note
from app.storage.audio_pool import AudioPool
from engine.errors import EngineError


class ChordDetection(QObject):
    """What is found is offered, not placed: ``found(blocks)`` shows it as ghosts.

    A job that fails is told like any other by whoever listens to the queue.
    """

    found = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        queue: JobQueue,
        pool: Callable[[], AudioPool],
        tell: Tell,
    ) -> None:
        super().__init__()
        self._document = document
        self._workspace = workspace
        self._queue = queue
        self._pool = pool
        self._tell = tell
        queue.finished.connect(self._on_finished)

    def detect(self, lane: LaneId) -> None:
        """Look in the notes, or listen to the audio lane; in the selected range if there is one."""
        if lane is LaneId.AUDIO:
            self._listen()
            return
        project, selection = self._document.project, self._workspace.selection
        chosen = tuple(item for item in selection.items if isinstance(item, Note))
        if not chosen:
            notes = project.notes
            chosen = notes.notes if selection.span is None else notes.within(selection.span)
        german_names = project.chords.has_german_names
        self._offer(detect_chords(chosen, project.tempo.meter, project.key, german_names))

    def _listen(self) -> None:
        within = self._workspace.selection.span
        try:
            submit_detection(self._queue, self._document.project, within, self._pool().read)
        except EngineError as error:
            self._tell(notice_of("chords", error))

    def _offer(self, blocks: object) -> None:
        if not blocks:
            self._tell(Notice("chords", "No chords were found here.", tone=Tone.INFO))
        self.found.emit(blocks)

    @Slot(object, object)
    def _on_finished(self, job: Job, result: object) -> None:
        subject = job.subject
        if isinstance(subject, Detection) and subject.project_id == self._document.project.id:
            self._offer(result)

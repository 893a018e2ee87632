"""Joining what is selected into one: notes, chords, sections at once, clips by bouncing them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.actions.arrange import Arrange, clips_and_masks, sections_among
from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.model.chord_block import ChordBlock
from app.model.clip import Asset, Clip
from app.model.edits.clips import ReplaceClips
from app.model.ids import ClipId, ProjectId, new_id
from app.model.note import Note
from app.playback.joined_clips import join_clips
from app.storage.audio_pool import AudioPool
from engine.errors import EngineError


class JoinActions(QObject):
    """Clips keep gains and fades in what they become; it is rendered in a thread."""

    _bounced = Signal(object, object, object)
    _failed = Signal(object)

    def __init__(
        self,
        document: ProjectDocument,
        arrange: Arrange,
        pool: Callable[[], AudioPool],
        tell: Tell,
    ) -> None:
        super().__init__()
        self._document = document
        self._arrange = arrange
        self._pool_of_project = pool
        self._tell = tell
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._bounced.connect(self._on_bounced)
        self._failed.connect(self._on_failed)

    def join_selection(self) -> None:
        """Make one of the selected items; of a single one, or none, nothing is made."""
        items, project = self._arrange.selected(), self._document.project
        notes = [item for item in items if isinstance(item, Note)]
        blocks = [item for item in items if isinstance(item, ChordBlock)]
        sections = sections_among(items, project)
        clips = clips_and_masks(items, project)[0]
        if len(notes) > 1:
            self._arrange.notes.join(notes)
        elif len(blocks) > 1:
            self._arrange.chords.join(blocks)
        elif len(sections) > 1:
            self._arrange.sections.join(sections)
        elif len(clips) > 1:
            self._join_clips(clips)
        else:
            self._tell(Notice("join", "Select two or more things to join.", tone=Tone.INFO))

    def close(self) -> None:
        """Wait for the clips in work."""
        self._threads.waitForDone()

    def _join_clips(self, ids: frozenset[ClipId]) -> None:
        project, pool = self._document.project, self._pool_of_project()
        clips = tuple(clip for clip in project.audio.clips if clip.id in ids)

        def work() -> None:
            try:
                asset = pool.add(join_clips(project, clips, pool.read))
            except EngineError as error:
                self._failed.emit(error)
            else:
                self._bounced.emit(project.id, clips, asset)

        self._threads.start(QRunnable.create(work))

    @Slot(object, object, object)
    def _on_bounced(self, project_id: ProjectId, clips: tuple[Clip, ...], asset: Asset) -> None:
        project = self._document.project
        if project_id != project.id or not set(clips) <= set(project.audio.clips):
            return  # what was to be joined has changed meanwhile
        position = min(clip.position for clip in clips)
        name = clips[0].name or "Joined"
        joined = Clip(ClipId(new_id()), asset, position, asset.n_samples, name=name)
        ids = frozenset(clip.id for clip in clips)
        self._document.apply(ReplaceClips(ids, joined, f"Join {len(clips)} clips"))
        self._arrange.select(frozenset((joined.id,)))

    @Slot(object)
    def _on_failed(self, error: EngineError) -> None:
        self._tell(notice_of("join", error))

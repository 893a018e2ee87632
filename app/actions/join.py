"""Joining what is selected into one: notes, chords, sections at once, clips by bouncing them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from app.actions.arrange import Arrange, clips_and_masks, sections_among
from app.actions.notice import Notice, Tell, Tone, notice_of
from app.document.document import ProjectDocument
from app.model.chord_block import ChordBlock
from app.model.clip import Asset, AudioLane, Clip
from app.model.edits.clips import ReplaceClips
from app.model.ids import ClipId, ProjectId, new_id
from app.model.note import Note
from app.model.project import Mix, Project
from app.playback.bounce import Bounce, bounce
from app.playback.sound_library import SoundLibrary
from app.storage.audio_pool import AudioPool
from engine.errors import EngineError
from engine.requests import Audio
from engine.timebase import Span


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
        plain = replace(project, audio=AudioLane(clips=clips), mix=Mix())

        def work() -> None:
            try:
                asset = pool.add(_rendered(plain, clips, pool))
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


def _rendered(project: Project, clips: tuple[Clip, ...], pool: AudioPool) -> Audio:
    """The clips as one sound, at the first one's rate; mono where all of them are."""
    rate = clips[0].asset.sample_rate_hz
    spans = [clip.span(project.tempo) for clip in clips]
    span = Span(min(span.start for span in spans), max(span.end for span in spans))
    sound = bounce(project, SoundLibrary(pool.read), {}, Bounce(span, rate))
    assert sound is not None  # nobody cancels it
    is_mono = all(clip.asset.n_channels == 1 for clip in clips)
    return Audio(np.ascontiguousarray(sound.T[: 1 if is_mono else 2]), rate)

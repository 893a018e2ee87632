"""What one can do with clips. Recordings are never touched: clips are windows onto them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.model.clip import Clip, carve_clips, cut_clip, shift_clips
from app.model.edits.edit import count
from app.model.ids import ClipId, new_id
from app.model.project import Project
from engine.timebase import Samples, Span, Ticks, seconds_of


@dataclass(frozen=True, slots=True)
class AddClips:
    """Put clips on the audio lane, as import, paste and duplicate do; ids must be new."""

    clips: tuple[Clip, ...]
    label: str = "Add clip"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Add the clips; raises ValueError where an id is taken."""
        return _with_clips(project, (*project.audio.clips, *self.clips))


@dataclass(frozen=True, slots=True)
class RemoveClips:
    """Take clips off the lane; their recordings stay in the pool."""

    clip_ids: frozenset[ClipId]
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the clips."""
        return f"Delete {count(len(self.clip_ids), 'clip')}"

    def apply(self, project: Project) -> Project:
        """Remove the clips; raises KeyError for an unknown one."""
        _require(project, self.clip_ids)
        return _with_clips(project, (c for c in project.audio.clips if c.id not in self.clip_ids))


@dataclass(frozen=True, slots=True)
class MoveClips:
    """Move clips together; none ends up before bar 1."""

    clip_ids: frozenset[ClipId]
    ticks: Ticks

    @property
    def label(self) -> str:
        """Counts the clips."""
        return f"Move {count(len(self.clip_ids), 'clip')}"

    @property
    def merge_key(self) -> object:
        """Nudging the same clips again is the same step."""
        return ("move clips", self.clip_ids)

    def apply(self, project: Project) -> Project:
        """Move; a move that would cross bar 1 stops there. Raises KeyError."""
        _require(project, self.clip_ids)
        moving = [clip for clip in project.audio.clips if clip.id in self.clip_ids]
        if not moving:
            return project
        ticks = Ticks(max(self.ticks, -min(clip.position for clip in moving)))
        moved = {clip.id: clip for clip in shift_clips(moving, project.tempo, ticks)}
        return _with_clips(project, (moved.get(c.id, c) for c in project.audio.clips))


@dataclass(frozen=True, slots=True)
class TrimClip:
    """Show another stretch of a clip's recording; what was cut away is kept and can return.

    ``span`` is where the clip sounds afterwards; it is limited by the recording's ends.
    """

    clip_id: ClipId
    span: Span[Ticks]
    label = "Trim clip"

    @property
    def merge_key(self) -> object:
        """Trimming one clip again is the same step."""
        return ("trim", self.clip_id)

    def apply(self, project: Project) -> Project:
        """Trim; raises KeyError for an unknown clip, ValueError where nothing would be left."""
        clip = project.audio.clip(self.clip_id)
        trimmed = cut_clip(_opened(clip, project), self.span, project.tempo)
        if trimmed is None:
            raise ValueError("nothing of the clip lies there")
        fade_in = min(clip.fade_in, trimmed.length)
        fade_out = min(clip.fade_out, trimmed.length - fade_in)
        return project.with_clip(
            replace(trimmed, fade_in=Samples(fade_in), fade_out=Samples(fade_out))
        )


@dataclass(frozen=True, slots=True)
class SplitClips:
    """Cut every clip, or only those named, at a position."""

    at: Ticks
    clip_ids: frozenset[ClipId] | None = None
    label = "Split clip"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Split what sounds at ``at``; the right part gets a new id."""
        clips: list[Clip] = []
        for clip in project.audio.clips:
            whole = clip.span(project.tempo)
            is_meant = self.clip_ids is None or clip.id in self.clip_ids
            left = right = None
            if is_meant and whole.start < self.at < whole.end:
                left = cut_clip(clip, Span(whole.start, self.at), project.tempo)
                right = cut_clip(clip, Span(self.at, Ticks(whole.end + 1)), project.tempo)
            if left is None or right is None:
                clips.append(clip)
            else:
                clips += [left, replace(right, id=ClipId(new_id()))]
        return _with_clips(project, clips)


@dataclass(frozen=True, slots=True)
class ReplaceClips:
    """Put one clip in the place of several, as joining and flattening do."""

    clip_ids: frozenset[ClipId]
    clip: Clip
    label: str = "Join clips"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Replace; raises KeyError for an unknown clip."""
        rest = RemoveClips(self.clip_ids).apply(project)
        return _with_clips(project, (*rest.audio.clips, self.clip))


@dataclass(frozen=True, slots=True)
class ClearAudio:
    """Empty a stretch of the audio lane; clips reaching into it are cut."""

    span: Span[Ticks]
    label = "Clear audio"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Cut the stretch out."""
        return _with_clips(project, carve_clips(project.audio.clips, self.span, project.tempo))


@dataclass(frozen=True, slots=True)
class SetClipGain:
    """Change the gain of one clip; dragging makes a single step."""

    clip_id: ClipId
    gain_db: float
    label = "Set clip gain"

    @property
    def merge_key(self) -> object:
        """One clip's gain."""
        return ("clip gain", self.clip_id)

    def apply(self, project: Project) -> Project:
        """Set the gain; raises KeyError or ValueError."""
        clip = project.audio.clip(self.clip_id)
        return project.with_clip(replace(clip, gain_db=self.gain_db))


@dataclass(frozen=True, slots=True)
class SetClipFades:
    """Set the lengths of a clip's fades, in samples of its recording."""

    clip_id: ClipId
    fade_in: Samples
    fade_out: Samples
    label = "Set clip fades"

    @property
    def merge_key(self) -> object:
        """One clip's fades."""
        return ("clip fades", self.clip_id)

    def apply(self, project: Project) -> Project:
        """Set the fades; raises KeyError, or ValueError where they do not fit."""
        clip = project.audio.clip(self.clip_id)
        return project.with_clip(replace(clip, fade_in=self.fade_in, fade_out=self.fade_out))


@dataclass(frozen=True, slots=True)
class RenameClip:
    """Give a clip a name."""

    clip_id: ClipId
    name: str
    label = "Rename clip"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Rename; raises KeyError for an unknown clip."""
        return project.with_clip(replace(project.audio.clip(self.clip_id), name=self.name))


def _opened(clip: Clip, project: Project) -> Clip:
    """The clip with its whole recording shown, as far as bar 1 allows."""
    before = min(clip.offset, max(0, clip.start_sample(project.tempo)))
    tempo, rate = project.tempo, clip.asset.sample_rate_hz
    start = clip.start_sample(tempo) - before
    position = tempo.ticks_at(seconds_of(Samples(start), rate))
    grid = replace(clip, position=position, nudge=Samples(0)).start_sample(tempo)
    return replace(
        clip,
        position=position,
        nudge=Samples(start - grid),
        offset=Samples(clip.offset - before),
        length=Samples(clip.asset.n_samples - (clip.offset - before)),
        fade_in=Samples(0),
        fade_out=Samples(0),
    )


def _require(project: Project, clip_ids: frozenset[ClipId]) -> None:
    strange = clip_ids - {clip.id for clip in project.audio.clips}
    if strange:
        raise KeyError(f"no such clip: {strange}")


def _with_clips(project: Project, clips: Iterable[Clip]) -> Project:
    return replace(project, audio=project.audio.with_clips(clips))

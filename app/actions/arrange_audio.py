"""What a person does to clips and masks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.actions.stroke import Stroke
from app.model.clip import Clip, shift_clips
from app.model.edits.clips import (
    AddClips,
    MoveClips,
    RemoveClips,
    RenameClip,
    SetClipFades,
    SetClipGain,
    SplitClips,
    TrimClip,
)
from app.model.edits.masks import AddMasks, ClearMasks, RemoveMasks, SetMask
from app.model.ids import ClipId, MaskId, new_id
from app.model.mask import MAX_FADE_MS, MIN_FADE_MS, MaskRegion, MaskStrength
from engine.timebase import Samples, Seconds, Span, Ticks, samples_at

SHORTEST_MASK = Ticks(60)


class AudioActions:
    """Every method is one undo step, or one state of a running drag."""

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke

    # Masks.

    def add_mask(self, span: Span[Ticks], name: str = "") -> MaskId:
        """Mark a stretch to be played anew, and select the mask."""
        number = len(self._stroke.base.masks) + 1
        mask = MaskRegion(MaskId(new_id()), span, name or f"Mask {number}")
        self._stroke.do(AddMasks((mask,)))
        self._stroke.select(frozenset((mask.id,)))
        return mask.id

    def move_mask(self, mask_id: MaskId, ticks: int) -> None:
        """Shift a mask, as far as bar 1 allows."""
        mask = self._stroke.base.mask(mask_id)
        ticks = max(ticks, -mask.span.start)
        span = Span(Ticks(mask.span.start + ticks), Ticks(mask.span.end + ticks))
        self._stroke.do(SetMask(replace(mask, span=span), "Move mask"))

    def duplicate_mask(self, mask_id: MaskId, ticks: int) -> None:
        """Put a copy of a mask ``ticks`` later or earlier."""
        mask = self._stroke.base.mask(mask_id)
        start = max(0, mask.span.start + ticks)
        span = Span(Ticks(start), Ticks(start + mask.span.end - mask.span.start))
        self._stroke.do(AddMasks((replace(mask, id=MaskId(new_id()), span=span),)))

    def resize_mask(
        self, mask_id: MaskId, start: Ticks | None = None, end: Ticks | None = None
    ) -> None:
        """Move one end or both; the ends never meet."""
        mask = self._stroke.base.mask(mask_id)
        new_start, new_end = mask.span.start, mask.span.end
        if start is not None:
            new_start = Ticks(max(0, min(start, new_end - SHORTEST_MASK)))
        if end is not None:
            new_end = Ticks(max(end, new_start + SHORTEST_MASK))
        self._stroke.do(SetMask(replace(mask, span=Span(new_start, new_end)), "Resize mask"))

    def set_mask_fade(self, mask_id: MaskId, fade_ms: float) -> None:
        """Set how long the cross-fades at both ends last, 5-500 ms."""
        mask = self._stroke.base.mask(mask_id)
        fade = min(MAX_FADE_MS, max(MIN_FADE_MS, fade_ms))
        self._stroke.do(SetMask(replace(mask, fade_ms=fade), "Set mask fades"))

    def set_mask_strength(self, mask_id: MaskId, strength: MaskStrength) -> None:
        """Set how far the result may leave what was there."""
        mask = self._stroke.base.mask(mask_id)
        self._stroke.do(SetMask(replace(mask, strength=strength), "Set mask strength"))

    def set_mask_prompt(self, mask_id: MaskId, prompt: str) -> None:
        """Set the words for this mask alone; an empty text takes the project's."""
        mask = self._stroke.base.mask(mask_id)
        self._stroke.do(SetMask(replace(mask, prompt=prompt), "Type mask prompt"))

    def rename_mask(self, mask_id: MaskId, name: str) -> None:
        """Give a mask a name."""
        self._stroke.do(SetMask(replace(self._stroke.base.mask(mask_id), name=name), "Rename mask"))

    def switch_mask(self, mask_id: MaskId, is_on: bool) -> None:
        """Let a mask count, or freeze what lies under it."""
        mask = self._stroke.base.mask(mask_id)
        label = "Switch mask on" if is_on else "Freeze mask"
        self._stroke.do(SetMask(replace(mask, is_on=is_on), label))

    def remove_masks(self, mask_ids: Iterable[MaskId]) -> None:
        """Take masks away."""
        self._stroke.do(RemoveMasks(frozenset(mask_ids)))

    def clear_masks(self, span: Span[Ticks]) -> None:
        """Take away all masks that touch a stretch."""
        self._stroke.do(ClearMasks(span))

    # Clips.

    def move_clips(self, clip_ids: Iterable[ClipId], ticks: int) -> None:
        """Shift clips together, as far as bar 1 allows."""
        self._stroke.do(MoveClips(frozenset(clip_ids), Ticks(ticks)))

    def duplicate_clips(self, clip_ids: Iterable[ClipId], ticks: int) -> None:
        """Put copies of clips ``ticks`` later or earlier, and select them."""
        wanted = frozenset(clip_ids)
        project = self._stroke.base
        originals = [clip for clip in project.audio.clips if clip.id in wanted]
        if not originals:
            return
        ticks = max(ticks, -min(clip.position for clip in originals))
        copies = tuple(
            replace(clip, id=ClipId(new_id()))
            for clip in shift_clips(originals, project.tempo, Ticks(ticks))
        )
        self._stroke.do(AddClips(copies, "Duplicate clip"))
        self._stroke.select(frozenset(clip.id for clip in copies))

    def trim_clip(self, clip_id: ClipId, span: Span[Ticks]) -> None:
        """Show the part of a clip's recording that sounds in ``span``; nothing is cut away."""
        self._stroke.do(TrimClip(clip_id, span))

    def set_clip_fades(self, clip_id: ClipId, fade_in: Seconds, fade_out: Seconds) -> None:
        """Set both fades; the one that would meet the other is shortened."""
        clip = self._stroke.base.audio.clip(clip_id)
        rate = clip.asset.sample_rate_hz
        first = min(max(0, samples_at(fade_in, rate)), clip.length)
        last = min(max(0, samples_at(fade_out, rate)), clip.length - first)
        self._stroke.do(SetClipFades(clip_id, Samples(first), Samples(last)))

    def set_clip_gain(self, clip_id: ClipId, gain_db: float) -> None:
        """Set one clip's level, -60..12 dB."""
        self._stroke.do(SetClipGain(clip_id, gain_db))

    def rename_clip(self, clip_id: ClipId, name: str) -> None:
        """Give a clip a name."""
        self._stroke.do(RenameClip(clip_id, name))

    def split_clips(self, at: Ticks, clip_ids: Iterable[ClipId] | None = None) -> None:
        """Cut the named clips, or all, at a position."""
        self._stroke.do(SplitClips(at, None if clip_ids is None else frozenset(clip_ids)))

    def remove_clips(self, clip_ids: Iterable[ClipId]) -> None:
        """Take clips off the lane; their recordings stay."""
        self._stroke.do(RemoveClips(frozenset(clip_ids)))

    def clips_at(self, position: Ticks) -> tuple[Clip, ...]:
        """The clips that sound at a position."""
        project = self._stroke.base
        return tuple(c for c in project.audio.clips if c.span(project.tempo).contains(position))

"""What one can do with masks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.edits.edit import count
from app.model.ids import MaskId
from app.model.mask import MaskRegion
from app.model.project import Project
from engine.timebase import Span, Ticks


@dataclass(frozen=True, slots=True)
class AddMasks:
    """Add masks; several may exist, also overlapping ones."""

    masks: tuple[MaskRegion, ...]
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the masks."""
        return f"Add {count(len(self.masks), 'mask')}"

    def apply(self, project: Project) -> Project:
        """Add; raises ValueError where an id is taken."""
        masks = sorted((*project.masks, *self.masks), key=lambda mask: mask.span.start)
        return replace(project, masks=tuple(masks))


@dataclass(frozen=True, slots=True)
class SetMask:
    """Replace a mask by its namesake: move, resize, prompt, strength, fade, on and off."""

    mask: MaskRegion
    label: str = "Change mask"

    @property
    def merge_key(self) -> object:
        """Equal changes of one mask in a row are one step."""
        return ("mask", self.mask.id, self.label)

    def apply(self, project: Project) -> Project:
        """Replace; raises KeyError for an unknown mask."""
        project.mask(self.mask.id)
        masks = (self.mask if old.id == self.mask.id else old for old in project.masks)
        return replace(project, masks=tuple(sorted(masks, key=lambda mask: mask.span.start)))


@dataclass(frozen=True, slots=True)
class RemoveMasks:
    """Take masks away; the sound under them stays."""

    mask_ids: frozenset[MaskId]
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the masks."""
        return f"Delete {count(len(self.mask_ids), 'mask')}"

    def apply(self, project: Project) -> Project:
        """Remove; unknown ids are already gone."""
        kept = tuple(mask for mask in project.masks if mask.id not in self.mask_ids)
        return replace(project, masks=kept)


@dataclass(frozen=True, slots=True)
class ClearMasks:
    """Take away every mask that touches a stretch."""

    span: Span[Ticks]
    label = "Clear masks"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Remove what overlaps."""
        kept = tuple(mask for mask in project.masks if not mask.span.overlaps(self.span))
        return replace(project, masks=kept)

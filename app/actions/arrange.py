"""The verbs of the timeline: what a hand does to lanes, and what keys do to a selection."""

from __future__ import annotations

from dataclasses import replace

from app.actions.arrange_audio import AudioActions
from app.actions.arrange_chords import ChordActions
from app.actions.arrange_drums import DrumActions
from app.actions.arrange_notes import NoteActions
from app.actions.arrange_sections import SectionActions
from app.actions.lane_text import TextActions
from app.actions.stroke import Stroke
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.chord_block import ChordBlock
from app.model.drum_hit import DrumHit
from app.model.edits.chords import ClearChords
from app.model.edits.clips import ClearAudio
from app.model.edits.drums import FillDrums
from app.model.edits.edit import Edit
from app.model.edits.mix import SetLane
from app.model.edits.notes import ChangeNotes
from app.model.edits.sections import RemoveSections
from app.model.ids import ClipId, MaskId, SectionId
from app.model.lane import LaneId, LaneSettings
from app.model.note import Note
from app.model.project import Project
from app.model.selection import Item, Selection
from engine.timebase import Span, Ticks


class Arrange(Stroke):
    """All edits of the timeline; a drag is ``begin``, verbs, then ``finish`` or ``cancel``."""

    def __init__(self, document: ProjectDocument, workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.sections = SectionActions(self)
        self.chords = ChordActions(self)
        self.drums = DrumActions(self)
        self.notes = NoteActions(self)
        self.audio = AudioActions(self)
        self.text = TextActions(self)
        self._copied: frozenset[Item] = frozenset()

    # Lanes.

    def set_lane(self, lane: LaneId, settings: LaneSettings, label: str) -> None:
        """Change a lane's switches; the same change again joins the same step."""
        self.do(SetLane(lane, settings, label))

    def mute(self, lane: LaneId) -> None:
        """Mute a lane, or let it sound again; sections make no sound."""
        if lane is LaneId.SECTIONS:
            return
        settings = self.base.settings(lane)
        label = "Unmute lane" if settings.is_muted else "Mute lane"
        self.set_lane(lane, replace(settings, is_muted=not settings.is_muted), label)

    def solo(self, lane: LaneId) -> None:
        """Hear only this lane, or all again; sections make no sound."""
        if lane is LaneId.SECTIONS:
            return
        settings = self.base.settings(lane)
        label = "Unsolo lane" if settings.is_solo else "Solo lane"
        self.set_lane(lane, replace(settings, is_solo=not settings.is_solo), label)

    def switch_condition(self, lane: LaneId) -> None:
        """Let a lane steer the next run, or not."""
        settings = self.base.settings(lane)
        label = "Switch lane off" if settings.is_on else "Switch lane on"
        self.set_lane(lane, replace(settings, is_on=not settings.is_on), label)

    # The selection, whatever is in it.

    def selected(self) -> frozenset[Item]:
        """The selected items that are still there; what undo took away is left out."""
        return frozenset(
            item for item in self._workspace.selection.items if _is_present(item, self.base)
        )

    def select_all(self, lane: LaneId) -> None:
        """Select everything on a lane."""
        project = self.base
        items: dict[LaneId, tuple[Item, ...]] = {
            LaneId.SECTIONS: tuple(section.id for section in project.sections.sections),
            LaneId.CHORDS: project.chords.blocks,
            LaneId.DRUMS: project.drums.hits,
            LaneId.NOTES: project.notes.notes,
            LaneId.AUDIO: tuple(clip.id for clip in project.audio.clips),
        }
        self.select(frozenset(items[lane]))

    def delete_selection(self) -> None:
        """Delete the selected items; without any, empty the selected range."""
        selection = self._workspace.selection
        items = self.selected()
        if items:
            self._delete(items)
        elif selection.span is not None:
            self._clear_range(selection, selection.span)

    def duplicate_selection(self) -> None:
        """Put a copy of the selected items right after them."""
        project, items = self.base, self.selected()
        extent = extent_of(items, project)
        if extent is None:
            return
        # Copies of a bar of loose hits belong into the next bar, not right behind the last hit.
        step = project.tempo.meter.beat_ticks
        if any(isinstance(item, DrumHit) for item in items):
            step = project.tempo.meter.bar_ticks
        length = extent.end - extent.start
        if not any(isinstance(item, str) for item in items):
            length = -(-length // step) * step
        self.shift(items, length, keep_originals=True)

    def nudge_selection(self, ticks: int) -> bool:
        """Move the selected items; False where there are none."""
        items = self.selected()
        if items:
            self.shift(items, ticks)
        return bool(items)

    def copy_selection(self) -> None:
        """Remember the selected items; without any, keep what was remembered."""
        self._copied = self.selected() or self._copied

    @property
    def copied(self) -> frozenset[Item]:
        """What was copied last."""
        return self._copied

    def paste(self, at: Ticks) -> None:
        """Put what was copied down so that it begins at a position."""
        items = self._copied
        extent = extent_of(items, self.base)
        if extent is None:
            return
        ticks = at - extent.start
        chords = [
            replace(item, span=_later(item.span, ticks))
            for item in items
            if isinstance(item, ChordBlock)
        ]
        hits = [
            replace(item, time=Ticks(item.time + ticks))
            for item in items
            if isinstance(item, DrumHit)
        ]
        notes = [
            replace(item, span=_later(item.span, ticks)) for item in items if isinstance(item, Note)
        ]
        if sections := sections_among(items, self.base):
            self.sections.move(sections, ticks, keep_originals=True)
        elif chords:
            self.chords.place(sorted(chords, key=lambda block: block.span.start))
        elif hits:
            self.drums.place(hits)
        elif notes:
            self.notes.place(notes)
        else:
            self._shift_audio(items, ticks, keep_originals=True)

    def split_at(self, position: Ticks) -> None:
        """Cut the selected clips, chords or notes that sound there; else every clip."""
        items = self.selected()
        notes = [item for item in items if isinstance(item, Note)]
        blocks = [item for item in items if isinstance(item, ChordBlock)]
        if notes:
            self.notes.split(notes, position)
        elif blocks:
            for block in blocks:
                self.chords.split(block, position)
        elif sections := sections_among(items, self.base):
            for section_id in sections:
                self.sections.split(section_id, position)
        else:
            clips, _ = clips_and_masks(items, self.base)
            self.audio.split_clips(position, clips or None)

    def quantise(self, lane: LaneId, step: Ticks) -> None:
        """Pull the selected notes or drum steps to the grid; without any, all of ``lane``."""
        items = self.selected()
        notes = [item for item in items if isinstance(item, Note)]
        hits = [item for item in items if isinstance(item, DrumHit)]
        if notes or (not items and lane is LaneId.NOTES):
            self.notes.quantise(notes or self.base.notes.notes, step)
        elif hits or (not items and lane is LaneId.DRUMS):
            self.drums.quantise(hits or self.base.drums.hits, step)

    def shift(self, items: frozenset[Item], ticks: int, *, keep_originals: bool = False) -> None:
        """Move items of one kind in time, or copy them there."""
        chords = [item for item in items if isinstance(item, ChordBlock)]
        hits = [item for item in items if isinstance(item, DrumHit)]
        notes = [item for item in items if isinstance(item, Note)]
        if chords:
            self.chords.move(chords, ticks, keep_originals=keep_originals)
        elif hits:
            self.drums.move(hits, ticks, keep_originals=keep_originals)
        elif notes:
            self.notes.move(notes, ticks, 0, keep_originals=keep_originals)
        elif sections := sections_among(items, self.base):
            self.sections.move(sections, ticks, keep_originals=keep_originals)
        else:
            self._shift_audio(items, ticks, keep_originals=keep_originals)

    def _shift_audio(self, items: frozenset[Item], ticks: int, *, keep_originals: bool) -> None:
        clips, masks = clips_and_masks(items, self.base)
        if clips and keep_originals:
            self.audio.duplicate_clips(clips, ticks)
        elif clips:
            self.audio.move_clips(clips, ticks)
        for mask_id in masks if not clips else ():
            if keep_originals:
                self.audio.duplicate_mask(mask_id, ticks)
            else:
                self.audio.move_mask(mask_id, ticks)

    def _delete(self, items: frozenset[Item]) -> None:
        sections = sections_among(items, self.base)
        if sections:
            self.sections.remove(sections)
        self.chords.remove(item for item in items if isinstance(item, ChordBlock))
        self.drums.remove(item for item in items if isinstance(item, DrumHit))
        self.notes.remove(item for item in items if isinstance(item, Note))
        clips, masks = clips_and_masks(items, self.base)
        if clips:
            self.audio.remove_clips(clips)
        if masks:
            self.audio.remove_masks(masks)

    def _clear_range(self, selection: Selection, span: Span[Ticks]) -> None:
        notes = self.base.notes.within(span)
        sections = frozenset(section.id for section in self.base.sections.within(span))
        edits: dict[LaneId, Edit] = {
            LaneId.CHORDS: ClearChords(span),
            LaneId.DRUMS: FillDrums(span, (), "Clear drums"),
            LaneId.NOTES: ChangeNotes(notes, (), "Clear notes"),
            LaneId.AUDIO: ClearAudio(span),
        }
        with self._document.gesture("Clear range"):
            if LaneId.SECTIONS in selection.lanes:  # a range over all lanes empties only music
                self._document.apply(RemoveSections(sections))
            for lane, edit in edits.items():
                if selection.has_lane(lane):
                    self._document.apply(edit)


def clips_and_masks(
    items: frozenset[Item], project: Project
) -> tuple[frozenset[ClipId], frozenset[MaskId]]:
    """The clips and the masks among selected items."""
    clips = {clip.id for clip in project.audio.clips}
    masks = {mask.id for mask in project.masks}
    return (
        frozenset(ClipId(item) for item in items if isinstance(item, str) and item in clips),
        frozenset(MaskId(item) for item in items if isinstance(item, str) and item in masks),
    )


def is_of_lane(items: frozenset[Item], lane: LaneId) -> bool:
    """Whether items that have a form in text come from a lane; clips and sections always do."""
    kinds = {LaneId.CHORDS: ChordBlock, LaneId.DRUMS: DrumHit, LaneId.NOTES: Note}
    return all(isinstance(item, (str, kinds.get(lane, str))) for item in items)


def sections_among(items: frozenset[Item], project: Project) -> frozenset[SectionId]:
    """The sections among selected items."""
    sections = {section.id for section in project.sections.sections}
    return frozenset(
        SectionId(item) for item in items if isinstance(item, str) and item in sections
    )


def extent_of(items: frozenset[Item], project: Project) -> Span[Ticks] | None:
    """The stretch from the first start to the last end of items; None for no items."""
    spans: list[Span[Ticks]] = []
    for item in items:
        if isinstance(item, ChordBlock | Note):
            spans.append(item.span)
        elif isinstance(item, DrumHit):
            spans.append(Span(item.time, Ticks(item.time + 1)))
        else:
            spans += [clip.span(project.tempo) for clip in project.audio.clips if clip.id == item]
            spans += [mask.span for mask in project.masks if mask.id == item]
            spans += [each.span for each in project.sections.sections if each.id == item]
    if not spans:
        return None
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def _later(span: Span[Ticks], ticks: int) -> Span[Ticks]:
    return Span(Ticks(span.start + ticks), Ticks(span.end + ticks))


def _is_present(item: Item, project: Project) -> bool:
    if isinstance(item, ChordBlock):
        return item in project.chords.blocks
    if isinstance(item, DrumHit):
        return item in project.drums.hits
    if isinstance(item, Note):
        return item in project.notes.notes
    clips, masks = clips_and_masks(frozenset((item,)), project)
    return bool(clips or masks or sections_among(frozenset((item,)), project))

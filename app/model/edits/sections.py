"""What one can do on the sections lane. What is under a placed section yields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.model.edits.chords import ChangeChords
from app.model.edits.clips import MoveClips
from app.model.edits.drums import ChangeHits
from app.model.edits.edit import count
from app.model.edits.notes import ChangeNotes
from app.model.ids import SectionId
from app.model.project import Project
from app.model.section import Section, place_sections
from engine.timebase import Span, Ticks


@dataclass(frozen=True, slots=True)
class PlaceSections:
    """Put sections on the lane, or replace them by their namesakes."""

    sections: tuple[Section, ...]
    label: str = "Place section"
    merge_key: object | None = None

    def apply(self, project: Project) -> Project:
        """Place the sections in order."""
        return _with(project, place_sections(project.sections.sections, self.sections))


@dataclass(frozen=True, slots=True)
class RemoveSections:
    """Take sections away; what lies under them stays."""

    ids: frozenset[SectionId]
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the sections."""
        return f"Delete {count(len(self.ids), 'section')}"

    def apply(self, project: Project) -> Project:
        """Remove; unknown ids are already gone."""
        return _with(
            project, (each for each in project.sections.sections if each.id not in self.ids)
        )


@dataclass(frozen=True, slots=True)
class MoveSections:
    """Shift sections together, as far as bar 1 allows.

    ``carries`` takes along chords, drum strokes and notes that start under them, and clips that
    lie wholly under them; what they land on yields.
    """

    ids: frozenset[SectionId]
    ticks: Ticks
    carries: bool = False
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the sections."""
        return f"Move {count(len(self.ids), 'section')}"

    def apply(self, project: Project) -> Project:
        """Move the sections, and what goes with them."""
        moving = tuple(each for each in project.sections.sections if each.id in self.ids)
        if not moving:
            return project
        ticks = max(self.ticks, -moving[0].span.start)
        if self.carries:
            project = _carried(project, tuple(each.span for each in moving), ticks)
        moved = tuple(replace(each, span=_later(each.span, ticks)) for each in moving)
        return _with(project, place_sections(project.sections.sections, moved))


def _carried(project: Project, spans: tuple[Span[Ticks], ...], ticks: int) -> Project:
    """The lanes with what starts inside ``spans`` later by ``ticks``."""

    def is_inside(position: Ticks) -> bool:
        return any(span.contains(position) for span in spans)

    blocks = tuple(b for b in project.chords.blocks if is_inside(b.span.start))
    hits = tuple(hit for hit in project.drums.hits if is_inside(hit.time))
    notes = tuple(note for note in project.notes.notes if is_inside(note.span.start))
    clips = frozenset(
        clip.id
        for clip in project.audio.clips
        if any(
            span.start <= clip.position and clip.span(project.tempo).end <= span.end + 1
            for span in spans
        )
    )
    blocks_after = tuple(replace(b, span=_later(b.span, ticks)) for b in blocks)
    hits_after = tuple(replace(hit, time=Ticks(hit.time + ticks)) for hit in hits)
    notes_after = tuple(replace(note, span=_later(note.span, ticks)) for note in notes)
    project = ChangeChords(blocks, blocks_after).apply(project)
    project = ChangeHits(hits, hits_after).apply(project)
    project = ChangeNotes(notes, notes_after).apply(project)
    return MoveClips(clips, Ticks(ticks)).apply(project) if clips else project


def _later(span: Span[Ticks], ticks: int) -> Span[Ticks]:
    return Span(Ticks(span.start + ticks), Ticks(span.end + ticks))


def _with(project: Project, sections: Iterable[Section]) -> Project:
    return replace(project, sections=replace(project.sections, sections=tuple(sections)))

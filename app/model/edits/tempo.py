"""Tempo, meter and key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.chord_block import ChordBlock
from app.model.clip import shift_clips
from app.model.note import settle_notes
from app.model.project import Project
from app.model.section import Section
from engine.timebase import Meter, Span, TempoMap, Ticks


@dataclass(frozen=True, slots=True)
class SetTempo:
    """Change the tempo. Audio never stretches: it keeps its seconds.

    Lanes keep their bars, so takes made before become stale; with ``keep_seconds`` the lanes
    keep their seconds instead and move away from the bar lines.
    """

    tempo_bpm: float
    keep_seconds: bool = False
    label = "Set tempo"
    merge_key = ("tempo",)

    def apply(self, project: Project) -> Project:
        """Set the tempo; raises ValueError out of range."""
        old, new = project.tempo, replace(project.tempo, tempo_bpm=self.tempo_bpm)
        groups = tuple(
            replace(
                group,
                region=_same_seconds(group.region, old, new),
                original=shift_clips(group.original, old, Ticks(0), new),
            )
            for group in project.take_groups
        )
        clips = shift_clips(project.audio.clips, old, Ticks(0), new)
        moved = replace(
            project, tempo=new, audio=project.audio.with_clips(clips), take_groups=groups
        )
        return _lanes_in_seconds(moved, old, new) if self.keep_seconds else moved


@dataclass(frozen=True, slots=True)
class SetMeter:
    """Change the time signature; everything keeps its time, only the bar lines move."""

    meter: Meter
    label = "Set time signature"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Set the meter."""
        return replace(project, tempo=replace(project.tempo, meter=self.meter))


@dataclass(frozen=True, slots=True)
class SetKey:
    """Change the key, written ``A:min`` or ``C:maj``; chords stay as typed."""

    key: str
    label = "Set key"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Set the key; raises ValueError where it is not one."""
        return replace(project, key=self.key)


@dataclass(frozen=True, slots=True)
class RenameProject:
    """Change the title."""

    title: str
    label = "Rename project"
    merge_key = ("title",)

    def apply(self, project: Project) -> Project:
        """Set the title."""
        return replace(project, title=self.title)


def _at_same_second(position: Ticks, old: TempoMap, new: TempoMap) -> Ticks:
    return new.ticks_at(old.seconds_at(position))


def _same_seconds(span: Span[Ticks], old: TempoMap, new: TempoMap) -> Span[Ticks]:
    """At least one tick long, however slow the new tempo."""
    start = _at_same_second(span.start, old, new)
    return Span(start, Ticks(max(start + 1, _at_same_second(span.end, old, new))))


def _lanes_in_seconds(project: Project, old: TempoMap, new: TempoMap) -> Project:
    blocks: list[ChordBlock] = []
    for block in project.chords.blocks:
        span = _same_seconds(block.span, old, new)
        start = max(span.start, blocks[-1].span.end) if blocks else span.start
        blocks.append(replace(block, span=Span(start, Ticks(max(start + 1, span.end)))))
    notes = settle_notes(
        replace(note, span=_same_seconds(note.span, old, new)) for note in project.notes.notes
    )
    hits = (replace(hit, time=_at_same_second(hit.time, old, new)) for hit in project.drums.hits)
    sections: list[Section] = []
    for section in project.sections.sections:
        span = _same_seconds(section.span, old, new)
        start = max(span.start, sections[-1].span.end) if sections else span.start
        sections.append(replace(section, span=Span(start, Ticks(max(start + 1, span.end)))))
    masks = (replace(mask, span=_same_seconds(mask.span, old, new)) for mask in project.masks)
    return replace(
        project,
        chords=replace(project.chords, blocks=tuple(blocks)),
        notes=replace(project.notes, notes=notes),
        drums=project.drums.with_hits(hits),
        sections=replace(project.sections, sections=tuple(sections)),
        masks=tuple(masks),
    )

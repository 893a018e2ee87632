"""What a person does to sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.actions.stroke import Stroke
from app.model.edits.sections import MoveSections, PlaceSections, RemoveSections
from app.model.ids import SectionId, new_id
from app.model.section import SECTION_NAMES, Section
from engine.timebase import Span, Ticks


class SectionActions:
    """Every method is one undo step, or one state of a running drag; it selects its result.

    ``carries_lanes``: moving a section takes what lies under it along.
    """

    def __init__(self, stroke: Stroke) -> None:
        self._stroke = stroke
        self.carries_lanes = False

    def add(self, span: Span[Ticks], name: str = "") -> Section:
        """Put a section down; without a name, the one a song would go on with."""
        section = Section(SectionId(new_id()), span, name or self.next_name(span.start))
        self._stroke.do(PlaceSections((section,), f"Add section {section.name}"))
        self._stroke.select(frozenset((section.id,)))
        return section

    def next_name(self, start: Ticks) -> str:
        """Intro first, then verses and choruses in turn."""
        before = [s for s in self._stroke.base.sections.sections if s.span.end <= start]
        if not before:
            return SECTION_NAMES[0] if start == 0 else "Verse"
        return "Chorus" if before[-1].name.startswith("Verse") else "Verse"

    def change(self, section: Section, label: str = "Change section") -> None:
        """Replace a section by its namesake: name, words, energy."""
        if section != self._stroke.base.sections.section(section.id):
            self._stroke.do(PlaceSections((section,), label))

    def rename(self, section_id: SectionId, name: str) -> None:
        """Give a section another name."""
        section = self._stroke.base.sections.section(section_id)
        self.change(replace(section, name=name), "Rename section")

    def set_energy(self, section_id: SectionId, energy: int) -> None:
        """From 1, very calm, to 5, very energetic."""
        section = self._stroke.base.sections.section(section_id)
        self.change(replace(section, energy=energy), "Set energy")

    def resize(
        self, section_id: SectionId, start: Ticks | None = None, end: Ticks | None = None
    ) -> None:
        """Move one end; a section lasts at least a beat, and its neighbour yields."""
        section = self._stroke.base.sections.section(section_id)
        least = self._stroke.base.tempo.meter.beat_ticks
        first, last = section.span.start, section.span.end
        if start is not None:
            first = Ticks(max(0, min(start, last - least)))
        if end is not None:
            last = Ticks(max(end, first + least))
        resized = replace(section, span=Span(first, last))
        self._stroke.do(PlaceSections((resized,), "Resize section"))

    def move(self, ids: Iterable[SectionId], ticks: int, *, keep_originals: bool = False) -> None:
        """Shift sections together, or put copies there."""
        wanted = frozenset(ids)
        if not keep_originals:
            self._stroke.do(MoveSections(wanted, Ticks(ticks), self.carries_lanes))
            self._stroke.select(frozenset(wanted))
            return
        chosen = [s for s in self._stroke.base.sections.sections if s.id in wanted]
        ticks = max(ticks, -min((s.span.start for s in chosen), default=Ticks(0)))
        copies = tuple(
            replace(
                section,
                id=SectionId(new_id()),
                span=Span(Ticks(section.span.start + ticks), Ticks(section.span.end + ticks)),
            )
            for section in chosen
        )
        self._stroke.do(PlaceSections(copies, "Duplicate section"))
        self._stroke.select(frozenset(copy.id for copy in copies))

    def split(self, section_id: SectionId, at: Ticks) -> None:
        """Cut a section in two with the same words; ``at`` must lie inside it."""
        section = self._stroke.base.sections.section(section_id)
        if section.span.start < at < section.span.end:
            left = replace(section, span=Span(section.span.start, at))
            right = replace(section, id=SectionId(new_id()), span=Span(at, section.span.end))
            self._stroke.do(PlaceSections((left, right), "Split section"))

    def join(self, ids: Iterable[SectionId]) -> None:
        """Let the first section, with its words, last until the end of the last one."""
        wanted = frozenset(ids)
        old = [each for each in self._stroke.base.sections.sections if each.id in wanted]
        if len(old) > 1:
            joined = replace(old[0], span=Span(old[0].span.start, old[-1].span.end))
            self._stroke.do(PlaceSections((joined,), "Join sections"))
            self._stroke.select(frozenset((joined.id,)))

    def remove(self, ids: Iterable[SectionId]) -> None:
        """Take sections away; what lies under them stays."""
        self._stroke.do(RemoveSections(frozenset(ids)))
        self._stroke.select(frozenset())

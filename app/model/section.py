"""The sections lane: named stretches of the song, each with words of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.model.ids import SectionId
from app.model.lane import LaneSettings
from engine.timebase import Span, Ticks

MAX_SECTION_TEXT = 2_000
MAX_SECTION_NAME = 60
SECTION_NAMES = (
    "Intro",
    "Verse",
    "Pre-chorus",
    "Chorus",
    "Bridge",
    "Solo",
    "Breakdown",
    "Outro",
)
ENERGY_WORDS = {1: "very calm and sparse", 2: "calm", 3: "", 4: "energetic", 5: "very energetic"}
"""What an energy of 1-5 adds to the words; the middle one adds nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section. Its prompt is added to the project's; ``energy`` is 1-5."""

    id: SectionId
    span: Span[Ticks]
    name: str
    prompt: str = ""
    negative: str = ""
    energy: int = 3

    def __post_init__(self) -> None:
        if self.span.start < 0:
            raise ValueError(f"a section cannot start before bar 1: {self.span.start}")
        if not 0 < len(self.name) <= MAX_SECTION_NAME:
            raise ValueError(f"a section's name has 1 to {MAX_SECTION_NAME} letters")
        if max(len(self.prompt), len(self.negative)) > MAX_SECTION_TEXT:
            raise ValueError(f"a section's prompt has at most {MAX_SECTION_TEXT} letters")
        if self.energy not in ENERGY_WORDS:
            raise ValueError(f"energy lies between 1 and 5, not {self.energy}")

    def words(self, prompt: str) -> str:
        """What is asked for here, where ``prompt`` is asked for everywhere."""
        parts = (prompt, self.prompt, ENERGY_WORDS[self.energy])
        return ", ".join(part.strip().rstrip(",") for part in parts if part.strip())

    def unwanted(self, negative: str) -> str:
        """What is not wanted here, where ``negative`` is wanted nowhere."""
        return ", ".join(part.strip() for part in (negative, self.negative) if part.strip())


@dataclass(frozen=True, slots=True)
class SectionLane:
    """Sections in order of time; they never overlap. Switched off, their words do not count."""

    sections: tuple[Section, ...] = ()
    settings: LaneSettings = LaneSettings()

    def __post_init__(self) -> None:
        for left, right in pairwise(self.sections):
            if right.span.start < left.span.end:
                raise ValueError(f"sections overlap at tick {right.span.start}")
        if len({section.id for section in self.sections}) != len(self.sections):
            raise ValueError("two sections have one id")

    def at(self, position: Ticks) -> Section | None:
        """The section over a position, or None."""
        return next((each for each in self.sections if each.span.contains(position)), None)

    def within(self, span: Span[Ticks]) -> tuple[Section, ...]:
        """The sections that share any time with ``span``, whole."""
        return tuple(section for section in self.sections if section.span.overlaps(span))

    def section(self, section_id: SectionId) -> Section:
        """The section of that id; raises KeyError where there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)


def place_sections(old: Iterable[Section], placed: Iterable[Section]) -> tuple[Section, ...]:
    """Put sections down in order; what is under them yields.

    A namesake is replaced. A section that would be cut in two keeps its longer part, the one
    before where both are equal, since an id names one stretch.
    """
    new = tuple(placed)
    ids = {section.id for section in new}
    result = [section for section in old if section.id not in ids]
    for section in new:
        result = [rest for other in result for rest in _yielding(other, section.span)]
        result.append(section)
    return tuple(sorted(result, key=lambda section: section.span.start))


def _yielding(section: Section, span: Span[Ticks]) -> tuple[Section, ...]:
    if not section.span.overlaps(span):
        return (section,)
    before, after = span.start - section.span.start, section.span.end - span.end
    if before <= 0 and after <= 0:
        return ()
    if before >= after:
        return (replace(section, span=Span(section.span.start, span.start)),)
    return (replace(section, span=Span(span.end, section.span.end)),)

"""What one can do on the chord lane. Overlaps are resolved: what is under a placed block yields."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.chord_block import (
    ChordBlock,
    ChordLane,
    TypedSheet,
    carve_chords,
    place_chords,
)
from app.model.edits.edit import count
from app.model.lead_sheet import read_lead_sheet
from app.model.project import Project
from engine.timebase import Span, Ticks


@dataclass(frozen=True, slots=True)
class PlaceChords:
    """Put blocks on the lane."""

    blocks: tuple[ChordBlock, ...]
    merge_key = None

    @property
    def label(self) -> str:
        """Names the chord where it is one."""
        if len(self.blocks) == 1:
            return f"Place chord {self.blocks[0].text}"
        return f"Place {count(len(self.blocks), 'chord')}"

    def apply(self, project: Project) -> Project:
        """Place the blocks in order."""
        return _with_blocks(project, place_chords(project.chords.blocks, self.blocks))


@dataclass(frozen=True, slots=True)
class PasteLeadSheet:
    """Put a lead sheet on the lane from a position on; the bars it fills are emptied first."""

    text: str
    at: Ticks
    label = "Paste chords"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Read and place; unknown text becomes blocks as typed. Raises ValueError if too long."""
        meter, lane = project.tempo.meter, project.chords
        sheet = read_lead_sheet(self.text, meter, lane.has_german_names)
        span = sheet.span(meter, self.at)
        if span is None:
            return project
        kept = carve_chords(lane.blocks, span)
        blocks = place_chords(kept, sheet.blocks(meter, self.at))
        typed = TypedSheet(self.text, self.at)
        return replace(project, chords=replace(lane, blocks=blocks, typed=typed))


@dataclass(frozen=True, slots=True)
class WriteLeadSheet:
    """Let a lead sheet, read from bar 1 on, be all that is on the lane."""

    text: str
    label = "Edit chords as text"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Read the text; the same text as the lane's changes nothing. Raises ValueError."""
        meter, lane = project.tempo.meter, project.chords
        blocks = read_lead_sheet(self.text, meter, lane.has_german_names).blocks(meter)
        if blocks == lane.blocks:
            return project
        typed = TypedSheet(self.text, Ticks(0))
        return replace(project, chords=replace(lane, blocks=blocks, typed=typed))


@dataclass(frozen=True, slots=True)
class SetGermanNames:
    """Read H as B and B as B flat, or not; the texts stay."""

    has_german_names: bool
    label = "German chord names"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Switch the naming."""
        chords = replace(project.chords, has_german_names=self.has_german_names)
        return replace(project, chords=chords)


@dataclass(frozen=True, slots=True)
class ChangeChords:
    """Replace blocks of the lane by others: move, resize, transpose, retype.

    ``before`` must be on the lane; ``after`` then yields to nothing.
    """

    before: tuple[ChordBlock, ...]
    after: tuple[ChordBlock, ...]
    label: str = "Change chords"
    merge_key: object | None = None

    def apply(self, project: Project) -> Project:
        """Take ``before`` away and place ``after``."""
        kept = _without(project.chords, self.before)
        return _with_blocks(project, place_chords(kept, self.after))


@dataclass(frozen=True, slots=True)
class SetChordText:
    """Type another chord into a block; the text is kept as typed."""

    block: ChordBlock
    text: str
    merge_key = None

    @property
    def label(self) -> str:
        """Names the new chord."""
        return f"Type chord {self.text}"

    def apply(self, project: Project) -> Project:
        """Retype the block."""
        retyped = replace(self.block, text=self.text)
        return ChangeChords((self.block,), (retyped,)).apply(project)


@dataclass(frozen=True, slots=True)
class RemoveChords:
    """Take blocks away; a gap is left."""

    blocks: tuple[ChordBlock, ...]
    merge_key = None

    @property
    def label(self) -> str:
        """Counts the chords."""
        return f"Delete {count(len(self.blocks), 'chord')}"

    def apply(self, project: Project) -> Project:
        """Remove the blocks."""
        return _with_blocks(project, _without(project.chords, self.blocks))


@dataclass(frozen=True, slots=True)
class ClearChords:
    """Empty a stretch; blocks reaching into it are cut."""

    span: Span[Ticks]
    label = "Clear chords"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Cut the stretch out."""
        return _with_blocks(project, carve_chords(project.chords.blocks, self.span))


@dataclass(frozen=True, slots=True)
class SplitChord:
    """Cut a block in two at a position inside it; both parts keep the text."""

    block: ChordBlock
    at: Ticks
    label = "Split chord"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Split the block; raises ValueError where ``at`` is not inside it."""
        left = replace(self.block, span=Span(self.block.span.start, self.at))
        right = replace(self.block, span=Span(self.at, self.block.span.end))
        return ChangeChords((self.block,), (left, right)).apply(project)


def _without(lane: ChordLane, blocks: tuple[ChordBlock, ...]) -> tuple[ChordBlock, ...]:
    strange = set(blocks) - set(lane.blocks)
    if strange:
        raise KeyError(f"not on the chord lane: {strange}")
    removed = set(blocks)
    return tuple(block for block in lane.blocks if block not in removed)


def _with_blocks(project: Project, blocks: tuple[ChordBlock, ...]) -> Project:
    return replace(project, chords=replace(project.chords, blocks=blocks))

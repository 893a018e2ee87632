"""What one can do on the drum lane."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.drum_hit import NORMAL, DrumHit, DrumRow
from app.model.project import Project
from engine.timebase import Span, Ticks

FEW = 64
"""So many strokes are changed one by one; more are sorted in with all the others."""


@dataclass(frozen=True, slots=True)
class ToggleHit:
    """Set a stroke where there is none, or take it away."""

    time: Ticks
    pitch: int
    velocity: int = NORMAL
    label = "Toggle drum step"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Toggle the stroke."""
        old = project.drums.hit_at(self.time, self.pitch)
        if old is not None:
            return ChangeHits((old,), ()).apply(project)
        return ChangeHits((), (DrumHit(self.time, self.pitch, self.velocity),)).apply(project)


@dataclass(frozen=True, slots=True)
class ChangeHits:
    """Replace strokes by others: paint, erase, move, velocities, humanise.

    ``before`` must be on the lane; a new stroke replaces one in the same place.
    """

    before: tuple[DrumHit, ...]
    after: tuple[DrumHit, ...]
    label: str = "Change drum steps"
    merge_key: object | None = None

    def apply(self, project: Project) -> Project:
        """Take ``before`` away and put ``after`` down."""
        if len(self.before) + len(self.after) <= FEW:
            return replace(project, drums=project.drums.with_changes(self.before, self.after))
        removed = {hit.order: hit for hit in self.before}
        missing = [hit for hit in self.before if project.drums.hit_at(hit.time, hit.pitch) != hit]
        if missing:
            raise KeyError(f"not on the drum lane: {set(missing)}")
        kept = (hit for hit in project.drums.hits if (hit.time, hit.pitch) not in removed)
        return replace(project, drums=project.drums.with_hits((*kept, *self.after)))


@dataclass(frozen=True, slots=True)
class FillDrums:
    """Replace everything in a stretch, as a preset does; ``hits`` may be empty."""

    span: Span[Ticks]
    hits: tuple[DrumHit, ...]
    label: str = "Fill drums"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Replace the strokes of the stretch."""
        outside = (hit for hit in project.drums.hits if not self.span.contains(hit.time))
        return replace(project, drums=project.drums.with_hits((*outside, *self.hits)))


@dataclass(frozen=True, slots=True)
class SetSwing:
    """Delay every second step when played: 50 is straight, 75 the most.

    ``step`` is the length of a step (eighths or sixteenths); None keeps it.
    """

    swing_percent: float
    step: Ticks | None = None
    label = "Set swing"
    merge_key = ("swing",)

    def apply(self, project: Project) -> Project:
        """Set the swing; raises ValueError out of range."""
        step = project.drums.swing_step if self.step is None else self.step
        drums = replace(project.drums, swing_percent=self.swing_percent, swing_step=step)
        return replace(project, drums=drums)


@dataclass(frozen=True, slots=True)
class SetDrumRow:
    """Replace the row of one pitch: its name, nudge, mute or solo."""

    row: DrumRow
    label: str = "Change drum row"

    @property
    def merge_key(self) -> object:
        """Changes of one row in a row are one step."""
        return ("drum row", self.row.pitch)

    def apply(self, project: Project) -> Project:
        """Replace the row with the same pitch; raises KeyError where there is none."""
        if self.row.pitch not in {row.pitch for row in project.drums.rows}:
            raise KeyError(self.row.pitch)
        rows = tuple(self.row if row.pitch == self.row.pitch else row for row in project.drums.rows)
        return replace(project, drums=replace(project.drums, rows=rows))


@dataclass(frozen=True, slots=True)
class OrderDrumRows:
    """Show the rows in another order, from top to bottom."""

    pitches: tuple[int, ...]
    label = "Reorder drum rows"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Reorder; raises ValueError unless ``pitches`` are exactly those of the rows."""
        rows = {row.pitch: row for row in project.drums.rows}
        if sorted(self.pitches) != sorted(rows):
            raise ValueError(f"these are not the drum rows: {self.pitches}")
        drums = replace(project.drums, rows=tuple(rows[pitch] for pitch in self.pitches))
        return replace(project, drums=drums)

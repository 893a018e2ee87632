"""Where edits land: an adaptive grid, and things worth meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.model.project import Project
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

NARROWEST_STEP_PX = 8.0


class Grid(StrEnum):
    """How fine the grid is; adaptive chooses by zoom. The value is what is shown."""

    ADAPTIVE = "adaptive"
    BAR = "1 bar"
    BEAT = "1 beat"
    EIGHTH = "1/8"
    EIGHTH_TRIPLET = "1/8 T"
    SIXTEENTH = "1/16"
    SIXTEENTH_TRIPLET = "1/16 T"
    THIRTY_SECOND = "1/32"


_FRACTIONS = {
    Grid.EIGHTH: 2,
    Grid.EIGHTH_TRIPLET: 3,
    Grid.SIXTEENTH: 4,
    Grid.SIXTEENTH_TRIPLET: 6,
    Grid.THIRTY_SECOND: 8,
}
_COARSE_TO_FINE = tuple(grid for grid in Grid if grid is not Grid.ADAPTIVE)


def grid_step(grid: Grid, meter: Meter, px_per_tick: float) -> Ticks:
    """Ticks between grid lines.

    Adaptive is the finest of sixteenth, eighth, beat and bar whose lines lie at least 8 px
    apart, then 2, 4, 8 ... bars.
    """
    if grid is Grid.BAR:
        return meter.bar_ticks
    if grid is Grid.BEAT:
        return meter.beat_ticks
    if grid is not Grid.ADAPTIVE:
        return Ticks(TICKS_PER_QUARTER // _FRACTIONS[grid])
    quarter = TICKS_PER_QUARTER
    steps = sorted({quarter // 4, quarter // 2, int(meter.beat_ticks), int(meter.bar_ticks)})
    for step in steps:
        if step * px_per_tick >= NARROWEST_STEP_PX:
            return Ticks(step)
    step = steps[-1]
    while step * px_per_tick < NARROWEST_STEP_PX and step < meter.bar_ticks * 1024:
        step *= 2
    return Ticks(step)


def coarser(grid: Grid) -> Grid:
    """The next coarser fixed grid; adaptive goes to a beat."""
    if grid is Grid.ADAPTIVE:
        return Grid.BEAT
    return _COARSE_TO_FINE[max(0, _COARSE_TO_FINE.index(grid) - 1)]


def finer(grid: Grid) -> Grid:
    """The next finer fixed grid; adaptive goes to sixteenths."""
    if grid is Grid.ADAPTIVE:
        return Grid.SIXTEENTH
    return _COARSE_TO_FINE[min(len(_COARSE_TO_FINE) - 1, _COARSE_TO_FINE.index(grid) + 1)]


@dataclass(frozen=True, slots=True)
class Snapped:
    """Where an edit lands. ``guide`` names the thing met (``clip``, ``mask``, ``loop``,
    ``playhead``, ``section``, ``chord``), or is empty on the plain grid."""

    position: Ticks
    guide: str = ""


@dataclass(frozen=True, slots=True)
class SnapTarget:
    """One position worth meeting."""

    position: Ticks
    name: str


def snap_targets(
    project: Project, loop: Span[Ticks] | None = None, playhead: Ticks | None = None
) -> tuple[SnapTarget, ...]:
    """Clip, mask, section and chord edges, loop ends and the playhead."""
    targets: list[SnapTarget] = []

    def edges(span: Span[Ticks], name: str) -> None:
        targets.append(SnapTarget(span.start, name))
        targets.append(SnapTarget(span.end, name))

    for clip in project.audio.clips:
        edges(clip.span(project.tempo), "clip")
    for mask in project.masks:
        edges(mask.span, "mask")
    for section in project.sections.sections:
        edges(section.span, "section")
    for block in project.chords.blocks:
        edges(block.span, "chord")
    if loop is not None:
        edges(loop, "loop")
    if playhead is not None:
        targets.append(SnapTarget(playhead, "playhead"))
    return tuple(targets)


def snap(
    position: Ticks, step: Ticks, targets: Iterable[SnapTarget] = (), reach: Ticks = Ticks(0)
) -> Snapped:
    """The nearest grid line, or a target within ``reach`` ticks that is no farther.

    Never negative. ``step`` must be positive.
    """
    line = Ticks(max(0, round(position / step) * step))
    best = Snapped(line)
    distance = abs(line - position)
    for target in targets:
        away = abs(target.position - position)
        if away <= reach and away <= distance and target.position >= 0:
            # An exact tie with the grid still names the thing, so that the guide is shown.
            best, distance = Snapped(target.position, target.name), away
    return best


def snap_down(position: Ticks, step: Ticks) -> Ticks:
    """The grid line at or before a position: the cell a pointer is in. Never negative."""
    return Ticks(max(0, position // step * step))

"""What the main button will do: where, and by which act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.document.workspace import Workspace
from app.model.audio_run import AudioRun, audio_runs
from app.model.lane import CONDITION_LANES, LaneId
from app.model.mask import MaskRegion
from app.model.project import Project
from app.model.region import EN_DASH, bars_of, describe_bars
from app.model.stale import stale_bars
from engine.timebase import Span, TempoMap, Ticks

ONE_TICK = Ticks(1)


class Act(StrEnum):
    """The verbs; the value is the one written into recipes."""

    GENERATE = "generate"
    INPAINT = "inpaint"
    EXTEND = "extend"
    EXTEND_BACKWARD = "extend backward"


@dataclass(frozen=True, slots=True)
class Target:
    """What one run plays.

    ``regions`` are played anew and get takes, each its own group: several only for masks.
    ``masks`` are those the regions come from, in the same order, or empty where there are none
    or where several, over silence, became one region. ``source`` is the sound the run starts
    from; None when it generates.
    """

    act: Act
    regions: tuple[Span[Ticks], ...]
    masks: tuple[MaskRegion, ...] = ()
    source: AudioRun | None = None

    @property
    def span(self) -> Span[Ticks]:
        """From the first region's start to the last one's end."""
        return Span(
            min(region.start for region in self.regions), max(region.end for region in self.regions)
        )


@dataclass(frozen=True, slots=True)
class MainAction:
    """The main button: its text, what it does, and a hint for below it (or an empty text)."""

    target: Target
    label: str
    n_takes: int
    hint: str = ""

    @property
    def act(self) -> Act:
        """The verb."""
        return self.target.act


def main_action(project: Project, workspace: Workspace, n_takes: int | None = None) -> MainAction:
    """What pressing the main button does now; ``n_takes`` None takes the project's."""
    target = choose_target(
        project,
        workspace.selection.span,
        workspace.loop if workspace.is_looping else None,
        workspace.start_marker,
    )
    n_takes = project.n_takes if n_takes is None else n_takes
    hint = "" if is_guided(project) else "Describe the music, or draw chords, drums or notes."
    return MainAction(target, describe_target(project, target, n_takes), n_takes, hint)


def choose_target(
    project: Project,
    selection: Span[Ticks] | None = None,
    loop: Span[Ticks] | None = None,
    start_marker: Ticks = Ticks(0),
) -> Target:
    """The masks if any are on, else the selection, else the loop, else Length from the marker.

    ``loop`` is None while looping is off.
    """
    masks = tuple(mask for mask in project.masks if mask.is_on)
    if masks:
        return target_of_masks(project, masks)
    span = selection or loop
    if span is None:
        length = project.length_bars * project.tempo.meter.bar_ticks
        span = Span(start_marker, Ticks(start_marker + length))
    return target_of_span(project, span)


def target_of_span(project: Project, span: Span[Ticks]) -> Target:
    """The act that suits what sounds around a span.

    Sound before and up to it, and none after: extend. The mirror of that: extend backward.
    Sound on at least one side of it within one run: inpaint. Otherwise, generate.
    """
    for run in audio_runs(project.audio.clips, project.tempo):
        touches = run.span.start <= span.end and span.start <= run.span.end + ONE_TICK
        has_before = run.span.start < span.start
        has_after = run.span.end > span.end + ONE_TICK
        if not touches or not (has_before or has_after):
            continue
        if run.span.start <= span.start and span.end <= run.span.end + ONE_TICK:
            return Target(Act.INPAINT, (span,), source=run)
        if has_before and not has_after:
            return Target(Act.EXTEND, (_from(span, run),), source=run)
        if has_after and not has_before:
            return Target(Act.EXTEND_BACKWARD, (span,), source=run)
    return Target(Act.GENERATE, (span,))


def target_of_masks(project: Project, masks: tuple[MaskRegion, ...]) -> Target:
    """What a job over these masks does: one mask like a span, several together as one inpaint.

    Masks that meet no sound are left out; where none meets any, they are generated.
    """
    if len(masks) == 1:
        chosen = target_of_span(project, masks[0].span)
        return Target(chosen.act, chosen.regions, masks, chosen.source)
    runs = [
        run
        for run in audio_runs(project.audio.clips, project.tempo)
        if any(mask.span.overlaps(run.span) for mask in masks)
    ]
    if not runs:
        return Target(Act.GENERATE, (_hull(mask.span for mask in masks),))
    source = AudioRun(
        tuple(clip for run in runs for clip in run.clips), _hull(run.span for run in runs)
    )
    regions = [(mask.span.intersection(source.span), mask) for mask in masks]
    kept = [(region, mask) for region, mask in regions if region is not None]
    return Target(
        Act.INPAINT,
        tuple(region for region, _ in kept),
        tuple(mask for _, mask in kept),
        source,
    )


def describe_target(project: Project, target: Target, n_takes: int) -> str:
    """The button's text, such as ``Inpaint bars 3-4, 3 takes``."""
    tempo = project.tempo
    places = _describe_regions(target.regions, tempo)
    takes = f", {n_takes} takes" if n_takes > 1 else ""
    if target.act is Act.GENERATE:
        seconds = tempo.seconds_at(target.span.end) - tempo.seconds_at(target.span.start)
        unguided = "" if is_guided(project) else " (unguided)"
        return f"Generate{unguided} {places} ({seconds:.1f} s){takes}"
    if target.act is Act.INPAINT:
        n_stale = _n_stale(project, target)
        if n_stale:
            return f"Update {n_stale} stale {'bar' if n_stale == 1 else 'bars'}{takes}"
        return f"Inpaint {places}{takes}"
    backward = " backward" if target.act is Act.EXTEND_BACKWARD else ""
    return f"Extend{backward} {_length_in_bars(target.span, tempo)}{takes}"


def describe_step(project: Project, target: Target) -> str:
    """The name of the undo step, such as ``Inpaint bars 5-6``."""
    places = _describe_regions(target.regions, project.tempo)
    verb = {Act.GENERATE: "Generate", Act.INPAINT: "Inpaint"}.get(target.act, "Extend to")
    return f"{verb} {places}"


def is_guided(project: Project) -> bool:
    """Whether anything steers a run: words, or a lane that is on and not empty."""
    return bool(project.prompt.strip()) or any(steers(project, lane) for lane in CONDITION_LANES)


def steers(project: Project, lane: LaneId) -> bool:
    """Whether a lane is on and holds anything; an empty lane leaves the model free."""
    settings = project.settings(lane)
    contents: dict[LaneId, tuple[object, ...]] = {
        LaneId.CHORDS: project.chords.blocks,
        LaneId.DRUMS: project.drums.hits,
        LaneId.NOTES: project.notes.notes,
    }
    return settings.is_on and settings.strength > 0 and bool(contents[lane])


def _from(span: Span[Ticks], run: AudioRun) -> Span[Ticks]:
    """Begin where the sound ends, should the span begin a tick of rounding later."""
    return Span(min(span.start, run.span.end), span.end)


def _hull(spans: Iterable[Span[Ticks]]) -> Span[Ticks]:
    every = tuple(spans)
    return Span(min(span.start for span in every), max(span.end for span in every))


def _n_stale(project: Project, target: Target) -> int:
    """How many bars the masks cover, if each of them is stale; else 0."""
    if not target.masks:
        return 0
    stale = set(stale_bars(project))
    covered: set[int] = set()
    for region in target.regions:
        first, last = bars_of(region, project.tempo)
        covered |= set(range(first, last + 1))
    return len(covered) if covered <= stale else 0


def _describe_regions(regions: tuple[Span[Ticks], ...], tempo: TempoMap) -> str:
    if len(regions) == 1:
        return describe_bars(regions[0], tempo)
    bars = [bars_of(region, tempo) for region in regions]
    return "bars " + ", ".join(
        str(first) if first == last else f"{first}{EN_DASH}{last}" for first, last in bars
    )


def _length_in_bars(span: Span[Ticks], tempo: TempoMap) -> str:
    n_bars = (span.end - span.start) / tempo.meter.bar_ticks
    return f"{n_bars:.3g} {'bar' if n_bars == 1 else 'bars'}"

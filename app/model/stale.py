"""Which generated bars no longer match the lanes they were made from."""

from __future__ import annotations

from app.model.clip import Clip
from app.model.lane import CONDITION_LANES, LaneId
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.region import bars_of
from engine.timebase import Samples, Span, Ticks, seconds_of


def stale_bars(project: Project) -> tuple[int, ...]:
    """Bars, counted from 1, whose generated sound was made from other lanes, tempo or meter.

    Sound is judged by the lanes it lies under now. Only lanes that steered the run count.
    Prompts do not: words concern no single bar.
    """
    origins = {
        take.id: (take, group.region.start) for group in project.take_groups for take in group.takes
    }
    stale: set[int] = set()
    for clip in project.audio.clips:
        if clip.take_id is not None and clip.take_id in origins:
            take, start = origins[clip.take_id]
            recipe = project.recipe(take.recipe_id)
            skipped = seconds_of(Samples(clip.offset - take.offset), clip.asset.sample_rate_hz)
            shift = clip.position - start - recipe.tempo.ticks_at(skipped)
            stale |= _stale_under(clip, recipe, shift, project)
    return tuple(sorted(stale))


def _stale_under(clip: Clip, recipe: Recipe, shift: int, project: Project) -> set[int]:
    """``shift``: how many ticks later the sound lies than where it was made."""
    span = clip.span(project.tempo)
    first, last = bars_of(span, project.tempo)
    bars = set(range(first, last + 1))
    if recipe.tempo != project.tempo:
        return bars
    stale = set()
    for bar in bars:
        part = project.tempo.bars(bar, bar).intersection(span)
        if part is None:
            continue
        made = Span(Ticks(part.start - shift), Ticks(part.end - shift))
        if any(
            lane_content(recipe, lane, made) != lane_content(project, lane, part)
            for lane in CONDITION_LANES
            if _steered(recipe, lane)
        ):
            stale.add(bar)
    return stale


def lane_content(source: Project | Recipe, lane: LaneId, span: Span[Ticks]) -> object:
    """What a lane holds inside ``span``, cut at its ends and counted from its start."""

    def placed(inner: Span[Ticks]) -> tuple[int, int]:
        return max(inner.start, span.start) - span.start, min(inner.end, span.end) - span.start

    if lane is LaneId.CHORDS:
        return tuple((placed(block.span), block.text) for block in source.chords.within(span))
    if lane is LaneId.DRUMS:
        switched = frozenset(
            (row.pitch, row.nudge_ms, row.is_muted, row.is_solo)
            for row in source.drums.rows
            if row.nudge_ms or row.is_muted or row.is_solo
        )
        hits = tuple(
            (hit.time - span.start, hit.pitch, hit.velocity) for hit in source.drums.within(span)
        )
        return hits, source.drums.swing_percent, switched
    return tuple(
        (placed(note.span), note.pitch, note.velocity)
        for note in source.notes.within(span)
        if not note.is_muted
    )


def _steered(recipe: Recipe, lane: LaneId) -> bool:
    lanes = {
        LaneId.CHORDS: recipe.chords.settings,
        LaneId.DRUMS: recipe.drums.settings,
        LaneId.NOTES: recipe.notes.settings,
    }
    return lanes[lane].is_on and lanes[lane].strength > 0

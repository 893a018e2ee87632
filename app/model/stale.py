"""Which generated bars no longer match the lanes they were made from."""

from __future__ import annotations

from app.model.clip import Clip
from app.model.lane import CONDITION_LANES, LaneId
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.region import bars_of
from engine.timebase import Span, Ticks


def stale_bars(project: Project) -> tuple[int, ...]:
    """Bars, counted from 1, whose generated sound was made from other lanes, tempo or meter.

    Only lanes that steered the run count. Prompts do not: words concern no single bar.
    """
    recipes = {
        take.id: project.recipe(take.recipe_id)
        for group in project.take_groups
        for take in group.takes
    }
    stale: set[int] = set()
    for clip in project.audio.clips:
        if clip.take_id is not None and clip.take_id in recipes:
            stale |= _stale_under(clip, recipes[clip.take_id], project)
    return tuple(sorted(stale))


def _stale_under(clip: Clip, recipe: Recipe, project: Project) -> set[int]:
    span = clip.span(project.tempo)
    first, last = bars_of(span, project.tempo)
    bars = set(range(first, last + 1))
    if recipe.tempo != project.tempo:
        return bars
    stale = set()
    for bar in bars:
        part = project.tempo.bars(bar, bar).intersection(span)
        if part is not None and any(
            lane_content(recipe, lane, part) != lane_content(project, lane, part)
            for lane in CONDITION_LANES
            if _settings_on(recipe, lane)
        ):
            stale.add(bar)
    return stale


def lane_content(source: Project | Recipe, lane: LaneId, span: Span[Ticks]) -> object:
    """What a lane holds inside ``span``, comparable by value; cut at the ends of ``span``."""
    if lane is LaneId.CHORDS:
        return tuple(
            (block.span.intersection(span), block.text) for block in source.chords.within(span)
        )
    if lane is LaneId.DRUMS:
        switched = frozenset(
            (row.pitch, row.nudge_ms, row.is_muted, row.is_solo)
            for row in source.drums.rows
            if row.nudge_ms or row.is_muted or row.is_solo
        )
        return source.drums.within(span), source.drums.swing_percent, switched
    return tuple(
        (note.span.intersection(span), note.pitch, note.velocity)
        for note in source.notes.within(span)
        if not note.is_muted
    )


def _settings_on(recipe: Recipe, lane: LaneId) -> bool:
    lanes = {
        LaneId.CHORDS: recipe.chords.settings,
        LaneId.DRUMS: recipe.drums.settings,
        LaneId.NOTES: recipe.notes.settings,
    }
    return lanes[lane].is_on and lanes[lane].strength > 0

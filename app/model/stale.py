"""Which generated sound no longer matches the lanes, tempo and meter it was made from."""

from __future__ import annotations

from collections.abc import Iterable

from app.model.clip import Clip
from app.model.lane import CONDITION_LANES, LaneId
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.region import bars_of
from app.model.take import Take, TakeGroup
from engine.timebase import Samples, Span, Ticks, seconds_of

_Item = tuple[int, int, object]


def stale_bars(project: Project) -> tuple[int, ...]:
    """Bars, counted from 1, whose generated sound was made from other lanes, tempo or meter.

    Sound is judged by the lanes it lies under now. Only lanes that steered the run count.
    Prompts do not: words concern no single bar.
    """
    origins = {take.id: (take, group) for group in project.take_groups for take in group.takes}
    stale: set[int] = set()
    for clip in project.audio.clips:
        if clip.take_id is not None and clip.take_id in origins:
            for span in _stale_parts_of_clip(project, clip, *origins[clip.take_id]):
                first, last = bars_of(span, project.tempo)
                stale.update(range(first, last + 1))
    return tuple(sorted(stale))


def is_clip_stale(project: Project, clip: Clip) -> bool:
    """Whether any of a clip's sound no longer matches the lanes it lies under."""
    for group in project.take_groups:
        for take in group.takes:
            if take.id == clip.take_id:
                return any(_stale_parts_of_clip(project, clip, take, group))
    return False  # imported, or its take was deleted: ordinary sound


def is_take_stale(project: Project, take: Take, group: TakeGroup) -> bool:
    """Whether a take no longer matches the lanes over the region it was made for."""
    recipe = project.recipe(take.recipe_id)
    return any(_stale_parts(project, recipe, group.region, shift=0))


def _stale_parts_of_clip(
    project: Project, clip: Clip, take: Take, group: TakeGroup
) -> Iterable[Span[Ticks]]:
    recipe = project.recipe(take.recipe_id)
    skipped = seconds_of(Samples(clip.offset - take.offset), clip.asset.sample_rate_hz)
    shift = clip.position - group.region.start - recipe.tempo.ticks_at(skipped)
    return _stale_parts(project, recipe, clip.span(project.tempo), shift)


def _stale_parts(
    project: Project, recipe: Recipe, span: Span[Ticks], shift: int
) -> Iterable[Span[Ticks]]:
    """The parts of ``span`` that differ from the run whose sound lies there.

    ``shift``: how many ticks later the sound lies than where it was made.
    """
    if recipe.tempo != project.tempo:
        yield span
        return
    made = Span(Ticks(span.start - shift), Ticks(span.end - shift))
    for lane in CONDITION_LANES:
        if _steered(recipe, lane) and not _is_same_lane(project, recipe, lane, shift):
            then, now = _items(recipe, lane, made), _items(project, lane, span)
            for start, end, _ in then ^ now:
                yield Span(Ticks(span.start + start), Ticks(span.start + end))


def _is_same_lane(project: Project, recipe: Recipe, lane: LaneId, shift: int) -> bool:
    """Spares the comparison in the common case that the lane was not touched since."""
    if shift:
        return False
    if lane is LaneId.CHORDS:
        return project.chords.blocks is recipe.chords.blocks
    if lane is LaneId.DRUMS:
        return project.drums is recipe.drums
    return project.notes.notes is recipe.notes.notes


def _items(source: Project | Recipe, lane: LaneId, span: Span[Ticks]) -> frozenset[_Item]:
    """What a lane says inside ``span``: start and end, cut and counted from its start, and what.

    A note that began earlier is another one than a note struck at the start.
    """

    def placed(inner: Span[Ticks], what: object) -> _Item:
        start, end = inner.start - span.start, inner.end - span.start
        return max(0, start), min(end, span.end - span.start), what

    if lane is LaneId.CHORDS:
        return frozenset(placed(block.span, block.text) for block in source.chords.within(span))
    if lane is LaneId.DRUMS:
        drums = source.drums
        switches = {row.pitch: (row.nudge_ms, row.is_muted, row.is_solo) for row in drums.rows}
        has_solo = any(row.is_solo for row in drums.rows)
        return frozenset(
            (
                hit.time - span.start,
                hit.time - span.start + 1,
                (hit.pitch, hit.velocity, drums.swing_percent, switches.get(hit.pitch), has_solo),
            )
            for hit in drums.within(span)
        )
    return frozenset(
        placed(note.span, (note.pitch, note.velocity, note.span.start < span.start))
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

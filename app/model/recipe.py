"""Everything that made a take, so that it can be made again and explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.model.chord_block import ChordLane
from app.model.drum_hit import DrumLane
from app.model.ids import AssetId, RecipeId
from app.model.mask import MaskRegion
from app.model.note import NoteLane
from app.model.section import SectionLane
from engine.timebase import Span, TempoMap, Ticks


@dataclass(frozen=True, slots=True)
class Recipe:
    """One run: words, lanes as they were, region, sampling, and what played it.

    ``act`` is the verb (``generate``, ``inpaint``, ``extend``); ``started_at`` an ISO time.
    ``sampling`` holds the options given (``None`` = the model's default) and ``engine`` what
    the engine said about itself (model, hash, device, dtype, threads, batch size, timings).
    ``sources`` are the recordings the run started from.
    """

    id: RecipeId
    act: str
    started_at: str
    span: Span[Ticks]
    tempo: TempoMap
    key: str
    prompt: str
    negative: str
    seed: int
    n_takes: int
    chords: ChordLane
    drums: DrumLane
    notes: NoteLane
    masks: tuple[MaskRegion, ...] = ()
    sources: tuple[AssetId, ...] = ()
    sections: SectionLane = SectionLane()
    sampling: Mapping[str, float | None] = field(default_factory=dict)
    engine: Mapping[str, str | float] = field(default_factory=dict)

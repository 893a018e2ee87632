"""From the engine's takes to the edit that stacks them over their regions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from app.jobs.build_request import Run
from app.jobs.untouched import count_untouched
from app.model.audio_run import sample_span
from app.model.clip import Asset, clips_within
from app.model.edits.takes import NewTakes, PlaceTakes
from app.model.ids import TakeId, new_id
from app.model.project import Project
from app.model.take import Take
from engine.audio.level import peak_db, rms_db
from engine.events import EngineTake, Finished
from engine.requests import Audio
from engine.timebase import Samples, Span

MEMORY, MEMORY_TOTAL = "memory_bytes", "memory_total_bytes"
StoreAudio = Callable[[Audio], Asset]
INAUDIBLE_CHANGE = 1e-5
"""Largest difference, of full scale, that counts as no change."""


@dataclass(frozen=True, slots=True)
class StoredTakes:
    """The results of a run, already on disk: per region of its target, its takes in order."""

    takes: tuple[tuple[Take, ...], ...]
    engine: dict[str, str | float]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to place."""
        return not any(self.takes)


def store_takes(run: Run, finished: Finished, store: StoreAudio) -> StoredTakes:
    """Cut each take to the run's regions and store it; works in any thread.

    What a take says of itself (seed, partial, verified) goes along. Partial takes that do not
    reach a region are left out there. Raises what ``store`` raises.
    """
    recipe = finished.recipe
    engine: dict[str, str | float] = {
        "model": recipe.model,
        "model_hash": recipe.model_hash,
        "device": recipe.device,
        "dtype": recipe.dtype,
        "threads": float(recipe.threads),
        "batch_size": float(recipe.batch_size),
        MEMORY: float(recipe.memory_bytes),
        MEMORY_TOTAL: float(recipe.memory_total_bytes),
        **{f"{name}_s": seconds for name, seconds in recipe.timings_s.items()},
    }
    regions = range(len(run.target.regions))
    return StoredTakes(
        tuple(
            tuple(
                stored
                for take in finished.takes
                if (stored := _store(run, index, take, store)) is not None
            )
            for index in regions
        ),
        engine,
    )


def place_takes(run: Run, stored: StoredTakes, project: Project) -> PlaceTakes:
    """The edit for a finished run on the project as it is now.

    The first take is heard, unless the tempo or the sound in a region changed since the run
    was built: then all takes only wait in the panel, over nobody's new work.
    """
    return replace(_placing(run, stored), is_heard=not has_moved(run, project))


def place_partial(run: Run, stored: StoredTakes) -> PlaceTakes:
    """The edit for a cancelled run: what was finished waits in the bin, marked partial.

    Hand it to ``document.amend``, so that a cancelled run leaves no undo step.
    """
    edit = _placing(run, stored)
    results = tuple(
        replace(new, takes=tuple(replace(take, is_binned=True) for take in new.takes))
        for new in edit.results
        if new.takes
    )
    return replace(edit, results=results, is_heard=False)


def has_moved(run: Run, project: Project) -> bool:
    """Whether the tempo, or the sound in a region of the run, is no longer as it was."""
    before = run.project
    return project.tempo != before.tempo or any(
        clips_within(project.audio.clips, region, project.tempo)
        != clips_within(before.audio.clips, region, before.tempo)
        for region in run.target.regions
    )


def _placing(run: Run, stored: StoredTakes) -> PlaceTakes:
    results = tuple(
        NewTakes(region, takes)
        for region, takes in zip(run.target.regions, stored.takes, strict=True)
    )
    recipe = replace(run.recipe, engine=stored.engine)
    return PlaceTakes(results, recipe, run.label)


def _store(run: Run, index: int, take: EngineTake, store: StoreAudio) -> Take | None:
    audio = _cut(run, index, take.audio)
    if audio.samples.shape[1] == 0:
        return None
    n_untouched = count_untouched(run, take.audio)
    return Take(
        id=TakeId(new_id()),
        number=1,  # the edit counts on from the takes already there
        asset=store(audio),
        offset=Samples(0),
        seed=take.seed,
        recipe_id=run.recipe.id,
        level_db=_finite(rms_db(audio)),
        peak_db=_finite(peak_db(audio)),
        is_partial=take.is_partial,
        is_untouched_verified=take.is_untouched_verified and n_untouched is not None,
        n_untouched=n_untouched or 0,
        is_unchanged=_is_unchanged(run, index, audio),
    )


def _cut(run: Run, index: int, audio: Audio) -> Audio:
    """The part of a result that belongs to a region; never longer than the region."""
    if run.cuts:
        cut = run.cuts[index]
    else:
        region = run.target.regions[index]
        samples = sample_span(region, run.project.tempo, audio.sample_rate_hz)
        cut = Span(Samples(0), Samples(samples.end - samples.start))
    part = np.ascontiguousarray(audio.samples[:, cut.start : cut.end])
    return Audio(part, audio.sample_rate_hz)


def _is_unchanged(run: Run, index: int, audio: Audio) -> bool:
    """Whether an inpainted region came back as it was."""
    source = getattr(run.request, "audio", None)
    if not isinstance(source, Audio) or not run.cuts:
        return False
    cut = run.cuts[index]
    before = source.samples[:, cut.start : cut.end]
    if before.shape != audio.samples.shape:
        return False
    return bool(np.abs(before - audio.samples).max() <= INAUDIBLE_CHANGE)


def _finite(level_db: float) -> float:
    """Silence has no level in decibels; files hold a number."""
    return max(level_db, -200.0)

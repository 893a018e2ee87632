"""How fast a model plays: time to load, to the first sound, and in all, on a warm model."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

from engine.backend import Backend
from engine.cancel import CancelToken
from engine.events import Finished, Preview, Recipe
from engine.requests import Brief, GenerateRequest, WarmUpRequest
from engine.score import Chord, Score
from engine.timebase import Seconds, Span

SOUND_S = 20.0
TAKES = (1, 4)
WARM_UP_RUNS = 1


@dataclass(frozen=True, slots=True)
class Timing:
    """One generation on a warm model; ``n_frames`` model steps, ``sound_s`` seconds per take."""

    first_sound_s: float
    total_s: float
    n_frames: int
    n_takes: int
    sound_s: float


Figures = dict[str, object]


def measure_generation(
    make_backend: Callable[[], Backend], model: str, device: str, repeats: int
) -> Figures:
    """Median, least and most of each figure over ``repeats`` runs after one that is not counted.

    Steps count codec frames; a step draws one code per codebook for every take. Times include
    the text, the lanes and the codec.
    """
    started = time.perf_counter()
    backend = make_backend()
    imported = time.perf_counter()
    with closing(backend):
        for _ in backend.run(WarmUpRequest(model, device), CancelToken()):
            pass
        loaded = time.perf_counter()
        cases: Figures = {}
        recipe: Recipe | None = None
        for n_takes in TAKES:
            request = GenerateRequest(_brief(n_takes, model, device))
            runs = [_time(backend, request) for _ in range(WARM_UP_RUNS + repeats)]
            recipe = runs[-1][1]
            cases[f"{n_takes} takes of {SOUND_S:g} s"] = _summary(
                [timing for timing, _ in runs[WARM_UP_RUNS:]]
            )
    assert recipe is not None
    return {
        "import_s": round(imported - started, 3),
        "load_s": round(loaded - imported, 3),
        "model": recipe.model,
        "model_hash": recipe.model_hash,
        "device": recipe.device,
        "dtype": recipe.dtype,
        "threads": recipe.threads,
        "repeats": repeats,
        "warm_up_runs": WARM_UP_RUNS,
        "cases": cases,
    }


def _brief(n_takes: int, model: str, device: str) -> Brief:
    """Four chords over the whole length, with words."""
    quarter_s = SOUND_S / 4
    chords = tuple(
        Chord(Span(Seconds(index * quarter_s), Seconds((index + 1) * quarter_s)), label)
        for index, label in enumerate(("A:min", "F:maj", "C:maj", "G:maj"))
    )
    score = Score(Seconds(SOUND_S), tempo_bpm=96.0, chords=chords)
    return Brief(score, prompt="calm pop", n_takes=n_takes, model=model, device=device)


def _time(backend: Backend, request: GenerateRequest) -> tuple[Timing, Recipe]:
    started = time.perf_counter()
    first_sound: float | None = None
    finished: Finished | None = None
    for event in backend.run(request, CancelToken()):
        if first_sound is None and isinstance(event, Preview | Finished):
            first_sound = time.perf_counter()
        if isinstance(event, Finished):
            finished = event
    ended = time.perf_counter()
    assert finished is not None
    assert first_sound is not None
    take = finished.takes[0]
    timing = Timing(
        first_sound_s=first_sound - started,
        total_s=ended - started,
        n_frames=take.codes.shape[1],
        n_takes=len(finished.takes),
        sound_s=take.audio.duration,
    )
    return timing, finished.recipe


def _summary(timings: Sequence[Timing]) -> Figures:
    """The figures of a case, each as its median with the least and the most."""
    return {
        "steps_per_s": _spread([timing.n_frames / timing.total_s for timing in timings]),
        "times_real_time": _spread(
            [timing.n_takes * timing.sound_s / timing.total_s for timing in timings]
        ),
        "first_sound_s": _spread([timing.first_sound_s for timing in timings]),
        "total_s": _spread([timing.total_s for timing in timings]),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }

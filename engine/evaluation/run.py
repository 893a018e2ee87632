"""The door of ``inlay evaluate``: a suite by name, measured, with its results."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.cancel import CancelToken
from engine.errors import BadInput
from engine.evaluation.recipe_cache import default_cache
from engine.evaluation.report import FIGURES_NAME, SPECTROGRAMS_NAME
from engine.evaluation.results import Results
from engine.evaluation.spectrograms import picture_clips
from engine.evaluation.suites import codec, controls, distance, hearing, inpaint, sampling, text
from engine.evaluation.workplace import ProgressCall, Workplace, tell_nobody

Suite = Callable[[Workplace, int | None, int | None], Results]

SUITES: dict[str, Suite] = {
    "controls": controls.measure,
    "codec": codec.measure,
    "hearing": hearing.measure,
    "text": text.measure,
    "inpaint": inpaint.measure,
    "distance": distance.measure,
    "sampling": sampling.measure,
}

REPORTED = ("controls", "text", "inpaint", "distance", "codec", "hearing")
"""The suites of the page of results, in its order."""

PICTURED_CLIPS = 3


def run_suite(
    name: str,
    clips: int | None = None,
    seeds: int | None = None,
    progress: ProgressCall = tell_nobody,
    *,
    model: str = "starter",
    corpus: Path | None = None,
    cache: Path | None = None,
    device: str = "auto",
    cancel: CancelToken | None = None,
) -> Results:
    """Measure one suite; stopped and started again, it goes on where it was.

    Args:
        name: a key of ``SUITES``.
        clips: how many held-out clips; None takes the suite's default.
        seeds: how many takes of each; None takes the suite's default.
        progress: told what is done.
        model: a model by name or folder.
        corpus: folder of rendered held-out pieces; what is missing there is rendered.
        cache: where answers are kept; None takes the user's cache folder.
        device: ``auto``, ``cpu`` or ``cuda``.
        cancel: read between steps; raises ``Cancelled``.

    Raises:
        BadInput: for an unknown suite.
        WeightsUnusable: where the model folder lacks a part that the suite needs.
    """
    if name not in SUITES:
        raise BadInput(f"There is no suite called “{name}”.", f"Choose {', '.join(SUITES)}.")
    workplace = Workplace(
        model,
        cache or default_cache(),
        corpus,
        device,
        progress,
        cancel or CancelToken(),
    )
    return SUITES[name](workplace, clips, seeds)


def write_spectrograms(
    docs: Path,
    progress: ProgressCall = tell_nobody,
    *,
    model: str = "starter",
    corpus: Path | None = None,
    cache: Path | None = None,
    device: str = "auto",
) -> None:
    """Picture a few held-out clips for the page of results in ``docs``."""
    workplace = Workplace(model, cache or default_cache(), corpus, device, progress)
    path = docs / FIGURES_NAME / SPECTROGRAMS_NAME
    picture_clips(workplace, workplace.clips(PICTURED_CLIPS), path)

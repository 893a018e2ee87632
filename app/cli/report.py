"""What ``--report`` writes: all that shaped the takes, and how well they follow the lanes."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine.events import Analysis, EngineTake, Finished
from engine.requests import ExtendRequest, GenerateRequest, InpaintRequest
from engine.score import Score

VERBS = {GenerateRequest: "generate", InpaintRequest: "inpaint", ExtendRequest: "extend"}


def report_text(
    request: GenerateRequest | InpaintRequest | ExtendRequest,
    finished: Finished,
    files: Sequence[Path],
    heard: Sequence[Analysis | None],
) -> str:
    """The report as JSON: request, model, timings, and one entry per take.

    ``files`` and ``heard`` go with the takes; None where nobody could listen.
    """
    report = {
        "inlay": version("inlay"),
        "verb": VERBS[type(request)],
        "request": asdict(request.brief),
        "engine": asdict(finished.recipe),
        "takes": [
            _take(take, path, analysis, request.brief.score)
            for take, path, analysis in zip(finished.takes, files, heard, strict=True)
        ],
    }
    if isinstance(request, InpaintRequest):
        report["masks"] = [asdict(mask) for mask in request.masks]
    return json.dumps(report, indent=2) + "\n"


def _adherence(heard: Analysis | None, asked: Score) -> dict[str, float | None] | None:
    """Scores 0..1 of what is heard against what was asked; None where a figure has no sense."""
    from engine.evaluation.answer_scores import score_answer

    if heard is None:
        return None
    figures = score_answer(heard, asked).items()
    return {name: None if math.isnan(score) else round(score, 4) for name, score in figures}


def _take(take: EngineTake, path: Path, heard: Analysis | None, asked: Score) -> dict[str, Any]:
    return {
        "file": path.name,
        "seed": take.seed,
        "sample_rate_hz": take.audio.sample_rate_hz,
        "channels": take.audio.samples.shape[0],
        "samples": take.audio.samples.shape[1],
        "sha256": hashlib.sha256(take.audio.samples.tobytes()).hexdigest(),
        "is_untouched_verified": take.is_untouched_verified,
        "adherence": _adherence(heard, asked),
    }

"""What ``--report`` writes: all that shaped the takes, and how well they follow the chords."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from engine.events import EngineTake, Finished
from engine.requests import Brief


def report_text(verb: str, brief: Brief, finished: Finished, files: tuple[Path, ...]) -> str:
    """The report as JSON: request, model, timings, and one entry per take."""
    report = {
        "inlay": version("inlay"),
        "verb": verb,
        "request": asdict(brief),
        "engine": asdict(finished.recipe),
        "takes": [_take(take, path) for take, path in zip(finished.takes, files, strict=True)],
    }
    return json.dumps(report, indent=2) + "\n"


def _take(take: EngineTake, path: Path) -> dict[str, Any]:
    return {
        "file": path.name,
        "seed": take.seed,
        "sample_rate_hz": take.audio.sample_rate_hz,
        "channels": take.audio.samples.shape[0],
        "samples": take.audio.samples.shape[1],
        "sha256": hashlib.sha256(take.audio.samples.tobytes()).hexdigest(),
        "is_untouched_verified": take.is_untouched_verified,
    }

"""How the studio feels: time until its window is shown, and how long it ever does not answer."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time

from app.display import missing_display

LONGEST_S = 400.0
PROBE = "import sys; from app.cli.studio_probe import main; sys.exit(main())"
"""Not a module of its own: the engine's process would load the window once more with it."""


def measure_studio(repeats: int, is_with_tones: bool = False) -> dict[str, object]:
    """Open a studio in a new process ``repeats`` times, each generating, playing and editing.

    The first start also reads the program from disk; medians hide it, so all are listed. With
    ``is_with_tones`` sine tones stand in for the model.
    """
    runs = [_one_studio(is_with_tones) for _ in range(repeats)]
    starts = [float(str(run["window_shown_s"])) for run in runs]
    return {
        "window_shown_s": {"median": statistics.median(starts), "all": starts},
        "runs": runs,
    }


def _one_studio(is_with_tones: bool) -> dict[str, object]:
    environment = dict(os.environ)
    if missing_display() is not None:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    words = [sys.executable, "-c", PROBE, str(time.time())]
    answer = subprocess.run(
        [*words, *(["tones"] if is_with_tones else [])],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    report: dict[str, object] = json.loads(answer.stdout.splitlines()[-1])
    return report

"""How the studio feels: time until its window is shown, and how long it ever does not answer."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time

from app.display import missing_display

LONGEST_S = 600.0
PROBE = "import sys; from app.cli.studio_probe import main; sys.exit(main())"
"""Not a module of its own: the engine's process would load the window once more with it."""


def measure_studio(repeats: int) -> dict[str, object]:
    """Open a studio in a new process ``repeats`` times, each generating, playing and editing.

    The first start also reads the program from disk; medians hide it, so all are listed. Large
    files and large views follow, once each, in processes of their own.
    """
    runs = [run_probe("play") for _ in range(repeats)]
    starts = [float(str(run["window_shown_s"])) for run in runs]
    return {
        "window_shown_s": {"median": statistics.median(starts), "all": starts},
        "runs": runs,
        "large_files": run_probe("files"),
        "large_view": run_probe("view"),
    }


def run_probe(part: str) -> dict[str, object]:
    """What ``app.cli.studio_probe`` reports of one of its parts."""
    environment = dict(os.environ)
    if missing_display() is not None or part == "view":  # the view is compared off the screen
        environment["QT_QPA_PLATFORM"] = "offscreen"
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, str(time.time()), part],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    report: dict[str, object] = json.loads(answer.stdout.splitlines()[-1])
    return report

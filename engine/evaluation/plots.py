"""Pictures of finished suites: every row a bar with its interval, every figure a panel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from engine.evaluation.bootstrap import Estimate
from engine.evaluation.results import Results, Row

MOST_PANELS = 6
INK, QUIET = "#2f6f8f", "#b8c4ca"


def plot_results(results: Results, figures: Sequence[str], path: Path) -> None:
    """Draw the figures of a suite side by side, rows without any of them left out.

    Rows that were not played by the model are drawn in a quiet colour.
    """
    shown = [name for name in figures if name in results.columns][:MOST_PANELS]
    rows = [row for row in results.rows if any(_is_there(row, name) for name in shown)]
    size = (2.4 + 2.3 * len(shown), 0.8 + 0.27 * len(rows))
    picture = Figure(figsize=size, layout="constrained")
    panels = picture.subplots(1, len(shown), sharey=True, squeeze=False)
    places = np.arange(len(rows))[::-1]
    for panel, name in zip(panels[0], shown, strict=True):
        for place, row in zip(places, rows, strict=True):
            if not _is_there(row, name):
                continue
            estimate = row.figures[name]
            panel.barh(place, estimate.mean, color=QUIET if _is_reference(row) else INK, height=0.7)
            low, high = _interval(estimate)
            panel.plot([low, high], [place, place], color="black", linewidth=1.2)
        panel.set_title(name, fontsize=9)
        panel.tick_params(labelsize=8)
        panel.spines[["top", "right"]].set_visible(False)
    panels[0][0].set_yticks(places, [row.name for row in rows], fontsize=8)
    picture.savefig(path, dpi=110, metadata={"Software": None})


def _is_there(row: Row, name: str) -> bool:
    return name in row.figures and not math.isnan(row.figures[name].mean)


def _interval(estimate: Estimate) -> tuple[float, float]:
    if math.isnan(estimate.low):
        return estimate.mean, estimate.mean
    return estimate.low, estimate.high


def _is_reference(row: Row) -> bool:
    return bool(row.source) or row.name.startswith(("oracle", "codec", "floor", "Opus", "no "))

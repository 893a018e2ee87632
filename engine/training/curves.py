"""The record of a training: one CSV row per report, and its picture."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path


def append_curve(path: Path, row: Mapping[str, float]) -> None:
    """Add one row; the first row names the columns, every later one must have the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(row))
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def read_curve(path: Path) -> dict[str, list[float]]:
    """Columns by name."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in (rows[0] if rows else {})}


def plot_curve(path: Path, picture: Path, title: str) -> None:
    """Draw every column of a curve against ``step`` as a PNG."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    curve = read_curve(path)
    steps = curve.pop("step")
    curve.pop("seconds", None)
    figure, axes = pyplot.subplots(
        len(curve), 1, figsize=(8, 2.2 * len(curve)), sharex=True, squeeze=False
    )
    for axis, (name, values) in zip(axes[:, 0], curve.items(), strict=True):
        axis.plot(steps, values, linewidth=1)
        axis.set_ylabel(name)
        axis.grid(alpha=0.3)
    axes[0, 0].set_title(title)
    axes[-1, 0].set_xlabel("step")
    figure.tight_layout()
    figure.savefig(picture, dpi=100)
    pyplot.close(figure)

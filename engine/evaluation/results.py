"""A finished suite: rows of estimates, written as JSON or as a table."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.evaluation.bootstrap import Estimate


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``source`` says where figures that were not measured here are from."""

    name: str
    figures: Mapping[str, Estimate]
    n_answers: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """What a suite measured, with what, and remarks that a reader needs to judge it."""

    suite: str
    rows: tuple[Row, ...]
    settings: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def row(self, name: str) -> Row:
        """The row of that name; raises KeyError."""
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(name)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all figures, in the order in which rows bring them."""
        return tuple(dict.fromkeys(name for row in self.rows for name in row.figures))


def published(name: str, figures: Mapping[str, float], source: str) -> Row:
    """A row of figures that others reported, without intervals."""
    estimates = {key: Estimate(value, math.nan, math.nan, 0) for key, value in figures.items()}
    return Row(name, estimates, 0, source)


def write_json(results: Results, path: Path) -> None:
    """Write everything; figures that do not exist are null."""
    document = {
        "suite": results.suite,
        "settings": dict(results.settings),
        "remarks": list(results.remarks),
        "rows": [
            {
                "name": row.name,
                "answers": row.n_answers,
                "source": row.source,
                "figures": {
                    name: {
                        key: None if isinstance(value, float) and math.isnan(value) else value
                        for key, value in asdict(estimate).items()
                    }
                    for name, estimate in row.figures.items()
                },
            }
            for row in results.rows
        ],
    }
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> Results:
    """Inverse of ``write_json``."""
    document = json.loads(path.read_text(encoding="utf-8"))

    def estimate(values: Mapping[str, float | None]) -> Estimate:
        mean, low, high = (
            math.nan if (value := values[key]) is None else value for key in ("mean", "low", "high")
        )
        return Estimate(mean, low, high, int(values["n"] or 0))

    rows = tuple(
        Row(
            row["name"],
            {name: estimate(values) for name, values in row["figures"].items()},
            row["answers"],
            row["source"],
        )
        for row in document["rows"]
    )
    return Results(document["suite"], rows, document["settings"], tuple(document["remarks"]))


def cell(estimate: Estimate | None) -> str:
    """``.912 (.90-.93)``; a dash where there is no figure, no bracket where no interval."""
    if estimate is None or math.isnan(estimate.mean):
        return "-"
    mean = f"{estimate.mean:.3f}"
    if math.isnan(estimate.low):
        return mean
    return f"{mean} ({estimate.low:.2f}-{estimate.high:.2f})"


def markdown_table(results: Results) -> str:
    """The rows as a Markdown table with 95 % intervals in brackets."""
    lines = [
        "| | answers | " + " | ".join(results.columns) + " |",
        "|---" * (len(results.columns) + 2) + "|",
    ]
    for row in results.rows:
        cells = [cell(row.figures.get(name)) for name in results.columns]
        answers = str(row.n_answers) if row.n_answers else row.source
        lines.append(f"| {row.name} | {answers} | " + " | ".join(cells) + " |")
    return "\n".join([*lines, *([""] if results.remarks else []), *results.remarks]) + "\n"

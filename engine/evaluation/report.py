"""The page of results, written whole from the figures that suites and benchmarks left as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.evaluation.plots import plot_results
from engine.evaluation.results import Results, markdown_table, read_json, write_json

PAGE_NAME, FIGURES_NAME = "results.md", "results"
SPECTROGRAMS_NAME = "spectrograms.png"

TITLES = {
    "controls": "Does it play what the lanes ask?",
    "text": "Does it play what the words ask?",
    "inpaint": "Do bars played anew fit in?",
    "distance": "How far is it from true music?",
    "codec": "What does the codec keep?",
    "hearing": "How well does the recogniser hear?",
    "sampling": "Which way of drawing plays best?",
}
PLOTTED = {
    "controls": ("majmin", "beat_f1", "kick_f1", "snare_f1", "hat_f1", "note_f1"),
    "text": ("style", "instruments", "mood", "pace"),
    "inpaint": ("left spectral dB", "right spectral dB", "right level dB", "majmin inside"),
    "distance": ("Fréchet distance",),
    "codec": ("kbit/s", "log_mel", "convergence", "peak_recall", "majmin"),
    "hearing": ("majmin", "beat_f1", "kick_f1", "snare_f1", "hat_f1", "note_f1"),
}
BENCHMARKS = {
    "generate": "How fast does it play?",
    "studio": "How fast is the studio?",
}

OPENING = """# Results

Written by `inlay evaluate --suite all --write docs` and from what `inlay bench --json` left;
every figure on this page was measured, none was typed. The music is held out: no training saw
it. Figures are means over clips with 95 % bootstrap intervals in brackets.
"""
LISTENING_NAME = "listening.md"
INVITATION = f"To hear for yourself, go to the [listening page]({LISTENING_NAME}).\n"


def keep_results(results: Results, docs: Path) -> None:
    """Put a finished suite's figures and picture where the page finds them."""
    folder = docs / FIGURES_NAME
    folder.mkdir(parents=True, exist_ok=True)
    write_json(results, folder / f"{results.suite}.json")
    if results.suite in PLOTTED:
        plot_results(results, PLOTTED[results.suite], folder / f"{results.suite}.png")


def write_page(docs: Path) -> None:
    """Write ``results.md`` from all that lies in ``docs/results``."""
    folder = docs / FIGURES_NAME
    parts = [OPENING]
    if (docs / LISTENING_NAME).exists():
        parts.append(INVITATION)
    for suite, title in TITLES.items():
        if (path := folder / f"{suite}.json").exists():
            parts.append(_suite_part(read_json(path), title, folder))
    if (folder / SPECTROGRAMS_NAME).exists():
        parts.append(_spectrogram_part())
    for suite, title in BENCHMARKS.items():
        if (path := folder / f"bench-{suite}.json").exists():
            figures = json.loads(path.read_text(encoding="utf-8"))
            parts.append(_benchmark_part(figures, title, f"inlay bench --suite {suite}"))
    (docs / PAGE_NAME).write_text("\n".join(parts), encoding="utf-8")


def _suite_part(results: Results, title: str, folder: Path) -> str:
    settings = ", ".join(f"{name} {value}" for name, value in results.settings.items())
    lines = [f"## {title}", "", f"`inlay evaluate --suite {results.suite}`: {settings}", ""]
    if (folder / f"{results.suite}.png").exists():
        lines += [f"![{title}]({FIGURES_NAME}/{results.suite}.png)", ""]
    table, _, _ = markdown_table(results).partition("\n\n")
    lines += [table.rstrip(), "", *(f"- {remark}" for remark in results.remarks)]
    return "\n".join([*lines, ""])


def _spectrogram_part() -> str:
    return (
        "## What does it look like?\n\nMel spectrograms of held-out bars, of the same through the "
        "codec, and of a take from their lanes and words.\n\n"
        f"![Spectrograms]({FIGURES_NAME}/{SPECTROGRAMS_NAME})\n"
    )


def _benchmark_part(figures: Mapping[str, Any], title: str, command: str) -> str:
    lines = [f"## {title}", "", f"`{command}`", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in _flat(figures, "")]
    return "\n".join([*lines, ""])


def _flat(figures: Mapping[str, Any], above: str) -> Iterator[tuple[str, object]]:
    """Nested figures line by line; a median is followed by its least and most."""
    for name, value in figures.items():
        if not isinstance(value, Mapping):
            yield f"{above}{name}", value
        elif set(value) == {"median", "least", "most"}:
            yield f"{above}{name}", f"{value['median']} ({value['least']}–{value['most']})"
        else:
            yield from _flat(value, f"{above}{name}, ")

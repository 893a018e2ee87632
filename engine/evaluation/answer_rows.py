"""Rows of a table out of answers and what they were asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from engine.evaluation.answer_scores import (
    CHORD_MEASURES,
    FIGURES,
    chord_scores,
    score_answer,
)
from engine.evaluation.answers import Answer
from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.results import Row

TEMPLATE_FIGURE = "majmin by templates"


def answer_row(
    name: str, answers: Mapping[int, Sequence[Answer]], asked: Mapping[int, HeldOutClip]
) -> Row:
    """All figures of answers per clip, each against the clip of the same key in ``asked``.

    Chords are judged where the asked music has somebody who plays them.
    """
    figures: dict[str, dict[int, list[float]]] = {}
    for seed, takes in answers.items():
        score, plays_chords = asked[seed].score, asked[seed].plays_chords
        for answer in takes:
            scores = score_answer(answer.analysis, score)
            templates = chord_scores(answer.template_chords, score.chords, score.duration)
            scores[TEMPLATE_FIGURE] = templates["majmin"]
            if not plays_chords:
                scores.update(dict.fromkeys((*CHORD_MEASURES, TEMPLATE_FIGURE), math.nan))
            for figure, value in scores.items():
                figures.setdefault(figure, {}).setdefault(seed, []).append(value)
    estimates = {
        figure: bootstrap(figures[figure])
        for figure in (*FIGURES, TEMPLATE_FIGURE)
        if figure in figures
    }
    return Row(name, estimates, sum(len(takes) for takes in answers.values()))


def exchanged(clips: Sequence[HeldOutClip]) -> dict[int, HeldOutClip]:
    """For every clip's seed the next clip: what its answers are scored against for the floor."""
    following = [*clips[1:], *clips[:1]]
    return {clip.seed: other for clip, other in zip(clips, following, strict=True)}


def trust_remark(oracle: Row, floor: Row) -> str:
    """Whether the recogniser is good enough for ratios to its oracle row to count."""
    majmin, beat = oracle.figures["majmin"].mean, oracle.figures["beat_f1"].mean
    lowest = floor.figures["majmin"].mean
    holds = majmin >= 0.90 and beat >= 0.92 and lowest <= 0.35
    return (
        f"On true audio majmin is {majmin:.3f} (at least .90 wanted) and beat F1 {beat:.3f} (.92); "
        f"the floor is {lowest:.3f} (at most .35): ratios to the oracle "
        + ("count." if holds else "do not count.")
    )

"""Which way of drawing codes plays best? Guidance, temperature and top-k, each with each.

All lanes and the caption of each clip are asked for; what the lanes ask, the style that the words
ask, and the distance from true music are measured.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from functools import partial

from engine.evaluation.answer_scores import score_answer
from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.frechet import Embeddings, estimate_distance, stacked
from engine.evaluation.known_sounds import true_sound
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.results import Results, Row
from engine.evaluation.workplace import Workplace
from engine.requests import Brief, Sampling

CLIPS = 24
GUIDANCES = (1.5, 2.0, 3.0, 4.0)
TEMPERATURES = (0.85, 1.0, 1.1)
TOP_KS = (30, 60, 120)
JUDGED = ("majmin", "beat_f1", "kick_f1", "snare_f1", "hat_f1", "note_f1")


def measure(workplace: Workplace, clips: int | None, _seeds: int | None) -> Results:
    """A row for each way of drawing, and the model's own way marked."""
    held_out = workplace.clips(clips or CLIPS)
    rule = workplace.models.lm.rule
    reference = stacked([workplace.impression(*true_sound(clip)).embedding for clip in held_out])
    rows = []
    for guidance, temperature, top_k in itertools.product(GUIDANCES, TEMPERATURES, TOP_KS):
        is_own = (guidance, temperature, top_k) == (rule.guidance, rule.temperature, rule.top_k)
        name = f"guidance {guidance:g}, temperature {temperature:g}, top-k {top_k}"
        sampling = Sampling(guidance=guidance, temperature=temperature, top_k=top_k)
        marked = f"{name} (the model's own)" if is_own else name
        rows.append(_row(workplace, marked, held_out, sampling, reference))
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(len(held_out)),
    }
    ranked = sorted(rows, key=_mean_obedience, reverse=True)
    remarks = (
        "Best by the mean of what the lanes ask: "
        + "; ".join(f"{row.name} ({_mean_obedience(row):.3f})" for row in ranked[:3])
        + ".",
    )
    return Results("sampling", tuple(rows), settings, remarks)


def _row(
    workplace: Workplace,
    name: str,
    clips: Sequence[HeldOutClip],
    sampling: Sampling,
    reference: Embeddings,
) -> Row:
    by_seed = {clip.seed: clip for clip in clips}
    asked = [(clip.seed, _brief(clip, sampling)) for clip in clips]
    values: dict[str, dict[int, list[float]]] = {}
    embeddings = []
    for done, take in enumerate(play_takes(workplace, name, asked)):
        workplace.progress(f"Listening to {name}", done, len(asked))
        clip, sound = by_seed[take.key], partial(sound_of_take, workplace, take)
        heard = score_answer(workplace.listen(take.recipe, sound).analysis, clip.score)
        impression = workplace.impression(take.recipe, sound)
        figures = {figure: heard[figure] for figure in JUDGED}
        figures["style"] = float(impression.style == clip.style)
        for figure, value in figures.items():
            values.setdefault(figure, {})[take.key] = [value]
        embeddings.append(impression.embedding)
    estimates = {figure: bootstrap(by_clip) for figure, by_clip in values.items()}
    estimates["Fréchet distance"] = estimate_distance(stacked(embeddings), reference)
    return Row(name, estimates, len(asked))


def _brief(clip: HeldOutClip, sampling: Sampling) -> Brief:
    seeded = Sampling(
        1000 * clip.seed, sampling.guidance, sampling.temperature, sampling.top_k, sampling.top_p
    )
    return Brief(clip.score, clip.caption, sampling=seeded)


def _mean_obedience(row: Row) -> float:
    means = [row.figures[figure].mean for figure in JUDGED]
    known = [mean for mean in means if not math.isnan(mean)]
    return sum(known) / max(1, len(known))

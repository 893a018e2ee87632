"""Does the model play what the words ask? A listener names instruments, style, pace and mood.

Requests are words over an empty grid. The oracle row is the listener on true audio of which the
same words are true, the codec row the same through the codec; without words, and scored against
other requests, shows what chance and the grid alone achieve.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.known_sounds import KnownSound, coded_sound, true_sound
from engine.evaluation.listener import Impression
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.results import Results, Row
from engine.evaluation.text_requests import TextRequest, corpus_request, paraphrase_requests
from engine.evaluation.workplace import Workplace

CLIPS, SEEDS = 80, 1
FIGURES = ("style", "instruments", "mood", "pace")

Impressions = dict[int, list[Impression]]


def measure(workplace: Workplace, clips: int | None, seeds: int | None) -> Results:
    """All rows; ``clips`` bounds the paraphrases too, which are then spread over all styles."""
    held_out = workplace.clips(clips or CLIPS)
    requests = [corpus_request(clip) for clip in held_out]
    written = _spread(paraphrase_requests(), clips)
    n_seeds = seeds or SEEDS
    heard = _played(workplace, "corpus words", requests, n_seeds)
    unworded = [replace(request, prompt="") for request in requests]
    true = _known(workplace, "true", {clip.seed: true_sound(clip) for clip in held_out})
    coded = {clip.seed: coded_sound(workplace, clip) for clip in held_out}
    oracle = _row("oracle: true audio", true, requests)
    own = _row("corpus words", heard, requests)
    rephrased = _row("paraphrases", _played(workplace, "paraphrases", written, n_seeds), written)
    floor = _floor_row("floor: other requests", heard, requests)
    rows = (
        oracle,
        _row("codec: true audio coded", _known(workplace, "coded", coded), requests),
        own,
        rephrased,
        _row("no words", _played(workplace, "no words", unworded, 1), requests),
        floor,
    )
    n_styles = len(workplace.listener.config.styles)
    remarks = (
        f"A guess among {n_styles} styles is right {1 / n_styles:.3f} of the time.",
        "Instruments and moods count as heard as often as they are there in true audio.",
        *_remarks(oracle, own, rephrased, floor),
    )
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(len(held_out)),
        "paraphrases": str(len(written)),
        "seeds": str(n_seeds),
    }
    return Results("text", rows, settings, remarks)


def _spread(requests: Sequence[TextRequest], n: int | None) -> Sequence[TextRequest]:
    """All requests, or ``n`` of them at equal distances."""
    if n is None or n >= len(requests):
        return requests
    return [requests[index * len(requests) // n] for index in range(n)]


def scores(heard: Impression, asked: TextRequest) -> dict[str, float]:
    """Share of what was asked that is heard; NaN where nothing was asked."""

    def share(found: Sequence[bool]) -> float:
        return sum(found) / len(found) if found else math.nan

    players = [not heard.instruments.isdisjoint(families) for families in asked.instruments]
    return {
        "style": math.nan if asked.style is None else float(heard.style == asked.style),
        "instruments": share(players),
        "mood": share([mood in heard.moods for mood in asked.moods]),
        "pace": math.nan if asked.pace is None else float(heard.pace == asked.pace),
    }


def _row(name: str, heard: Impressions, asked: Sequence[TextRequest]) -> Row:
    """Every impression against its own request."""
    own = {request.key: [request] for request in asked}
    return _row_against(name, heard, own)


def _floor_row(name: str, heard: Impressions, asked: Sequence[TextRequest]) -> Row:
    """Every impression against all the requests that were not its own."""
    others = {key: [request for request in asked if request.key != key] for key in heard}
    return _row_against(name, heard, others)


def _row_against(name: str, heard: Impressions, asked: Mapping[int, Sequence[TextRequest]]) -> Row:
    figures: dict[str, dict[int, list[float]]] = {figure: {} for figure in FIGURES}
    for key, impressions in heard.items():
        for impression, request in itertools.product(impressions, asked[key]):
            for figure, value in scores(impression, request).items():
                figures[figure].setdefault(key, []).append(value)
    estimates = {figure: bootstrap(values) for figure, values in figures.items()}
    return Row(name, estimates, sum(len(impressions) for impressions in heard.values()))


def _remarks(oracle: Row, own: Row, rephrased: Row, floor: Row) -> Iterator[str]:
    for figure in FIGURES:
        best, reached, by_chance, other = (
            row.figures[figure].mean for row in (oracle, own, floor, rephrased)
        )
        yield (
            f"{figure}: {reached / max(best, 1e-9):.2f} of the oracle, "
            f"{reached / max(by_chance, 1e-9):.1f} times the floor; "
            f"paraphrases {other - reached:+.2f}."
        )


def _known(workplace: Workplace, what: str, sounds: Mapping[int, KnownSound]) -> Impressions:
    heard = {}
    for done, (seed, (recipe, sound)) in enumerate(sounds.items()):
        workplace.progress(f"Listening to the {what} audio", done, len(sounds))
        heard[seed] = [workplace.impression(recipe, sound)]
    return heard


def _played(
    workplace: Workplace, what: str, requests: Sequence[TextRequest], n_seeds: int
) -> Impressions:
    asked = [(request.key, request.brief(seed)) for seed in range(n_seeds) for request in requests]
    heard: Impressions = {}
    for done, take in enumerate(play_takes(workplace, what, asked)):
        workplace.progress(f"Listening to {what}", done, len(asked))
        impression = workplace.impression(take.recipe, partial(sound_of_take, workplace, take))
        heard.setdefault(take.key, []).append(impression)
    return heard

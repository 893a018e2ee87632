"""What the codec keeps of true audio, beside Opus at several rates."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np

from engine.evaluation.answer_scores import chord_scores
from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.codec_round_trip import codec_bit_rate, through_codec, through_opus
from engine.evaluation.results import Results, Row
from engine.evaluation.sound_distance import (
    log_mel_distance,
    multi_resolution_distance,
    pre_echo_db,
    si_sdr_db,
    spectral_convergence,
    tonal_peak_recall,
)
from engine.evaluation.workplace import Workplace
from engine.requests import Audio

CLIPS = 24
OPUS_COMPRESSION = (1.0, 0.99, 0.98, 0.97, 0.95, 0.93)
"""About 6, 8, 11, 14, 18 and 24 kbit/s."""

Coder = Callable[[Audio], tuple[Audio, float]]


def measure(workplace: Workplace, clips: int | None, _seeds: int | None) -> Results:
    """Rows: the model's codec, then Opus from its lowest rate up; kbit/s as measured."""
    held_out = workplace.clips(clips or CLIPS)
    models = workplace.models
    bit_rate = codec_bit_rate(models.clock)

    def own(audio: Audio) -> tuple[Audio, float]:
        return through_codec(models, audio), bit_rate

    weights = workplace.part_hash("codec")
    rows = [_row(workplace, "this codec", weights, own, held_out)]
    for compression in OPUS_COMPRESSION:

        def opus(audio: Audio, compression: float = compression) -> tuple[Audio, float]:
            return through_opus(audio, compression)

        rows.append(_row(workplace, f"Opus, compression {compression}", "", opus, held_out))
    settings = {"model": workplace.model, "weights": weights[:16], "clips": str(len(held_out))}
    remarks = (
        "Lower is better for log_mel, stft, convergence and pre_echo_db; the rest the higher.",
    )
    return Results("codec", tuple(rows), settings, remarks)


def _row(
    workplace: Workplace, name: str, weights: str, coder: Coder, clips: list[HeldOutClip]
) -> Row:
    values: dict[str, dict[int, list[float]]] = {}
    for done, clip in enumerate(clips):
        workplace.cancel.raise_if_cancelled()
        workplace.progress(f"Coding by {name}", done, len(clips))
        recipe = {"sound": name, "clip": clip.seed, "codec": weights, "figures": "codec 1"}
        figures = workplace.answers.remember(
            {**recipe, "hearing": workplace.part_hash("hearing")},
            partial(_figures, workplace, coder, clip),
        )
        for figure, value in figures.items():
            number = math.nan if value is None else value
            values.setdefault(figure, {})[clip.seed] = [number]
    return Row(name, {figure: bootstrap(clip) for figure, clip in values.items()}, len(clips))


def _figures(workplace: Workplace, coder: Coder, clip: HeldOutClip) -> dict[str, float | None]:
    """All distances of one clip; None where a question does not arise."""
    coded, bits_per_s = coder(clip.audio)
    source, result, rate_hz = clip.audio.samples[0], coded.samples[0], clip.audio.sample_rate_hz
    onsets = [hit.time for hit in clip.score.drums]
    heard = workplace.recogniser.analyze(coded).chords
    figures = {
        "kbit/s": bits_per_s / 1000,
        "log_mel": log_mel_distance(source, result, rate_hz),
        "stft": multi_resolution_distance(source, result),
        "convergence": spectral_convergence(source, result),
        "peak_recall": tonal_peak_recall(source, result, rate_hz),
        "pre_echo_db": pre_echo_db(source, result, rate_hz, onsets),
        "si_sdr_db": si_sdr_db(source, result),
        "majmin": chord_scores(heard, clip.score.chords, clip.score.duration)["majmin"],
    }
    return {name: float(value) if np.isfinite(value) else None for name, value in figures.items()}

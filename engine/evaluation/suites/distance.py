"""How far what is played lies from true music, as a whole: Fréchet distances.

The embedding is the last hidden layer of the listener for words. Half of the held-out clips are
asked for; the other half is what everything is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from engine.evaluation.clips import HeldOutClip
from engine.evaluation.codec_round_trip import through_opus
from engine.evaluation.frechet import Embeddings, estimate_distance, stacked
from engine.evaluation.known_sounds import KnownSound, coded_sound, true_sound
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.results import Results, Row
from engine.evaluation.suites.controls import LANE_ROWS
from engine.evaluation.workplace import Workplace
from engine.requests import Audio, Brief, Sampling

CLIPS = 64
OPUS_COMPRESSION = 1.0
"""The fewest bits that Opus takes, about 6 kbit/s."""


def measure(workplace: Workplace, clips: int | None, _seeds: int | None) -> Results:
    """All rows, each set of the same size as the one it is compared with."""
    n = clips or CLIPS
    held_out = workplace.clips(2 * n)
    asked, compared = held_out[:n], held_out[n:]
    reference = _known(workplace, "true audio", [true_sound(clip) for clip in compared])
    sets = {
        "oracle: true audio": _known(workplace, "true audio", [true_sound(c) for c in asked]),
        "codec: true audio coded": _known(
            workplace, "coded audio", [coded_sound(workplace, clip) for clip in asked]
        ),
        "Opus at about 6 kbit/s": _known(workplace, "Opus", [_opus_sound(c) for c in asked]),
        **{lanes.name: played_set(workplace, lanes.name, [
            Brief(clip.score, clip.caption, controls=lanes.controls,
                  sampling=Sampling(seed=1000 * clip.seed))
            for clip in asked
        ]) for lanes in LANE_ROWS},
        "floor: noise of the same loudness": _known(
            workplace, "noise", [_noise_sound(clip) for clip in asked]
        ),
    }  # fmt: skip
    rows = tuple(
        Row(name, {"Fréchet distance": estimate_distance(embeddings, reference)}, len(embeddings))
        for name, embeddings in sets.items()
    )
    settings = {
        "model": workplace.model,
        "weights": workplace.part_hash("lm")[:16],
        "clips": str(n),
    }
    remarks = (
        f"Embedding: the last hidden layer of the listener for words, {reference.shape[1]} wide. "
        "The oracle row is what chance alone puts between two sets of this size.",
    )
    return Results("distance", rows, settings, remarks)


def played_set(workplace: Workplace, what: str, briefs: Sequence[Brief]) -> Embeddings:
    """Embeddings ``[n, E]`` of one take of each brief."""
    takes = play_takes(workplace, what, list(enumerate(briefs)))
    sounds = [(take.recipe, partial(sound_of_take, workplace, take)) for take in takes]
    return _known(workplace, what, sounds)


def _known(workplace: Workplace, what: str, sounds: Sequence[KnownSound]) -> Embeddings:
    embeddings = []
    for done, (recipe, sound) in enumerate(sounds):
        workplace.progress(f"Listening to {what}", done, len(sounds))
        embeddings.append(workplace.impression(recipe, sound).embedding)
    return stacked(embeddings)


def _opus_sound(clip: HeldOutClip) -> KnownSound:
    recipe: dict[str, object] = {"sound": "Opus", "clip": clip.seed, "rate": OPUS_COMPRESSION}
    return recipe, partial(_through_opus, clip.audio)


def _through_opus(audio: Audio) -> Audio:
    return through_opus(audio, OPUS_COMPRESSION)[0]


def _noise_sound(clip: HeldOutClip) -> KnownSound:
    return {"sound": "noise", "clip": clip.seed}, partial(_noise, clip)


def _noise(clip: HeldOutClip) -> Audio:
    own = clip.audio.samples
    noise = np.random.default_rng(clip.seed).standard_normal(own.shape)
    level = float(np.sqrt(np.mean(np.square(own, dtype=np.float64))))
    return Audio((level * noise).astype(np.float32), clip.audio.sample_rate_hz)

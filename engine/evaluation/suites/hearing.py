"""The recogniser on held-out music: is it good enough to judge others?"""

from __future__ import annotations

from functools import partial

import numpy as np

from engine.evaluation.answer_rows import answer_row, exchanged, trust_remark
from engine.evaluation.clips import HeldOutClip
from engine.evaluation.results import Results
from engine.evaluation.workplace import Workplace
from engine.requests import Audio
from engine.training.rough_sound import ROUGHENINGS, Roughening

CLIPS = 64


def measure(workplace: Workplace, clips: int | None, _seeds: int | None) -> Results:
    """Rows: true audio, each roughening of it, and answers against other clips' controls."""
    held_out = workplace.clips(clips or CLIPS)
    asked = {clip.seed: clip for clip in held_out}
    truth = {
        clip.seed: [workplace.listen({"sound": "true", "clip": clip.seed}, partial(_true, clip))]
        for clip in held_out
    }
    oracle = answer_row("true audio", truth, asked)
    floor = answer_row("floor: other clips' controls", truth, exchanged(held_out))
    rough_rows = []
    for roughen in ROUGHENINGS:
        name = roughen.__name__.replace("_", " ")
        answers = {
            clip.seed: [
                workplace.listen({"sound": name, "clip": clip.seed}, partial(_rough, clip, roughen))
            ]
            for clip in held_out
        }
        rough_rows.append(answer_row(name, answers, asked))
    right_keys = np.mean([truth[seed][0].analysis.key == clip.key for seed, clip in asked.items()])
    remarks = (trust_remark(oracle, floor), f"Keys named rightly: {right_keys:.2f}.")
    settings = {"clips": str(len(held_out)), "model": workplace.model}
    return Results("hearing", (oracle, *rough_rows, floor), settings, remarks)


def _true(clip: HeldOutClip) -> Audio:
    return clip.audio


def _rough(clip: HeldOutClip, roughen: Roughening) -> Audio:
    random = np.random.default_rng(clip.seed)
    samples = roughen(clip.audio.samples[0], clip.audio.sample_rate_hz, random)
    return Audio(samples[None], clip.audio.sample_rate_hz)

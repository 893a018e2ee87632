"""The recogniser on held-out music: is it good enough to judge others?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from engine.evaluation.answer_rows import answer_row, exchanged, trust_remark
from engine.evaluation.answers import Answer
from engine.evaluation.bootstrap import bootstrap
from engine.evaluation.clips import HeldOutClip, recordings
from engine.evaluation.results import Results, Row
from engine.evaluation.unseen_sounds import (
    in_noise,
    in_sine_tones,
    on_a_drawbar_organ,
    other_soundfont,
    played_by_other_soundfont,
)
from engine.evaluation.workplace import Workplace
from engine.hearing.chord_classes import key_index
from engine.requests import Audio
from engine.training.corpus.piece import Piece
from engine.training.rough_sound import ROUGHENINGS, Roughening

CLIPS = 64
UNSEEN_CLIPS = 32


def measure(workplace: Workplace, clips: int | None, _seeds: int | None) -> Results:
    """Rows: true audio, each roughening of it, sounds that were not trained on, and answers
    against other clips' controls."""
    held_out = workplace.clips(clips or CLIPS)
    asked = {clip.seed: clip for clip in held_out}
    truth = {
        clip.seed: [
            workplace.listen({"sound": "true", "clip": clip.seed}, partial(_as_it_is, clip.audio))
        ]
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
    pieces = list(recordings(asked, workplace.corpus, workplace.cache / "clips"))
    unseen_rows = _unseen_rows(workplace, held_out[: clips or UNSEEN_CLIPS], pieces)
    remarks = (
        trust_remark(oracle, floor),
        _key_remark("clips", ((clip.key, truth[clip.seed][0]) for clip in held_out)),
        _key_remark("whole pieces", _whole_pieces(workplace, pieces)),
        _strokes_remark(truth, asked),
    )
    settings = {"clips": str(len(held_out)), "model": workplace.model}
    return Results("hearing", (oracle, *rough_rows, *unseen_rows, floor), settings, remarks)


def _unseen_rows(
    workplace: Workplace, held_out: Sequence[HeldOutClip], pieces: Sequence[tuple[Piece, Audio]]
) -> list[Row]:
    """The same music in sounds that nothing was trained on; drums only where they are played."""
    sounds: dict[str, Callable[[HeldOutClip], HeldOutClip]] = {
        "in noise": in_noise,
        "in sine tones": in_sine_tones,
        "on a drawbar organ": on_a_drawbar_organ,
    }
    soundfont = other_soundfont()
    if soundfont is not None:
        by_seed = {piece.seed: piece for piece, _ in pieces}
        sounds["by another soundfont"] = lambda clip: played_by_other_soundfont(
            by_seed[clip.seed], soundfont
        )
    rows = []
    for name, change in sounds.items():
        asked = {}
        answers = {}
        for clip in held_out:
            changed = asked[clip.seed] = change(clip)
            recipe: dict[str, object] = {"sound": name, "clip": clip.seed}
            answers[clip.seed] = [workplace.listen(recipe, partial(_as_it_is, changed.audio))]
        rows.append(answer_row(f"unseen: {name}", answers, asked))
    return rows


def _whole_pieces(
    workplace: Workplace, pieces: Sequence[tuple[Piece, Audio]]
) -> Iterable[tuple[str, Answer]]:
    """Keys asked and answers heard of whole pieces: a key belongs to a piece, not to four bars."""
    for piece, audio in pieces:
        recipe: dict[str, object] = {"sound": "whole piece", "clip": piece.seed}
        yield piece.key, workplace.listen(recipe, partial(_as_it_is, audio))


def _key_remark(what: str, answers: Iterable[tuple[str, Answer]]) -> str:
    """Share of right keys among those that are major or minor; drums alone have none."""
    right = [
        [float(answer.analysis.key == key)] for key, answer in answers if key_index(key) is not None
    ]
    share = bootstrap(dict(enumerate(right)))
    return f"Keys of {what} named rightly: {share.mean:.2f} ({share.low:.2f}-{share.high:.2f})."


def _strokes_remark(
    answers: Mapping[int, Sequence[Answer]], asked: Mapping[int, HeldOutClip]
) -> str:
    """Strokes that were made up, which the F-measures of clips with drums do not show."""
    drumless = [seed for seed, clip in asked.items() if not clip.score.drums]
    seconds = sum(asked[seed].score.duration for seed in drumless)
    strokes = [answers[seed][0].analysis.drum_onsets for seed in drumless]
    made_up = sum(len(times) for heard in strokes for times in heard.values())
    per_minute = 60.0 * made_up / seconds if seconds else 0.0
    return f"Strokes heard in {len(drumless)} clips without drums: {per_minute:.1f} a minute."


def _as_it_is(audio: Audio) -> Audio:
    return audio


def _rough(clip: HeldOutClip, roughen: Roughening) -> Audio:
    random = np.random.default_rng(clip.seed)
    samples = roughen(clip.audio.samples[0], clip.audio.sample_rate_hz, random)
    return Audio(samples[None], clip.audio.sample_rate_hz)

"""From which activation on a stroke or a note counts, set on pieces the training left aside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
import torch
from numpy.typing import NDArray

from engine.evaluation.answer_scores import note_f1, onset_f1
from engine.hearing.key_judge import KeyJudge
from engine.hearing.network import Heard, HearingNet
from engine.hearing.onset_picker import peak_times
from engine.hearing.recogniser import Recogniser, Thresholds, notes_of
from engine.hearing.spectra import rhythm_frame_times
from engine.hearing.strokes import DRUM_PITCHES, DRUMS
from engine.score import Score
from engine.training.corpus.piece import load_piece

CANDIDATES = tuple(round(0.05 * step, 2) for step in range(1, 16))


def best_thresholds(net: HearingNet, pairs: Sequence[tuple[Path, Path]]) -> Thresholds:
    """The candidates with the highest mean F-measures on pieces (sound, truth)."""
    recogniser = Recogniser(net, KeyJudge())
    heard: list[Heard] = []
    scores: list[Score] = []
    for sound, truth in pairs:
        samples, _ = soundfile.read(sound, dtype="float32")
        heard.append(recogniser.hear(torch.from_numpy(samples)[None]))
        scores.append(load_piece(truth).score)
    best = {}
    for row, name in enumerate(DRUMS):
        curves = [torch.sigmoid(piece.drums[0, row]).double().numpy() for piece in heard]
        asked = [[h.time for h in s.drums if h.pitch in DRUM_PITCHES[name]] for s in scores]
        best[name] = _best(
            [
                [onset_f1(_strokes(curve, threshold), times) for threshold in CANDIDATES]
                for curve, times in zip(curves, asked, strict=True)
                if times
            ]
        )
    best["note"] = _best(
        [
            [
                note_f1(notes_of(piece, threshold, score.duration), score.notes)
                for threshold in CANDIDATES
            ]
            for piece, score in zip(heard, scores, strict=True)
        ]
    )
    return Thresholds(**best)


def _strokes(curve: NDArray[np.float64], threshold: float) -> NDArray[np.float64]:
    return peak_times(curve, rhythm_frame_times(len(curve)), threshold, least_gap=2)


def _best(figures: list[list[float]]) -> float:
    """The candidate whose column of ``[pieces][candidates]`` has the highest mean."""
    return CANDIDATES[int(np.nanmean(np.array(figures), axis=0).argmax())]

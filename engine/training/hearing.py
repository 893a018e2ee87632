"""Training of the recogniser: one command, stopped and taken up again at any moment."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from engine.cancel import CancelToken
from engine.hearing.network import Heard, HearingConfig, HearingNet
from engine.hearing.pulse_classes import N_BEAT_LENGTHS, beat_length_places
from engine.hearing.recogniser import Recogniser
from engine.training.checkpoint import load_checkpoint, save_checkpoint
from engine.training.corpus.piece import load_piece
from engine.training.corpus.render_corpus import read_corpus
from engine.training.curves import append_curve, plot_curve
from engine.training.hearing_data import (
    HearingBatch,
    PicturedPiece,
    draw_hearing_batch,
    picture_corpus,
)
from engine.training.hearing_keys import train_key_judge
from engine.training.hearing_targets import UNKNOWN
from engine.training.hearing_thresholds import best_thresholds

CHECKPOINT_EVERY_S = 120.0
REPORT_EVERY = 20
STEADY_SHARE = 0.6
AVERAGED_STEPS = 400
"""Steps that the shipped weights are a running average of."""

N_SET_ASIDE = 40
"""Last pieces of each corpus, never trained on, that the thresholds are set on."""

TASK_WEIGHTS = {
    "root": 1.0, "quality": 0.7, "bass": 0.5, "beat": 3.0, "downbeat": 3.0,
    "per_bar": 0.4, "beat_length": 0.4, "drums": 6.0, "struck": 25.0, "held": 2.0,
}  # fmt: skip
"""Chosen so that each task's loss weighs about the same half way through."""


@dataclass(frozen=True, slots=True)
class HearingTraining:
    """Length and shape of a training; the same values are needed to resume it."""

    steps: int = 1000
    batch_rows: int = 8
    excerpt_frames: int = 128
    learning_rate: float = 2.5e-3
    warm_up_steps: int = 100
    weight_decay: float = 0.02
    seed: int = 0


DEFAULT_TRAINING = HearingTraining()
DEFAULT_CONFIG = HearingConfig()


def train_hearing(
    corpora: Sequence[Path],
    run_folder: Path,
    training: HearingTraining = DEFAULT_TRAINING,
    config: HearingConfig = DEFAULT_CONFIG,
    *,
    cancel: CancelToken | None = None,
) -> HearingNet:
    """Train on the ``train`` folders of rendered corpora, going on where ``run_folder`` stopped.

    Pictures are kept in ``run_folder/pictures``, in a folder named as the corpus is. Raises
    ``Cancelled`` after writing a checkpoint.
    """
    pieces: list[PicturedPiece] = []
    for corpus in corpora:
        pairs = read_corpus(corpus / "train")[:-N_SET_ASIDE]
        pieces += picture_corpus(pairs, run_folder / "pictures" / corpus.name)
    return train_on_pieces(pieces, run_folder, training, config, cancel=cancel)


def train_on_pieces(
    pieces: Sequence[PicturedPiece],
    run_folder: Path,
    training: HearingTraining,
    config: HearingConfig,
    *,
    stop_after: int | None = None,
    cancel: CancelToken | None = None,
) -> HearingNet:
    """Train to ``training.steps``, or only to step ``stop_after`` this time; gives the mean net."""
    torch.manual_seed(training.seed)
    net = HearingNet(config)
    optimizer = torch.optim.AdamW(
        net.parameters(), lr=training.learning_rate, weight_decay=training.weight_decay
    )
    averaged = HearingNet(config)
    checkpoint, curve = run_folder / "checkpoint.pt", run_folder / "curve.csv"
    first_step = _resume(checkpoint, net, averaged, optimizer)
    cancel = cancel or CancelToken()
    last_step = min(training.steps, stop_after or training.steps)
    started = saved = time.monotonic()
    sums: dict[str, float] = {}
    for step in range(first_step, last_step):
        if cancel.is_cancelled:
            _save(checkpoint, net, averaged, optimizer, step, training)
            cancel.raise_if_cancelled()
        # Each step has its own random numbers, so a resumed training draws the same batches.
        random = np.random.default_rng([training.seed, step])
        batch = draw_hearing_batch(pieces, random, training.batch_rows, training.excerpt_frames)
        losses = train_step(net, optimizer, batch, learning_rate_at(step, training))
        follow(averaged, net, step)
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + float(loss) / REPORT_EVERY
        if (step + 1) % REPORT_EVERY == 0:
            append_curve(curve, {"step": step + 1, "seconds": time.monotonic() - started, **sums})
            sums = {}
        if time.monotonic() - saved > CHECKPOINT_EVERY_S:
            _save(checkpoint, net, averaged, optimizer, step + 1, training)
            saved = time.monotonic()
    _save(checkpoint, net, averaged, optimizer, last_step, training)
    if curve.exists():
        plot_curve(curve, run_folder / "curve.png", "Hearing: loss per task")
    return averaged


def learning_rate_at(step: int, training: HearingTraining) -> float:
    """Linear warm-up, steady until ``STEADY_SHARE`` of the steps, then in a line to a hundredth."""
    if step < training.warm_up_steps:
        return training.learning_rate * (step + 1) / training.warm_up_steps
    steady = STEADY_SHARE * training.steps
    done = max(0.0, (step - steady) / max(1.0, training.steps - steady))
    return training.learning_rate * (1.0 - 0.99 * done)


@torch.no_grad()
def follow(averaged: HearingNet, net: HearingNet, step: int) -> None:
    """Move the running average of weights and norms a little towards ``net``."""
    share = max(1.0 / AVERAGED_STEPS, 1.0 / (step + 1))
    for mean, value in zip(averaged.state_dict().values(), net.state_dict().values(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(value, share)


def train_step(
    net: HearingNet, optimizer: torch.optim.Optimizer, batch: HearingBatch, learning_rate: float
) -> dict[str, Tensor]:
    """One update; gives the loss of each task."""
    net.train()
    losses = task_losses(net(batch.pitch, batch.onsets), batch.targets)
    total = torch.stack([TASK_WEIGHTS[name] * loss for name, loss in losses.items()]).sum()
    optimizer.zero_grad(set_to_none=True)
    total.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["lr"] = learning_rate
    optimizer.step()
    return {name: loss.detach() for name, loss in losses.items()}


def task_losses(heard: Heard, targets: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean cross-entropy per task over the frames that are asked about."""
    losses = {}
    for name in ("root", "quality", "bass"):
        losses[name] = _classes_loss(getattr(heard, name), targets[name])
    losses["per_bar"] = _classes_loss(heard.per_bar.mean(dim=-1), targets["per_bar"])
    losses["beat_length"] = functional.cross_entropy(
        heard.beat_length.mean(dim=-1), beat_length_shares(targets["beat_length"])
    )
    for name in ("beat", "downbeat", "drums", "struck", "held"):
        losses[name] = functional.binary_cross_entropy_with_logits(
            getattr(heard, name), targets[name]
        )
    return losses


def _classes_loss(scores: Tensor, asked: Tensor) -> Tensor:
    """Mean cross-entropy of ``[B, classes, ...]`` where a class is asked; 0 where none is."""
    summed = functional.cross_entropy(scores, asked, ignore_index=UNKNOWN, reduction="sum")
    return summed / (asked != UNKNOWN).sum().clamp(min=1)


def beat_length_shares(beat_s: Tensor) -> Tensor:
    """How far each class stands for lengths ``[B]`` in seconds, ``[B, classes]``, summing to 1."""
    places = torch.from_numpy(beat_length_places(beat_s.numpy()))
    distance = (torch.arange(N_BEAT_LENGTHS) - places[:, None]).abs()
    near = (1.0 - distance / 1.5).clamp(min=0.0)
    return (near / near.sum(dim=1, keepdim=True)).float()


def _resume(
    checkpoint: Path, net: HearingNet, averaged: HearingNet, optimizer: torch.optim.Optimizer
) -> int:
    state = load_checkpoint(checkpoint)
    if state is None:
        return 0
    net.load_state_dict(state["net"])
    averaged.load_state_dict(state["averaged"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _save(
    checkpoint: Path,
    net: HearingNet,
    averaged: HearingNet,
    optimizer: torch.optim.Optimizer,
    step: int,
    training: HearingTraining,
) -> None:
    save_checkpoint(
        checkpoint,
        {
            "net": net.state_dict(),
            "averaged": averaged.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "config": asdict(net.config),
            "training": asdict(training),
        },
    )


def export_hearing(corpora: Sequence[Path], run_folder: Path, folder: Path) -> Recogniser:
    """Write the run's recogniser into a model folder, with a judge of keys that is trained here
    and thresholds set on pieces of the corpora that were not trained on.

    Raises FileNotFoundError without a run.
    """
    state = load_checkpoint(run_folder / "checkpoint.pt")
    if state is None:
        raise FileNotFoundError(run_folder / "checkpoint.pt")
    net = HearingNet(HearingConfig(**state["config"]))
    net.load_state_dict(state["averaged"])
    pairs = [read_corpus(corpus / "train") for corpus in corpora]
    set_aside = [pair for of_corpus in pairs for pair in of_corpus[-N_SET_ASIDE:]]
    trained_on = [pair for of_corpus in pairs for pair in of_corpus[:-N_SET_ASIDE]]
    judge = train_key_judge([load_piece(truth) for _, truth in trained_on])
    recogniser = Recogniser(net, judge, best_thresholds(net, set_aside))
    recogniser.save(folder)
    return recogniser

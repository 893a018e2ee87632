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
from engine.hearing.recogniser import Recogniser
from engine.training.checkpoint import load_checkpoint, save_checkpoint
from engine.training.corpus.render_corpus import read_corpus
from engine.training.curves import append_curve, plot_curve
from engine.training.hearing_data import (
    HearingBatch,
    PicturedPiece,
    draw_hearing_batch,
    picture_corpus,
)
from engine.training.hearing_targets import UNKNOWN
from engine.training.hearing_thresholds import best_thresholds

CHECKPOINT_EVERY_S = 120.0
REPORT_EVERY = 20
N_SET_ASIDE = 40
"""Last pieces of the corpus, never trained on, that the thresholds are set on."""

TASK_WEIGHTS = {
    "root": 1.0, "quality": 0.7, "bass": 0.5, "key": 0.2, "beat": 3.0, "downbeat": 2.0,
    "drums": 3.0, "struck": 10.0, "held": 1.5,
}  # fmt: skip
"""Chosen so that each task's loss weighs about the same half way through."""


@dataclass(frozen=True, slots=True)
class HearingTraining:
    """Length and shape of a training; the same values are needed to resume it."""

    steps: int = 1000
    batch_rows: int = 16
    excerpt_frames: int = 160
    learning_rate: float = 3e-3
    warm_up_steps: int = 30
    weight_decay: float = 0.02
    seed: int = 0


DEFAULT_TRAINING = HearingTraining()
DEFAULT_CONFIG = HearingConfig()


def train_hearing(
    corpus: Path,
    run_folder: Path,
    training: HearingTraining = DEFAULT_TRAINING,
    config: HearingConfig = DEFAULT_CONFIG,
    *,
    most_pieces: int | None = None,
    cancel: CancelToken | None = None,
) -> Recogniser:
    """Train on a rendered corpus, going on where ``run_folder`` stopped.

    Pictures of the corpus are kept in ``run_folder/pictures``. Raises ``Cancelled`` after
    writing a checkpoint.
    """
    pairs = read_corpus(corpus)[:-N_SET_ASIDE][:most_pieces]
    pieces = picture_corpus(pairs, run_folder / "pictures")
    return train_on_pieces(pieces, run_folder, training, config, cancel=cancel)


def train_on_pieces(
    pieces: Sequence[PicturedPiece],
    run_folder: Path,
    training: HearingTraining,
    config: HearingConfig,
    *,
    stop_after: int | None = None,
    cancel: CancelToken | None = None,
) -> Recogniser:
    """Train to ``training.steps``, or only to step ``stop_after`` this time."""
    torch.manual_seed(training.seed)
    net = HearingNet(config)
    optimizer = torch.optim.AdamW(
        net.parameters(), lr=training.learning_rate, weight_decay=training.weight_decay
    )
    checkpoint, curve = run_folder / "checkpoint.pt", run_folder / "curve.csv"
    first_step = _resume(checkpoint, net, optimizer)
    cancel = cancel or CancelToken()
    last_step = min(training.steps, stop_after or training.steps)
    started = saved = time.monotonic()
    sums: dict[str, float] = {}
    for step in range(first_step, last_step):
        if cancel.is_cancelled:
            _save(checkpoint, net, optimizer, step, training)
            cancel.raise_if_cancelled()
        # Each step has its own random numbers, so a resumed training draws the same batches.
        random = np.random.default_rng([training.seed, step])
        batch = draw_hearing_batch(pieces, random, training.batch_rows, training.excerpt_frames)
        losses = train_step(net, optimizer, batch, learning_rate_at(step, training))
        for name, loss in losses.items():
            sums[name] = sums.get(name, 0.0) + float(loss) / REPORT_EVERY
        if (step + 1) % REPORT_EVERY == 0:
            append_curve(curve, {"step": step + 1, "seconds": time.monotonic() - started, **sums})
            sums = {}
        if time.monotonic() - saved > CHECKPOINT_EVERY_S:
            _save(checkpoint, net, optimizer, step + 1, training)
            saved = time.monotonic()
    _save(checkpoint, net, optimizer, last_step, training)
    if curve.exists():
        plot_curve(curve, run_folder / "curve.png", "Hearing: loss per task")
    return Recogniser(net)


def learning_rate_at(step: int, training: HearingTraining) -> float:
    """Linear warm-up, then a half cosine to a hundredth."""
    if step < training.warm_up_steps:
        return training.learning_rate * (step + 1) / training.warm_up_steps
    done = (step - training.warm_up_steps) / max(1, training.steps - training.warm_up_steps)
    return training.learning_rate * (0.01 + 0.99 * 0.5 * (1 + float(np.cos(np.pi * done))))


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
    for name in ("root", "quality", "bass", "key"):
        scores, asked = getattr(heard, name), targets[name]
        summed = functional.cross_entropy(scores, asked, ignore_index=UNKNOWN, reduction="sum")
        losses[name] = summed / (asked != UNKNOWN).sum().clamp(min=1)
    for name in ("beat", "downbeat", "drums", "struck", "held"):
        losses[name] = functional.binary_cross_entropy_with_logits(
            getattr(heard, name), targets[name]
        )
    return losses


def _resume(checkpoint: Path, net: HearingNet, optimizer: torch.optim.Optimizer) -> int:
    state = load_checkpoint(checkpoint)
    if state is None:
        return 0
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


def _save(
    checkpoint: Path,
    net: HearingNet,
    optimizer: torch.optim.Optimizer,
    step: int,
    training: HearingTraining,
) -> None:
    save_checkpoint(
        checkpoint,
        {
            "net": net.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": step,
            "config": asdict(net.config),
            "training": asdict(training),
        },
    )


def export_hearing(corpus: Path, run_folder: Path, folder: Path) -> Recogniser:
    """Write the run's recogniser into a model folder, with thresholds set on pieces of ``corpus``
    that were not trained on. Raises FileNotFoundError without a run.
    """
    state = load_checkpoint(run_folder / "checkpoint.pt")
    if state is None:
        raise FileNotFoundError(run_folder / "checkpoint.pt")
    net = HearingNet(HearingConfig(**state["config"]))
    net.load_state_dict(state["net"])
    thresholds = best_thresholds(Recogniser(net), read_corpus(corpus)[-N_SET_ASIDE:])
    recogniser = Recogniser(net, thresholds)
    recogniser.save(folder)
    return recogniser

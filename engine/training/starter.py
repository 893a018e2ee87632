"""Training the Starter's language model on encoded pieces; stoppable and resumable.

AdamW: a short warm-up, a level stretch, and a straight line down at the end, the cool-down. The
rows of step ``s`` depend on the seed and ``s`` alone, so a run that is taken up again follows the
curve it would have followed. The state before the cool-down is kept: a longer plan goes on from
there instead of from the start (Hu et al. 2024, arXiv 2404.06395, section 4).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch

from engine.lm.starter import StarterModel, code_loss
from engine.timebase import CodecClock
from engine.training.checkpoint import load_checkpoint, save_checkpoint
from engine.training.curves import append_curve
from engine.training.dataset import Batch, Dropout, EncodedPiece, draw_batch

N_HELD_OUT_BATCHES = 4
CHECKPOINT, BEFORE_COOL_DOWN = "checkpoint.pt", "before-cool-down.pt"


@dataclass(frozen=True, slots=True)
class StarterTraining:
    """How to train. A batch holds ``frames_per_batch`` frames in rows of one length, drawn anew
    for each step from ``row_frames``. Codebook ``half_weight_codebook`` counts half of the
    first, codebook ``3 * half_weight_codebook`` a quarter: the coarse ones carry the music, the
    fine ones are mostly chance."""

    n_steps: int = 4000
    frames_per_batch: int = 2000
    row_frames: tuple[int, ...] = (250, 250, 500)
    learning_rate: float = 2e-3
    cool_down_share: float = 0.5
    final_share: float = 0.02
    warm_up_steps: int = 40
    weight_decay: float = 0.05
    clip_norm: float = 1.0
    half_weight_codebook: int = 4
    seed: int = 0
    report_every: int = 50
    save_every_s: float = 120.0
    dropout: Dropout = field(default_factory=Dropout)

    @property
    def cool_down_start(self) -> int:
        """First step at a falling rate."""
        return round(self.n_steps * (1.0 - self.cool_down_share))

    def learning_rate_at(self, step: int) -> float:
        """Rate of a step, counted from 0."""
        warm = min(1.0, (step + 1) / self.warm_up_steps)
        n_falling = max(1, self.n_steps - self.cool_down_start)
        fallen = max(0, step - self.cool_down_start) / n_falling
        return self.learning_rate * warm * (1.0 - (1.0 - self.final_share) * fallen)


@dataclass(frozen=True, slots=True)
class StarterReport:
    """Where a training is: mean weighted cross-entropy in nats per code since the last report, and
    on held-out rows; ``seconds`` of work in all."""

    step: int
    loss: float
    held_out_loss: float
    seconds: float


def train_starter(
    model: StarterModel,
    clock: CodecClock,
    pieces: Sequence[EncodedPiece],
    held_out: Sequence[EncodedPiece],
    plan: StarterTraining,
    run_folder: Path,
    device: torch.device,
) -> Iterator[StarterReport]:
    """Train ``model`` in place, from the checkpoint in ``run_folder`` where there is one.

    Yields a report every ``report_every`` steps; stop iterating to stop training, after which
    the work since the last checkpoint (at most ``save_every_s``) is lost. Writes
    ``checkpoint.pt``, ``before-cool-down.pt`` and ``curve.csv`` into ``run_folder``.
    """
    model.to(device).train()
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.learning_rate, betas=(0.9, 0.95), weight_decay=plan.weight_decay
    )
    first_step, worked_s = 0, 0.0
    if (state := _last_state(run_folder, plan)) is not None:
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        first_step, worked_s = state["step"], state["seconds"]
    started = saved = time.monotonic()
    losses: list[float] = []

    def save(name: str, n_done: int) -> None:
        state = {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "step": n_done,
            "n_steps": plan.n_steps,
            "cool_down_start": plan.cool_down_start,
            "seconds": worked_s + time.monotonic() - started,
        }
        save_checkpoint(run_folder / name, state)

    for step in range(first_step, plan.n_steps):
        if step == plan.cool_down_start:
            save(BEFORE_COOL_DOWN, step)
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate_at(step)
        torch.manual_seed(plan.seed + step)
        batch = draw_step(pieces, clock, model.config.right_frames, plan, plan.seed, step)
        loss = batch_loss(model, batch, plan, device)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(model.parameters(), plan.clip_norm)
        optimizer.step()
        losses.append(float(loss.detach()))
        is_last = step + 1 == plan.n_steps
        if (step + 1) % plan.report_every == 0 or is_last:
            seconds = worked_s + time.monotonic() - started
            held = held_out_loss(model, clock, held_out, plan, device)
            report = StarterReport(step + 1, float(np.mean(losses)), held, seconds)
            losses.clear()
            append_curve(
                run_folder / "curve.csv",
                {
                    "step": report.step,
                    "seconds": round(seconds, 1),
                    "loss": round(report.loss, 4),
                    "held_out_loss": round(held, 4),
                },
            )
            yield report
        if is_last or time.monotonic() - saved > plan.save_every_s:
            saved = time.monotonic()
            save(CHECKPOINT, step + 1)


def _last_state(run_folder: Path, plan: StarterTraining) -> dict[str, Any] | None:
    """The checkpoint to go on from; of another plan, only what came before its cool-down."""
    state = load_checkpoint(run_folder / CHECKPOINT)
    if state is None or state["n_steps"] == plan.n_steps:
        return state
    has_cooled = state["step"] > state["cool_down_start"]
    return load_checkpoint(run_folder / BEFORE_COOL_DOWN) if has_cooled else state


def draw_step(
    pieces: Sequence[EncodedPiece],
    clock: CodecClock,
    max_right: int,
    plan: StarterTraining,
    seed: int,
    step: int,
) -> Batch:
    """The rows of one step: the same for the same seed and step."""
    random = np.random.default_rng((seed, step))
    n_frames = int(random.choice(plan.row_frames))
    return draw_batch(
        pieces,
        clock,
        random,
        n_rows=max(1, plan.frames_per_batch // n_frames),
        n_frames=n_frames,
        max_right=max_right,
        dropout=plan.dropout,
    )


def batch_loss(
    model: StarterModel, batch: Batch, plan: StarterTraining, device: torch.device
) -> torch.Tensor:
    """Weighted mean of the codebooks' cross-entropies, in nats per code."""
    logits, targets = model(
        batch.codes.to(device),
        batch.features.to(device),
        batch.prompts,
        batch.right_context.to(device),
        batch.right_lengths.to(device),
    )
    losses = code_loss(logits, targets)
    places = torch.arange(len(losses), device=device)
    weights = 1.0 / (1.0 + places / plan.half_weight_codebook)
    return (weights * losses).sum() / weights.sum()


@torch.no_grad()
def held_out_loss(
    model: StarterModel,
    clock: CodecClock,
    held_out: Sequence[EncodedPiece],
    plan: StarterTraining,
    device: torch.device,
) -> float:
    """Mean loss over the same few held-out batches every time."""
    if not held_out:
        return float("nan")
    model.eval()
    right = model.config.right_frames
    losses = []
    for index in range(N_HELD_OUT_BATCHES):
        batch = draw_step(held_out, clock, right, plan, plan.seed + 1, index)
        losses.append(float(batch_loss(model, batch, plan, device)))
    model.train()
    return float(np.mean(losses))

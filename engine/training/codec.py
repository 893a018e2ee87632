"""Second half of the codec's training: the decoder, on codes that no longer change.

AdamW, a short warm-up, then a straight line down. The rows of a step depend on the seed and the
step alone, so a run that is taken up again follows the curve it would have followed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch

from engine.codec.starter_codec import StarterCodec
from engine.training.checkpoint import load_checkpoint, save_checkpoint
from engine.training.codec_crops import CodedSound, Crops, draw_crops
from engine.training.codec_loss import CodecLoss, CodecLosses
from engine.training.curves import append_curve

N_HELD_OUT_BATCHES = 4
LOSS_NAMES = tuple(field.name for field in fields(CodecLosses))


@dataclass(frozen=True, slots=True)
class CodecTraining:
    """How to train; a row is ``row_frames`` code frames of one piece."""

    n_steps: int = 1500
    rows: int = 8
    row_frames: int = 48
    learning_rate: float = 2e-3
    final_share: float = 0.02
    warm_up_steps: int = 50
    weight_decay: float = 0.01
    clip_norm: float = 1.0
    seed: int = 0
    report_every: int = 50
    save_every_s: float = 120.0

    def learning_rate_at(self, step: int) -> float:
        """Rate of a step, counted from 0."""
        warm = min(1.0, (step + 1) / self.warm_up_steps)
        done = step / self.n_steps
        return self.learning_rate * warm * (1.0 - (1.0 - self.final_share) * done)


@dataclass(frozen=True, slots=True)
class CodecReport:
    """Where a training is: total loss since the last report, losses by name on held-out rows,
    seconds of work in all."""

    step: int
    loss: float
    held_out: dict[str, float]
    seconds: float


def train_codec(
    codec: StarterCodec,
    sounds: list[CodedSound],
    held_out: list[CodedSound],
    plan: CodecTraining,
    run_folder: Path,
    device: torch.device,
) -> Iterator[CodecReport]:
    """Train the network of ``codec`` in place, from the checkpoint in ``run_folder`` if any.

    Projection and codebooks stay as they are. Yields a report every ``report_every`` steps; stop
    iterating to stop training, after which the work since the last checkpoint (at most
    ``save_every_s``) is lost. Writes ``checkpoint.pt`` and ``curve.csv`` into ``run_folder``.
    """
    codec.to(device)
    network = codec.network.train().requires_grad_(True)
    loss_of = CodecLoss(codec)
    optimizer = torch.optim.AdamW(
        network.parameters(),
        lr=plan.learning_rate,
        betas=(0.9, 0.98),
        weight_decay=plan.weight_decay,
    )
    checkpoint = run_folder / "checkpoint.pt"
    first_step, worked_s = 0, 0.0
    if (state := load_checkpoint(checkpoint)) is not None:
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        first_step, worked_s = state["step"], state["seconds"]
    started = saved = time.monotonic()
    losses: list[float] = []
    for step in range(first_step, plan.n_steps):
        for group in optimizer.param_groups:
            group["lr"] = plan.learning_rate_at(step)
        loss = loss_of(_step_crops(codec, sounds, plan, plan.seed, step, device)).total
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), plan.clip_norm)
        optimizer.step()
        losses.append(float(loss.detach()))
        is_last = step + 1 == plan.n_steps
        if (step + 1) % plan.report_every == 0 or is_last:
            seconds = worked_s + time.monotonic() - started
            held = held_out_losses(codec, loss_of, held_out, plan, device)
            report = CodecReport(step + 1, float(np.mean(losses)), held, seconds)
            losses.clear()
            append_curve(
                run_folder / "curve.csv",
                {
                    "step": report.step,
                    "seconds": round(seconds, 1),
                    "loss": round(report.loss, 4),
                    **{f"held_out_{name}": round(value, 4) for name, value in held.items()},
                },
            )
            yield report
        if is_last or time.monotonic() - saved > plan.save_every_s:
            saved = time.monotonic()
            save_checkpoint(
                checkpoint,
                {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step + 1,
                    "seconds": worked_s + saved - started,
                },
            )
    codec.eval().requires_grad_(False)


@torch.no_grad()
def held_out_losses(
    codec: StarterCodec,
    loss_of: CodecLoss,
    held_out: list[CodedSound],
    plan: CodecTraining,
    device: torch.device,
) -> dict[str, float]:
    """Mean losses over the same few held-out batches every time; empty without held-out sounds."""
    if not held_out:
        return {}
    batches = [
        loss_of(_step_crops(codec, held_out, plan, plan.seed + 1, i, device))
        for i in range(N_HELD_OUT_BATCHES)
    ]
    return {
        name: float(np.mean([float(getattr(losses, name)) for losses in batches]))
        for name in LOSS_NAMES
    }


def _step_crops(
    codec: StarterCodec,
    sounds: list[CodedSound],
    plan: CodecTraining,
    seed: int,
    step: int,
    device: torch.device,
) -> Crops:
    random = np.random.default_rng((seed, step))
    crops = draw_crops(sounds, codec, random, plan.rows, plan.row_frames)
    return Crops(crops.codes.to(device), crops.samples.to(device))

"""Training the listener that checks whether words were obeyed; a few minutes on one core.

Excerpts of the training corpus are turned into features once and kept, batch by batch, so the
training can be stopped and started again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from engine.errors import BadInput
from engine.evaluation.listener import Listener, ListenerConfig, ListenerNet
from engine.evaluation.sound_features import N_FEATURES, sound_features
from engine.evaluation.sound_labels import (
    STYLE_NAMES,
    family_of,
    moods_of,
    pace_of,
    sounding_parts,
)
from engine.requests import Audio
from engine.timebase import Seconds, Span, samples_at
from engine.training.corpus.moods import felt_bpm
from engine.training.corpus.piece import Piece, load_piece
from engine.training.corpus.render_corpus import read_corpus
from engine.training.rough_sound import ROUGHENINGS

EXCERPT = Seconds(10.0)
BATCH_PIECES = 50
CHECKED_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class ListenerTraining:
    """How to train, on at most so many pieces; the last tenth of them sets the thresholds."""

    n_pieces: int = 2400
    n_steps: int = 3000
    batch: int = 128
    learning_rate: float = 2e-3
    weight_decay: float = 0.05
    blur: float = 0.25
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """Features ``[N, F]``; style and pace as numbers ``[N]``; instruments and moods, 0 or 1,
    ``[N, names]``; the piece each excerpt is from ``[N]``."""

    features: Tensor
    styles: Tensor
    paces: Tensor
    presence: Tensor
    pieces: Tensor


def train_listener(
    corpus: Path,
    run: Path,
    folder: Path,
    plan: ListenerTraining,
    progress: Callable[[str, int, int], None],
) -> dict[str, float]:
    """Train on a folder of rendered pieces, keep the listener in ``folder``, and say how often
    it is right on the pieces it was checked on. Raises ``BadInput`` without pieces."""
    examples = _load_examples(corpus, plan.n_pieces, run / "features", progress)
    n_pieces = int(examples.pieces.max()) + 1
    is_checked = examples.pieces >= round(n_pieces * (1 - CHECKED_SHARE))
    config = ListenerConfig(STYLE_NAMES)
    torch.manual_seed(plan.seed)
    net = ListenerNet(config)
    taught = examples.features[~is_checked]
    net.mean.copy_(taught.mean(dim=0))
    net.spread.copy_(taught.std(dim=0) + 1e-3)
    for step in _fit(net, examples, ~is_checked, plan):
        progress("Training the listener", step, plan.n_steps)
    net.eval()
    checked = Examples(*(getattr(examples, name)[is_checked] for name in Examples.__slots__))
    with torch.inference_mode():
        styles, paces, *presence = net(checked.features)
    scores = torch.cat(presence, dim=1)
    net.thresholds.copy_(_even_thresholds(scores, checked.presence))
    Listener(config, net).save(folder)
    return _agreement(config, styles, paces, scores >= net.thresholds, checked)


def _fit(
    net: ListenerNet, examples: Examples, is_taught: Tensor, plan: ListenerTraining
) -> Iterator[int]:
    """Train in place; yields every hundredth step."""
    taught = is_taught.nonzero()[:, 0]
    optimizer = torch.optim.AdamW(
        net.parameters(), lr=plan.learning_rate, weight_decay=plan.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.learning_rate, plan.n_steps)
    net.train()
    for step in range(plan.n_steps):
        rows = taught[torch.randint(len(taught), (plan.batch,))]
        features = examples.features[rows]
        features = features + plan.blur * net.spread * torch.randn_like(features)
        styles, paces, *presence = net(features)
        loss = (
            F.cross_entropy(styles, examples.styles[rows], label_smoothing=0.05)
            + 0.5 * F.cross_entropy(paces, examples.paces[rows])
            + 4.0
            * F.binary_cross_entropy_with_logits(
                torch.cat(presence, dim=1), examples.presence[rows]
            )
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
        if (step + 1) % 100 == 0:
            yield step + 1


def _even_thresholds(scores: Tensor, presence: Tensor) -> Tensor:
    """Per column the score above which as many count as heard as are truly there ``[names]``."""
    ordered = scores.sort(dim=0, descending=True).values
    n_there = presence.sum(dim=0).long().clamp(1, len(scores) - 1)
    columns = torch.arange(scores.shape[1])
    return (ordered[n_there - 1, columns] + ordered[n_there, columns]) / 2


def _agreement(
    config: ListenerConfig, styles: Tensor, paces: Tensor, heard: Tensor, truth: Examples
) -> dict[str, float]:
    n = len(config.instruments)
    there = truth.presence > 0.5
    found = heard & there
    return {
        "style": float((styles.argmax(1) == truth.styles).float().mean()),
        "pace": float((paces.argmax(1) == truth.paces).float().mean()),
        "instruments": float(found[:, :n].sum() / there[:, :n].sum().clamp(min=1)),
        "moods": float(found[:, n:].sum() / there[:, n:].sum().clamp(min=1)),
    }


def _load_examples(
    corpus: Path, n_pieces: int, kept: Path, progress: Callable[[str, int, int], None]
) -> Examples:
    """Excerpts of the first pieces, those of earlier calls from ``kept``."""
    pairs = read_corpus(corpus)[:n_pieces]
    if not pairs:
        raise BadInput(
            f"There is no rendered music in “{corpus}”.", "“inlay train corpus” renders it."
        )
    kept.mkdir(parents=True, exist_ok=True)
    tables: list[NDArray[np.float32]] = []
    for first in range(0, len(pairs), BATCH_PIECES):
        batch = pairs[first : first + BATCH_PIECES]
        path = kept / f"{_digest(batch)}.npy"
        if not path.exists():
            rows = [
                row
                for index, pair in enumerate(batch, start=first)
                for row in _rows_of_piece(index, *pair)
            ]
            np.save(path, np.array(rows, np.float32))
        tables.append(np.load(path))
        progress("Listening to the corpus", first + len(batch), len(pairs))
    table = torch.from_numpy(np.concatenate(tables))
    pieces, styles, paces, rest = table[:, 0], table[:, 1], table[:, 2], table[:, 3:]
    features, presence = rest[:, :N_FEATURES], rest[:, N_FEATURES:]
    return Examples(features, styles.long(), paces.long(), presence, pieces.long())


def _digest(pairs: Sequence[tuple[Path, Path]]) -> str:
    """Name of the rows of some pieces: another for other truth and other labels."""
    digest = hashlib.sha256(repr(ListenerConfig(STYLE_NAMES)).encode())
    for _, truth in pairs:
        digest.update(truth.read_bytes())
    return digest.hexdigest()[:24]


def _rows_of_piece(index: int, sound: Path, truth: Path) -> Iterator[NDArray[np.float32]]:
    """Two excerpts of a piece as they are and one made rough: number, labels and features."""
    piece = load_piece(truth)
    samples, rate_hz = soundfile.read(sound, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    random = np.random.default_rng(piece.seed)
    length = samples_at(EXCERPT, rate_hz)
    for roughen in (None, None, ROUGHENINGS[index % len(ROUGHENINGS)]):
        start = int(random.integers(max(1, len(mono) - length + 1)))
        cut = np.ascontiguousarray(mono[start : start + length])
        if roughen is not None:
            cut = roughen(cut, rate_hz, random)
        features = sound_features(Audio(cut[None], rate_hz))
        style, pace, presence = _labels(piece, start / rate_hz, (start + length) / rate_hz)
        yield np.concatenate([[index, style, pace], features, presence]).astype(np.float32)


def _labels(piece: Piece, start: float, end: float) -> tuple[int, int, list[float]]:
    """Style and pace as numbers, and what is there between two times, instruments then moods."""
    config = ListenerConfig(STYLE_NAMES)
    pace = pace_of(felt_bpm(piece.score.tempo_bpm, str(piece.score.meter)))
    parts = sounding_parts(piece, Span(Seconds(start), Seconds(end)))
    present = {family_of(part) for part in parts} | moods_of(piece.moods)
    names: Sequence[str] = (*config.instruments, *config.moods)
    return (
        config.styles.index(piece.style),
        config.paces.index(pace),
        [float(name in present) for name in names],
    )

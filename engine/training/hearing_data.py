"""Pictures and answers of a corpus, kept on disk as bytes, and batches cut from them.

Each piece is pictured twice: as it is, and roughened in one way chosen by its seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.hearing.chord_classes import NO_ROOT
from engine.hearing.network import shifted_pitch
from engine.hearing.spectra import (
    N_ROWS,
    N_VIEWS,
    SAMPLE_RATE_HZ,
    loudness_normalised,
    spectra,
)
from engine.training.corpus.piece import load_piece
from engine.training.hearing_targets import UNKNOWN, Targets, hearing_targets
from engine.training.rough_sound import ROUGHENINGS, Roughening

MOST_SEMITONES_DOWN, MOST_SEMITONES_UP = 6, 5
BAR_LINE_SHARE = 0.4

Pictures = tuple[NDArray[np.uint8], NDArray[np.uint8]]


@dataclass(frozen=True, slots=True)
class PicturedPiece:
    """Pictures as bytes, ``pitch [5, 108, 2 T]`` and ``onsets [40, 8 T]``, and their answers."""

    pitch: NDArray[np.uint8]
    onsets: NDArray[np.uint8]
    targets: Targets


@dataclass(frozen=True, slots=True)
class HearingBatch:
    """Pictures float32 0..1 and answers of ``B`` excerpts of equal length."""

    pitch: Tensor
    onsets: Tensor
    targets: dict[str, Tensor]


def picture_corpus(
    pairs: Sequence[tuple[Path, Path]],
    cache: Path,
    roughenings: Sequence[Roughening] = ROUGHENINGS,
) -> list[PicturedPiece]:
    """Picture every piece (sound, truth), or read what ``cache`` holds; two pictures a piece."""
    cache.mkdir(parents=True, exist_ok=True)
    pictured: list[PicturedPiece] = []
    for sound_path, truth_path in pairs:
        piece = load_piece(truth_path)
        targets = None
        for version in ("plain", "rough"):
            path = cache / f"{piece.seed}-{version}.npz"
            stored = _read_pictures(path)
            if stored is None:
                samples, rate_hz = soundfile.read(sound_path, dtype="float32")
                if version == "rough":
                    random = np.random.default_rng(piece.seed)
                    roughen = roughenings[int(random.integers(len(roughenings)))]
                    samples = roughen(samples, rate_hz, random)
                stored = _write_pictures(path, samples, rate_hz)
            pitch, onsets = stored
            targets = targets or hearing_targets(piece.score, pitch.shape[-1] // 2)
            pictured.append(PicturedPiece(pitch, onsets, targets))
    return pictured


def _read_pictures(path: Path) -> Pictures | None:
    """What the cache holds, unless it is missing or of another edition."""
    if not path.exists():
        return None
    with np.load(path) as stored:
        pitch, onsets = stored["pitch"], stored["onsets"]
    return (pitch, onsets) if pitch.shape[:2] == (N_VIEWS, N_ROWS) else None


def _write_pictures(path: Path, samples: NDArray[np.float32], rate_hz: int) -> Pictures:
    if rate_hz != SAMPLE_RATE_HZ:
        raise ValueError(f"the corpus is rendered at {SAMPLE_RATE_HZ} Hz, not {rate_hz}")
    pictures = spectra(loudness_normalised(torch.from_numpy(samples)[None]))
    pitch, onsets = (_as_bytes(picture[0]) for picture in pictures)
    scratch = path.with_suffix(".partial.npz")
    np.savez(scratch, pitch=pitch, onsets=onsets)
    scratch.replace(path)
    return pitch, onsets


def _as_bytes(picture: Tensor) -> NDArray[np.uint8]:
    return np.asarray((picture * 255.0).round().to(torch.uint8).numpy())


def draw_hearing_batch(
    pieces: Sequence[PicturedPiece], random: Generator, n_rows: int, n_chord_frames: int
) -> HearingBatch:
    """Cut excerpts at random places, transposed at random and with their colour disturbed."""
    long_enough = [piece for piece in pieces if len(piece.targets.root) >= n_chord_frames]
    rows = [_excerpt(long_enough, random, n_chord_frames) for _ in range(n_rows)]
    pitch = torch.stack([row[0] for row in rows])
    onsets = torch.stack([row[1] for row in rows])
    targets = {
        name: torch.from_numpy(np.stack([getattr(row[2], name) for row in rows]))
        for name in Targets.__dataclass_fields__
    }
    disturbed_pitch, disturbed_onsets = disturb_colour(pitch, onsets, random)
    return HearingBatch(disturbed_pitch, disturbed_onsets, targets)


def _excerpt(
    pieces: Sequence[PicturedPiece], random: Generator, n_frames: int
) -> tuple[Tensor, Tensor, Targets]:
    piece = pieces[int(random.integers(len(pieces)))]
    first = _first_frame(piece.targets, random, len(piece.targets.root) - n_frames)
    semitones = int(random.integers(-MOST_SEMITONES_DOWN, MOST_SEMITONES_UP + 1))
    pitch = piece.pitch[..., 2 * first : 2 * (first + n_frames)].astype(np.float32) / 255.0
    onsets = piece.onsets[..., 8 * first : 8 * (first + n_frames)].astype(np.float32) / 255.0
    moved = shifted_pitch(torch.from_numpy(pitch), -semitones)
    return moved, torch.from_numpy(onsets), transposed(piece.targets, first, n_frames, semitones)


def _first_frame(targets: Targets, random: Generator, last: int) -> int:
    """Any place up to ``last``, or often a bar line: recordings like to begin there."""
    if random.random() < BAR_LINE_SHARE:
        bar_lines = np.flatnonzero(targets.downbeat == 1.0) // 4
        bar_lines = bar_lines[bar_lines <= last]
        if len(bar_lines):
            return int(random.choice(bar_lines))
    return int(random.integers(last + 1))


def transposed(targets: Targets, first: int, n_frames: int, semitones: int) -> Targets:
    """The answers of an excerpt that sounds ``semitones`` higher."""
    last = first + n_frames
    return Targets(
        root=_turned(targets.root[first:last], semitones),
        quality=targets.quality[first:last],
        bass=_turned(targets.bass[first:last], semitones),
        beat=targets.beat[4 * first : 4 * last],
        downbeat=targets.downbeat[4 * first : 4 * last],
        per_bar=targets.per_bar,
        beat_length=targets.beat_length,
        drums=targets.drums[:, 4 * first : 4 * last],
        struck=_raised(targets.struck[:, 4 * first : 4 * last], semitones),
        held=_raised(targets.held[:, 2 * first : 2 * last], semitones),
    )


def _turned(classes: NDArray[np.int64], semitones: int) -> NDArray[np.int64]:
    has_pitch = (classes != UNKNOWN) & (classes != NO_ROOT)
    return np.where(has_pitch, (classes + semitones) % 12, classes)


def _raised(roll: NDArray[np.float32], semitones: int) -> NDArray[np.float32]:
    return np.asarray(shifted_pitch(torch.from_numpy(roll), -semitones).numpy())


def disturb_colour(pitch: Tensor, onsets: Tensor, random: Generator) -> tuple[Tensor, Tensor]:
    """Change level, tone, top and noise floor of each row, the same way in both pictures.

    One unit of a picture is 90 dB; its rows run evenly over nine octaves (pitch) or nearly so
    (mel bands).
    """
    n_rows = pitch.shape[0]
    disturbed = []
    level = random.uniform(-0.1, 0.1, n_rows)
    tilt = random.uniform(-0.15, 0.15, n_rows) * (random.random(n_rows) < 0.5)
    # A tone curve drawn at seven places: a gain of up to about 10 dB in each.
    tone = random.normal(0.0, 0.05, (n_rows, 7)) * (random.random((n_rows, 1)) < 0.5)
    top = np.where(random.random(n_rows) < 0.4, random.uniform(0.45, 0.95, n_rows), 2.0)
    floor = np.where(random.random(n_rows) < 0.4, random.uniform(0.1, 0.5, n_rows), 0.0)
    for picture in (pitch, onsets):
        height = np.linspace(0.0, 1.0, picture.shape[-2])
        colour = level[:, None] + tilt[:, None] * (height - 0.5)
        colour += [np.interp(height, np.linspace(0.0, 1.0, 7), curve) for curve in tone]
        colour -= 4.0 * np.maximum(0.0, height - top[:, None])
        shape = (n_rows, *[1] * (picture.ndim - 3), picture.shape[-2], 1)
        moved = picture + torch.from_numpy(colour.astype(np.float32).reshape(shape))
        jitter = torch.from_numpy(random.standard_normal(picture.shape, dtype=np.float32))
        hiss = torch.from_numpy(floor.astype(np.float32)).reshape(n_rows, *[1] * (picture.ndim - 1))
        noise = torch.where(hiss > 0, hiss + 0.05 * jitter, torch.zeros(()))
        disturbed.append(torch.maximum(moved, noise).clamp(0.0, 1.0))
    return disturbed[0], disturbed[1]

"""Training rows for the codec's decoder: codes, and the spectra they stand for.

Letters: ``B`` rows, ``K`` codebooks, ``T`` code frames, ``N`` samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import torch
from numpy.random import Generator
from numpy.typing import NDArray
from torch import Tensor

from engine.codec.starter_codec import StarterCodec
from engine.training.corpus import read_corpus


@dataclass(frozen=True, slots=True)
class CodedSound:
    """A sound file at the codec's rate and its codes, int16 ``[K, T]``."""

    sound: Path
    codes: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Crops:
    """Codes int64 ``[B, K, T]`` and the samples around them, ``[B, reach + T * hop + reach]``."""

    codes: Tensor
    samples: Tensor


def coded_sounds(corpus: Path, encoded: Path) -> list[CodedSound]:
    """Every piece of a corpus that has been encoded, in order of seed."""
    found = []
    for sound, _ in read_corpus(corpus):
        codes = encoded / f"{sound.stem}.npy"
        if codes.exists():
            found.append(CodedSound(sound, np.load(codes)))
    return found


def draw_crops(
    sounds: list[CodedSound], codec: StarterCodec, random: Generator, n_rows: int, n_frames: int
) -> Crops:
    """Cut ``n_rows`` stretches of ``n_frames`` out of sounds that are at least that long."""
    long_enough = [sound for sound in sounds if sound.codes.shape[1] >= n_frames]
    hop, reach = codec.config.hop, codec.spectrum.reach
    codes = np.zeros((n_rows, codec.config.n_codebooks, n_frames), np.int64)
    samples = np.zeros((n_rows, n_frames * hop + 2 * reach), np.float32)
    for row in range(n_rows):
        drawn = long_enough[random.integers(len(long_enough))]
        frame = int(random.integers(drawn.codes.shape[1] - n_frames + 1))
        codes[row] = drawn.codes[:, frame : frame + n_frames]
        start = frame * hop - reach
        n_before = max(0, -start)  # silence before the music begins
        part, _ = soundfile.read(
            drawn.sound,
            start=max(0, start),
            frames=samples.shape[1] - n_before,
            dtype="float32",
        )
        samples[row, n_before : n_before + len(part)] = part
    return Crops(torch.from_numpy(codes), torch.from_numpy(samples))

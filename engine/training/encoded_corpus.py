"""The corpus as codes: ``<seed>.npy`` per piece, made once and read whole by the LM's training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile
import torch

from engine.codec.codec import Codec
from engine.training.corpus import load_piece, read_corpus
from engine.training.dataset import EncodedPiece

MELODY = "melody"


def encode_corpus(corpus: Path, codec: Codec, encoded: Path) -> Iterator[int]:
    """Write the codes, int16 ``[K, T]``, of every rendered piece that has none yet.

    Yields how many pieces are done after each; a stopped run goes on where it was.
    """
    encoded.mkdir(parents=True, exist_ok=True)
    for done, (sound, _) in enumerate(read_corpus(corpus), start=1):
        path = encoded / f"{sound.stem}.npy"
        if not path.exists():
            samples, _ = soundfile.read(sound, dtype="float32")
            codes = codec.encode(torch.from_numpy(samples)[None, None])[0]
            scratch = path.with_suffix(".partial.npy")
            np.save(scratch, codes.numpy().astype(np.int16))
            scratch.replace(path)
        yield done


def load_encoded(corpus: Path, encoded: Path) -> list[EncodedPiece]:
    """Every piece of ``corpus`` that has codes in ``encoded``, in order of seed."""
    pieces = []
    for _, truth in read_corpus(corpus):
        path = encoded / f"{truth.stem}.npy"
        if not path.exists():
            continue
        piece = load_piece(truth)
        melody = piece.part(MELODY)
        pieces.append(
            EncodedPiece(
                codes=np.load(path),
                score=piece.score,
                parts=tuple(part.notes for part in piece.parts if part.notes),
                melody=melody.notes if melody else (),
                captions=piece.captions,
            )
        )
    return pieces

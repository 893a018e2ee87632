"""The corpus on disk: ``SEED.flac`` (the mix) and ``SEED.json`` (the truth) side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import soundfile

from engine.synthesis.voice import open_voice
from engine.training.corpus.compose import compose
from engine.training.corpus.mix import SAMPLE_RATE_HZ, render
from engine.training.corpus.piece import save_piece

FIRST_HELD_OUT_SEED = 1_000_000
BATCH = 16


def render_corpus(
    folder: Path,
    first_seed: int,
    n: int,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Render the pieces of seeds ``first_seed`` to ``first_seed + n - 1`` that are missing.

    Seeds are worked through in order, and a pair of files appears only when complete, so a run
    may be stopped, resumed and read while it goes on.

    Args:
        folder: where the pairs go; made if missing.
        first_seed: training pieces count from 0, held-out ones from 1,000,000.
        n: number of seeds.
        workers: processes.
        progress: called with (pieces ready, n) after every batch.

    Returns:
        The number of pieces rendered by this call.
    """
    folder.mkdir(parents=True, exist_ok=True)
    missing = [
        seed for seed in range(first_seed, first_seed + n)
        if not (_sound_path(folder, seed).exists() and _truth_path(folder, seed).exists())
    ]  # fmt: skip
    batches = [missing[start : start + BATCH] for start in range(0, len(missing), BATCH)]
    ready = n - len(missing)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(render_batch, folder, batch) for batch in batches]
        for job in as_completed(jobs):
            ready += job.result()
            if progress is not None:
                progress(ready, n)
    return len(missing)


def render_batch(folder: Path, seeds: Sequence[int]) -> int:
    """Render some pieces with one voice in this process; returns how many."""
    voice = open_voice(SAMPLE_RATE_HZ)
    try:
        for seed in seeds:
            piece = compose(seed)
            mix, _ = render(piece, voice)
            sound, truth = _sound_path(folder, seed), _truth_path(folder, seed)
            sound_draft, truth_draft = folder / f".{seed}.flac", folder / f".{seed}.json"
            soundfile.write(sound_draft, mix, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
            save_piece(piece, truth_draft)
            truth_draft.rename(truth)
            sound_draft.rename(sound)
    finally:
        voice.close()
    return len(seeds)


def read_corpus(folder: Path) -> list[tuple[Path, Path]]:
    """Complete pairs (sound, truth) in a folder, in order of their seeds."""
    pairs = [
        (sound, sound.with_suffix(".json"))
        for sound in folder.glob("*.flac")
        if sound.stem.isdigit() and sound.with_suffix(".json").exists()
    ]
    return sorted(pairs, key=lambda pair: int(pair[0].stem))


def _sound_path(folder: Path, seed: int) -> Path:
    return folder / f"{seed}.flac"


def _truth_path(folder: Path, seed: int) -> Path:
    return folder / f"{seed}.json"

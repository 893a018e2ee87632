"""Held-out music cut on bar lines: what is asked, and how it really sounds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
from numpy.random import default_rng
from numpy.typing import NDArray

from engine.evaluation.sound_labels import sounding_parts
from engine.requests import Audio
from engine.score import Score
from engine.synthesis.voice import open_voice
from engine.timebase import Seconds, Span, TempoMap, samples_span
from engine.training.corpus import SAMPLE_RATE_HZ, compose, render
from engine.training.corpus.piece import Part, Piece, load_piece

FIRST_HELD_OUT_SEED = 1_000_000
ASKED, LONGEST = Seconds(10.0), Seconds(12.0)
SINGLE_LINE_ROLES = frozenset({"drums", "bass", "melody"})


@dataclass(frozen=True, slots=True)
class HeldOutClip:
    """Whole bars of a piece that no training saw: mono sound, and the score it was played from.

    ``parts`` are the players heard in these bars, without their notes.
    """

    seed: int
    style: str
    caption: str
    key: str
    score: Score
    audio: Audio
    moods: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def plays_chords(self) -> bool:
        """Whether someone sounds the chords: a bass or a tune alone leaves thirds unsaid."""
        return any(part.role not in SINGLE_LINE_ROLES for part in self.parts)


def held_out_clips(n: int, corpus: Path | None, cache: Path) -> Iterator[HeldOutClip]:
    """The first ``n`` held-out clips, always the same ones; sound comes as in ``recordings``."""
    seeds = range(FIRST_HELD_OUT_SEED, FIRST_HELD_OUT_SEED + n)
    for piece, audio in recordings(seeds, corpus, cache):
        yield cut_clip(piece, audio)


def recordings(
    seeds: Iterable[int], corpus: Path | None, cache: Path
) -> Iterator[tuple[Piece, Audio]]:
    """Whole pieces and their sound.

    Sound comes from ``corpus`` (a folder of rendered pieces named by seed) where it has the
    piece; else the piece is rendered once, which needs FluidSynth, and kept in ``cache``.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        voice = None
        for seed in seeds:
            rendered = None if corpus is None else corpus / f"{seed}.flac"
            kept = cache / f"{seed}.flac"
            if rendered is not None and rendered.exists():
                piece, path = load_piece(rendered.with_suffix(".json")), rendered
            else:
                piece, path = compose(seed), kept
                if not kept.exists():
                    if voice is None:
                        voice = open_voice(SAMPLE_RATE_HZ)
                        stack.callback(voice.close)
                    mix, _ = render(piece, voice)
                    soundfile.write(kept, mix, SAMPLE_RATE_HZ, subtype="PCM_16")
            yield piece, read_mono(path)


def read_mono(path: Path) -> Audio:
    """A sound file with its channels averaged, float32 ``[1, N]``."""
    samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
    mono: NDArray[np.float32] = np.ascontiguousarray(samples.mean(axis=1)[None])
    return Audio(mono, rate_hz)


def cut_clip(piece: Piece, audio: Audio) -> HeldOutClip:
    """Whole bars of about ten seconds, from a bar drawn by the piece's seed."""
    span = clip_span(piece.score, piece.seed)
    cut = samples_span(span, audio.sample_rate_hz)
    samples = np.zeros((1, cut.end - cut.start), np.float32)
    sounding = audio.samples[:, cut.start : cut.end]
    samples[:, : sounding.shape[1]] = sounding
    return HeldOutClip(
        piece.seed,
        piece.style,
        piece.captions[0],
        piece.key,
        piece.score.slice(span),
        Audio(samples, audio.sample_rate_hz),
        piece.moods,
        tuple(replace(part, notes=()) for part in sounding_parts(piece, span)),
    )


def clip_span(score: Score, seed: int) -> Span[Seconds]:
    """Bars that last as near to 10 s as they can."""
    bar_s = TempoMap(score.tempo_bpm, score.meter).seconds_at(score.meter.bar_ticks)
    n_bars = max(1, round(ASKED / bar_s))
    if n_bars * bar_s > LONGEST:
        n_bars = max(1, math.floor(LONGEST / bar_s))
    n_inside = math.floor((score.duration - score.first_downbeat) / bar_s + 1e-6)
    last_start = max(0, n_inside - n_bars)
    first = int(default_rng(seed).integers(last_start + 1))
    start = score.first_downbeat + first * bar_s
    end = min(start + n_bars * bar_s, score.duration)
    return Span(Seconds(start), Seconds(end))

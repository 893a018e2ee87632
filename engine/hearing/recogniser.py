"""The trained recogniser: weights in, what is heard in any recording out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from engine.audio.resample import resample
from engine.checkpoints import load_into, read_section, write_section, write_weights
from engine.errors import BadInput, WeightsUnusable
from engine.events import Analysis
from engine.hearing.beat_decoder import decode_rhythm
from engine.hearing.chord_classes import KEYS
from engine.hearing.chord_decoder import decode_chords
from engine.hearing.key_judge import KeyJudge, harmony_profile
from engine.hearing.network import Heard, HearingConfig, HearingNet, join
from engine.hearing.onset_picker import peak_times, pick_notes
from engine.hearing.pulse_classes import Pulse
from engine.hearing.spectra import (
    CHORD_HOP,
    LOWEST_PITCH,
    RHYTHM_RATE_HZ,
    SAMPLE_RATE_HZ,
    loudness_normalised,
    rhythm_frame_times,
    spectra,
)
from engine.hearing.strokes import DRUMS
from engine.requests import Audio
from engine.score import Chord, Note
from engine.timebase import Seconds, Span

SECTION = "hearing"
WEIGHTS_NAME = "hearing.safetensors"
CHUNK_FRAMES, MARGIN_FRAMES = 750, 250
"""Chord frames heard at once (60 s), and those heard beside them so that no edge is noticed."""

LEAST_AFTER_BEAT_S = 0.05
"""A beat nearer than this to the end cannot be heard: it would begin what follows."""

SILENCE_DB = -120.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Activations from which a stroke or a note counts; set on recordings not trained on."""

    kick: float = 0.4
    snare: float = 0.4
    hat: float = 0.4
    note: float = 0.4


DEFAULT_THRESHOLDS = Thresholds()


class Recogniser:
    """Hears chords, key, beats, drum strokes, notes and level."""

    def __init__(
        self, net: HearingNet, key_judge: KeyJudge, thresholds: Thresholds = DEFAULT_THRESHOLDS
    ) -> None:
        self.net = net.eval()
        self.key_judge = key_judge.eval()
        self.thresholds = thresholds

    @classmethod
    def load(cls, path: Path) -> Recogniser:
        """Read ``hearing.safetensors`` of a model folder; raises ``WeightsUnusable``."""
        section = read_section(path.parent, SECTION)
        try:
            net = HearingNet(HearingConfig(**section["network"]))
            thresholds = Thresholds(**section["thresholds"])
        except (KeyError, TypeError) as error:
            raise WeightsUnusable(
                f"The recogniser in {path.parent} is not of this edition.",
                "Install the model again.",
            ) from error
        recogniser = cls(net, KeyJudge(), thresholds)
        load_into(recogniser._parts(), path)
        return recogniser

    def save(self, folder: Path) -> None:
        """Write weights in half precision, and the configuration, into a model folder."""
        write_weights(folder / WEIGHTS_NAME, self._parts())
        values = {"network": asdict(self.net.config), "thresholds": asdict(self.thresholds)}
        write_section(folder, SECTION, values)

    def _parts(self) -> nn.Module:
        return nn.ModuleDict({"network": self.net, "key_judge": self.key_judge})

    def analyze(self, audio: Audio) -> Analysis:
        """Hear a recording of any rate, channels and length; raises ``BadInput`` if empty."""
        return self.analyze_batch([audio])[0]

    def analyze_batch(self, recordings: Sequence[Audio]) -> list[Analysis]:
        """Hear several recordings one after the other."""
        return [self._analysis(audio) for audio in recordings]

    def _analysis(self, audio: Audio) -> Analysis:
        if audio.samples.shape[1] == 0:
            raise BadInput("The recording is empty.")
        mono = audio.samples.mean(axis=0, keepdims=True)
        if audio.sample_rate_hz != SAMPLE_RATE_HZ:
            mono = resample(mono, audio.sample_rate_hz, SAMPLE_RATE_HZ)
        heard = self.hear(torch.from_numpy(np.ascontiguousarray(mono, dtype=np.float32)))
        pulse = Pulse(_verdict(heard.per_bar), _verdict(heard.beat_length))
        rhythm = decode_rhythm(_activation(heard.beat), _activation(heard.downbeat), pulse)
        last_beat = Seconds(max(0.0, audio.duration - LEAST_AFTER_BEAT_S))
        chords = decode_chords(
            _log_share(heard.root),
            _log_share(heard.quality),
            _log_share(heard.bass),
            audio.duration,
            rhythm.beats,
            rhythm.downbeats,
        )
        notes = notes_of(heard, self.thresholds.note, audio.duration)
        return Analysis(
            chords=chords,
            beats=_within(rhythm.beats, last_beat),
            downbeats=_within(rhythm.downbeats, last_beat),
            drum_onsets=self._strokes(_activation(heard.drums), audio.duration),
            tempo_bpm=rhythm.tempo_bpm,
            key=self._key(chords, notes),
            level_db=_decibels(float(np.sqrt(np.mean(np.square(audio.samples, dtype=np.float64))))),
            peak_db=_decibels(float(np.abs(audio.samples).max())),
            notes=notes,
        )

    @torch.inference_mode()
    def _key(self, chords: Sequence[Chord], notes: Sequence[Note]) -> str:
        profile = torch.from_numpy(harmony_profile(chords, notes))
        return KEYS[int(self.key_judge(profile[None])[0].argmax())]

    @torch.inference_mode()
    def hear(self, samples: torch.Tensor) -> Heard:
        """Scores for ``[1, N]`` at 32 kHz, in pieces that each hear a margin around themselves."""
        samples = loudness_normalised(samples)
        n_frames = -(-samples.shape[1] // CHORD_HOP)
        pieces = []
        for first in range(0, n_frames, CHUNK_FRAMES):
            last = min(first + CHUNK_FRAMES, n_frames)
            start, end = max(0, first - MARGIN_FRAMES), min(n_frames, last + MARGIN_FRAMES)
            heard = self.net(*spectra(samples[:, start * CHORD_HOP : end * CHORD_HOP]))
            pieces.append(heard.cut(first - start, last - start))
        return pieces[0] if len(pieces) == 1 else join(pieces)

    def _strokes(
        self, drums: NDArray[np.float64], duration: Seconds
    ) -> dict[str, tuple[Seconds, ...]]:
        times = rhythm_frame_times(drums.shape[-1])
        strokes = {}
        for name, curve in zip(DRUMS, drums, strict=True):
            found = peak_times(curve, times, getattr(self.thresholds, name), least_gap=2)
            strokes[name] = _within([Seconds(float(time)) for time in found], duration)
        return strokes


def notes_of(heard: Heard, threshold: float, duration: Seconds) -> tuple[Note, ...]:
    """Notes that begin before ``duration``, cut there."""
    held = _activation(heard.held).repeat(2, axis=-1)  # [88, T50]
    notes = []
    for row, first, last in pick_notes(_activation(heard.struck), held, threshold):
        start, end = first / RHYTHM_RATE_HZ, min(last / RHYTHM_RATE_HZ, duration)
        if end > start:
            notes.append(Note(Span(Seconds(start), Seconds(end)), LOWEST_PITCH + row))
    return tuple(notes)


def _activation(score: torch.Tensor) -> NDArray[np.float64]:
    """Probabilities of ``[1, ..., T]`` yes-or-no scores, without the batch."""
    return np.asarray(torch.sigmoid(score[0]).double().numpy())


def _log_share(score: torch.Tensor) -> NDArray[np.float64]:
    """Log-probabilities ``[T, classes]`` of scores ``[1, classes, T]``."""
    return np.asarray(torch.log_softmax(score[0].double(), dim=0).T.numpy())


def _verdict(votes: torch.Tensor) -> NDArray[np.float64]:
    """Log-shares ``[classes]`` of the mean of votes ``[1, classes, T]``."""
    return np.asarray(torch.log_softmax(votes[0].double().mean(dim=-1), dim=0).numpy())


def _within(times: Sequence[Seconds], duration: Seconds) -> tuple[Seconds, ...]:
    """Times inside the recording; those a hair before its start are moved onto it."""
    return tuple(Seconds(max(0.0, time)) for time in times if -0.02 <= time < duration)


def _decibels(amplitude: float) -> float:
    return SILENCE_DB if amplitude <= 1e-6 else 20.0 * float(np.log10(amplitude))

"""The recogniser's network: a harmonic front, one dilated stack per clock, small linear heads.

The front sees each semitone beside its octaves, twelfths and thirds above, with the same weights
at every pitch; notes are read off there. A stack at 12.5 Hz gathers harmony over ten seconds,
one at 50 Hz gathers rhythm and is told the harmony and the notes. Dilated stacks after Davies
and Böck, "Temporal convolutional networks for musical audio beat tracking" (EUSIPCO 2019).

Letters: ``B`` batch, ``T`` frames of the picture named beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from engine.hearing.chord_classes import KEYS, N_QUALITIES, N_ROOTS
from engine.hearing.spectra import N_BANDS, N_PITCHES
from engine.hearing.strokes import DRUMS

HARMONIC_STEPS = (-12, 0, 7, 12, 19, 24, 28)
"""Semitones at which the front looks around each pitch: octaves and odd partials."""


@dataclass(frozen=True, slots=True)
class HearingConfig:
    """Widths and depths of the network."""

    front_channels: int = 16
    folded_channels: int = 6
    harmony_width: int = 128
    harmony_layers: int = 7
    rhythm_width: int = 56
    rhythm_layers: int = 9


@dataclass(frozen=True, slots=True)
class Heard:
    """Scores before softmax or sigmoid.

    root, bass ``[B, 13, T12.5]``, quality ``[B, 15, T12.5]``, key ``[B, 24, T12.5]``; beat and
    downbeat ``[B, T50]``, drums ``[B, 3, T50]``; struck and held ``[B, 88, T25]``.
    """

    root: Tensor
    quality: Tensor
    bass: Tensor
    key: Tensor
    beat: Tensor
    downbeat: Tensor
    drums: Tensor
    struck: Tensor
    held: Tensor

    def cut(self, first: int, last: int) -> Heard:
        """The 12.5 Hz frames ``[first, last)`` of everything."""
        per = {name: _FRAMES_PER_CHORD_FRAME.get(name, 1) for name in _SCORES}
        return Heard(**{n: getattr(self, n)[..., first * per[n] : last * per[n]] for n in _SCORES})


def join(pieces: Sequence[Heard]) -> Heard:
    """Pieces one after the other in time."""
    return Heard(**{n: torch.cat([getattr(p, n) for p in pieces], dim=-1) for n in _SCORES})


_SCORES = tuple(field.name for field in fields(Heard))
_FRAMES_PER_CHORD_FRAME = {"beat": 4, "downbeat": 4, "drums": 4, "struck": 2, "held": 2}


class DilatedLayer(nn.Module):
    """Residual layer: dilated convolution, norm, activation, pointwise mix."""

    def __init__(self, width: int, kernel: int, dilation: int) -> None:
        super().__init__()
        self.wide = nn.Conv1d(
            width, width, kernel, dilation=dilation, padding=dilation * (kernel // 2), bias=False
        )
        self.norm = nn.BatchNorm1d(width)
        self.mix = nn.Conv1d(width, width, 1)

    def forward(self, x: Tensor) -> Tensor:
        mixed: Tensor = self.mix(torch.relu(self.norm(self.wide(x))))
        return x + mixed


class HarmonicFront(nn.Module):
    """Semitone picture ``[B, 2, 88, T]`` to features per pitch ``[B, C, 88, T]``."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        n_views = 2 * len(HARMONIC_STEPS)
        self.over_time = nn.Conv2d(n_views, channels, (1, 5), padding=(0, 2), bias=False)
        self.first_norm = nn.BatchNorm2d(channels)
        self.over_pitch = nn.Conv2d(channels, channels, (3, 1), padding=(1, 0), bias=False)
        self.second_norm = nn.BatchNorm2d(channels)

    def forward(self, pitch: Tensor) -> Tensor:
        views = torch.cat([shifted_pitch(pitch, step) for step in HARMONIC_STEPS], dim=1)
        x = torch.relu(self.first_norm(self.over_time(views)))
        return torch.relu(self.second_norm(self.over_pitch(x)))


def shifted_pitch(picture: Tensor, semitones: int) -> Tensor:
    """Row ``p`` of the result is row ``p + semitones`` of ``[..., 88, T]``; zero beyond."""
    if semitones == 0:
        return picture
    shifted = torch.zeros_like(picture)
    if semitones > 0:
        shifted[..., :-semitones, :] = picture[..., semitones:, :]
    else:
        shifted[..., -semitones:, :] = picture[..., :semitones, :]
    return shifted


class HearingNet(nn.Module):
    """Pictures of sound to scores of everything that is heard."""

    def __init__(self, config: HearingConfig) -> None:
        super().__init__()
        self.config = config
        front, harmony, rhythm = config.front_channels, config.harmony_width, config.rhythm_width
        self.front = HarmonicFront(front)
        self.notes = nn.Conv2d(front, 2, (1, 3), padding=(0, 1))
        self.fold = nn.Conv2d(front, config.folded_channels, 1)
        self.to_harmony = nn.Conv1d(config.folded_channels * N_PITCHES, harmony, 2, stride=2)
        self.harmony_layers = nn.Sequential(
            *(DilatedLayer(harmony, 3, 2**i) for i in range(config.harmony_layers - 1)),
            DilatedLayer(harmony, 3, 1),
        )
        n_harmony = 2 * N_ROOTS + N_QUALITIES + len(KEYS)
        self.harmony_heads = nn.Conv1d(harmony, n_harmony, 1)
        # Loudness and its rise, both half-frames: four numbers per band and rhythm frame.
        self.to_rhythm = nn.Conv1d(4 * N_BANDS, rhythm, 3, padding=1)
        self.harmony_to_rhythm = nn.Conv1d(harmony, rhythm, 1)
        self.notes_to_rhythm = nn.Conv1d(N_PITCHES, rhythm, 3, padding=1)
        self.rhythm_layers = nn.Sequential(
            *(DilatedLayer(rhythm, 5, 2**i) for i in range(config.rhythm_layers))
        )
        self.near_layers = nn.Sequential(DilatedLayer(rhythm, 5, 1), DilatedLayer(rhythm, 3, 1))
        self.beat_heads = nn.Conv1d(rhythm, 2, 1)
        self.drum_heads = nn.Conv1d(rhythm, len(DRUMS), 1)

    def forward(self, pitch: Tensor, onsets: Tensor) -> Heard:
        """Hear ``pitch [B, 2, 88, T]`` and ``onsets [B, 40, 4 T]``; ``T`` is even."""
        if pitch.shape[-1] % 2 or onsets.shape[-1] != 4 * pitch.shape[-1]:
            raise ValueError(f"pictures do not match: {pitch.shape} and {onsets.shape}")
        tones = self.front(pitch)  # [B, C, 88, T]
        struck, held = self.notes(tones).unbind(1)  # [B, 88, T]
        harmony = torch.relu(self.to_harmony(self.fold(tones).flatten(1, 2)))
        harmony = self.harmony_layers(harmony)  # [B, D, T/2]
        heads = self.harmony_heads(torch.relu(harmony))
        root, bass, quality, key = heads.split([N_ROOTS, N_ROOTS, N_QUALITIES, len(KEYS)], dim=1)
        near = torch.relu(self.to_rhythm(_rises(onsets)))  # [B, D, 2 T]
        told = self.harmony_to_rhythm(harmony).repeat_interleave(4, dim=-1)
        told = told + self.notes_to_rhythm(torch.sigmoid(struck)).repeat_interleave(2, dim=-1)
        rhythm = torch.relu(self.rhythm_layers(near + told))
        beat, downbeat = self.beat_heads(rhythm).unbind(1)  # [B, 2 T]
        drums = self.drum_heads(torch.relu(self.near_layers(near)))
        return Heard(root, quality, bass, key, beat, downbeat, drums, struck, held)


def _rises(onsets: Tensor) -> Tensor:
    """Levels and their rises over 20 ms, pairs of 100 Hz frames joined: ``[B, 160, T / 2]``."""
    earlier = torch.nn.functional.pad(onsets, (2, 0), mode="replicate")[..., :-2]
    both = torch.cat([onsets, 4.0 * (onsets - earlier).clamp(min=0.0)], dim=1)  # [B, 80, T]
    return torch.cat([both[..., 0::2], both[..., 1::2]], dim=1)

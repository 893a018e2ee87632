"""The recogniser's network: a front that hears pitches, a stack per clock, small linear heads.

The front sees each pitch beside its octaves, twelfths and higher partials, with the same weights
at every pitch, and is told once what a narrow stack over all pitches makes of the whole scene;
notes are read off there. A stack at 12.5 Hz gathers harmony over ten seconds, one at 50 Hz
gathers rhythm and is told the harmony and the notes. Harmonic views after Bittner et al., "A
lightweight instrument-agnostic model for polyphonic note transcription" (2022, arXiv 2203.09893);
dilated stacks after Davies and Böck, "Temporal convolutional networks for musical audio beat
tracking" (EUSIPCO 2019).

Letters: ``B`` batch, ``T`` frames of the picture named beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor, nn

from engine.hearing.chord_classes import N_QUALITIES, N_ROOTS
from engine.hearing.pulse_classes import BEATS_PER_BAR, N_BEAT_LENGTHS
from engine.hearing.spectra import N_BANDS, N_PITCHES, N_ROWS, N_VIEWS
from engine.hearing.strokes import DRUMS

HARMONIC_STEPS = (-19, -12, 0, 7, 12, 19, 24, 28, 31, 34, 36)
"""Semitones at which the front looks around each pitch: what it may be a partial of, the fifth,
and its own partials up to the eighth."""


@dataclass(frozen=True, slots=True)
class HearingConfig:
    """Widths and depths of the network."""

    front_channels: int = 24
    folded_channels: int = 6
    scene_width: int = 128
    scene_layers: int = 4
    harmony_width: int = 128
    harmony_layers: int = 7
    rhythm_width: int = 64
    rhythm_layers: int = 9
    drum_width: int = 96


@dataclass(frozen=True, slots=True)
class Heard:
    """Scores before softmax or sigmoid.

    root, bass ``[B, 13, T12.5]``, quality ``[B, 15, T12.5]``; beat and downbeat ``[B, T50]``,
    drums ``[B, 3, T50]``; struck ``[B, 88, T50]`` and held ``[B, 88, T25]``. Two are votes, whose
    mean over time is the answer: beats per bar ``[B, 4, T50]`` and beat length
    ``[B, classes, T50]``.
    """

    root: Tensor
    quality: Tensor
    bass: Tensor
    beat: Tensor
    downbeat: Tensor
    per_bar: Tensor
    beat_length: Tensor
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
_FRAMES_PER_CHORD_FRAME = {
    "beat": 4, "downbeat": 4, "per_bar": 4, "beat_length": 4, "drums": 4, "struck": 4, "held": 2,
}  # fmt: skip


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


class PitchLayer(nn.Module):
    """Convolution over pitch and time, norm and activation."""

    def __init__(
        self, n_in: int, n_out: int, kernel: tuple[int, int], dilation: tuple[int, int] = (1, 1)
    ) -> None:
        super().__init__()
        padding = (kernel[0] // 2 * dilation[0], kernel[1] // 2 * dilation[1])
        self.wide = nn.Conv2d(n_in, n_out, kernel, padding=padding, dilation=dilation, bias=False)
        # In this order of memory CPUs take a quarter less time.
        weight = self.wide.weight.detach().contiguous(memory_format=torch.channels_last)
        self.wide.weight = nn.Parameter(weight)
        self.norm = nn.BatchNorm2d(n_out)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu_(self.norm(self.wide(x)))


class PitchFront(nn.Module):
    """Pitch picture ``[B, 5, 108, T]`` to features per pitch ``[B, C, 88, T]`` and the whole
    scene ``[B, D, T]``."""

    def __init__(self, config: HearingConfig) -> None:
        super().__init__()
        channels, folded = config.front_channels, config.folded_channels
        self.near = nn.Sequential(
            PitchLayer(N_VIEWS * len(HARMONIC_STEPS), channels, (1, 3)),
            PitchLayer(channels, channels, (3, 3)),
            PitchLayer(channels, channels, (5, 1), (12, 1)),
            PitchLayer(channels, channels, (3, 3)),
        )
        self.fold = nn.Conv2d(channels, folded, 1)
        self.to_scene = nn.Conv1d(folded * N_PITCHES, config.scene_width, 3, padding=1)
        self.scene_layers = nn.Sequential(
            *(DilatedLayer(config.scene_width, 3, 2**i) for i in range(config.scene_layers))
        )
        self.unfold = nn.Conv1d(config.scene_width, folded * N_PITCHES, 1)
        self.told = nn.Sequential(
            PitchLayer(channels + folded, channels, (3, 3)),
            PitchLayer(channels, channels, (3, 3), (1, 2)),
        )

    def forward(self, pitch: Tensor) -> tuple[Tensor, Tensor]:
        views = [shifted_pitch(pitch, step)[:, :, :N_PITCHES] for step in HARMONIC_STEPS]
        x = self.near(torch.cat(views, dim=1))
        scene = self.scene_layers(torch.relu(self.to_scene(self.fold(x).flatten(1, 2))))
        told = self.unfold(torch.relu(scene)).unflatten(1, (-1, N_PITCHES))  # [B, C', 88, T]
        return self.told(torch.cat([x, told], dim=1)), scene


def shifted_pitch(picture: Tensor, semitones: int) -> Tensor:
    """Row ``p`` of the result is row ``p + semitones`` of ``[..., P, T]``; zero beyond."""
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
        harmony, rhythm, drums = config.harmony_width, config.rhythm_width, config.drum_width
        self.front = PitchFront(config)
        self.notes = nn.Conv2d(config.front_channels, 3, (1, 3), padding=(0, 1))
        self.to_harmony = nn.Conv1d(config.scene_width, harmony, 2, stride=2)
        self.harmony_layers = nn.Sequential(
            *(DilatedLayer(harmony, 3, 2**i) for i in range(config.harmony_layers - 1)),
            DilatedLayer(harmony, 3, 1),
        )
        self.harmony_heads = nn.Conv1d(harmony, 2 * N_ROOTS + N_QUALITIES, 1)
        # Loudness and its rise, both half-frames: four numbers per band and rhythm frame.
        self.to_rhythm = nn.Conv1d(4 * N_BANDS, rhythm, 3, padding=1)
        self.harmony_to_rhythm = nn.Conv1d(harmony, rhythm, 1)
        self.notes_to_rhythm = nn.Conv1d(N_PITCHES, rhythm, 3, padding=1)
        self.rhythm_layers = nn.Sequential(
            *(DilatedLayer(rhythm, 5, 2**i) for i in range(config.rhythm_layers))
        )
        self.beat_heads = nn.Conv1d(rhythm, 2, 1)
        self.pulse_votes = nn.Sequential(
            nn.ReLU(),
            nn.Conv1d(rhythm, rhythm, 1),
            nn.ReLU(),
            nn.Conv1d(rhythm, len(BEATS_PER_BAR) + N_BEAT_LENGTHS, 1),
        )
        self.to_drums = nn.Conv1d(4 * N_BANDS, drums, 3, padding=1)
        self.rhythm_to_drums = nn.Conv1d(rhythm, drums, 1)
        self.drum_layers = nn.Sequential(*(DilatedLayer(drums, 3, d) for d in (1, 2, 4, 1)))
        self.drum_heads = nn.Conv1d(drums, len(DRUMS), 1)

    def forward(self, pitch: Tensor, onsets: Tensor) -> Heard:
        """Hear ``pitch [B, 5, 108, T]`` and ``onsets [B, 40, 4 T]``; ``T`` is even."""
        if pitch.shape[-1] % 2 or onsets.shape[-1] != 4 * pitch.shape[-1]:
            raise ValueError(f"pictures do not match: {pitch.shape} and {onsets.shape}")
        if pitch.shape[1:3] != (N_VIEWS, N_ROWS):
            raise ValueError(f"a pitch picture has 5 views of 108 rows, not {pitch.shape[1:3]}")
        tones, scene = self.front(pitch)  # [B, C, 88, T], [B, D, T]
        now, later, held = self.notes(tones).unbind(1)  # [B, 88, T]
        struck = torch.stack([now, later], dim=-1).flatten(-2)  # [B, 88, 2 T]
        harmony = self.harmony_layers(torch.relu(self.to_harmony(torch.relu(scene))))
        heads = self.harmony_heads(torch.relu(harmony))  # [B, classes, T/2]
        root, bass, quality = heads.split([N_ROOTS, N_ROOTS, N_QUALITIES], dim=1)
        rises = _rises(onsets)
        told = self.harmony_to_rhythm(harmony).repeat_interleave(4, dim=-1)
        told = told + self.notes_to_rhythm(torch.sigmoid(struck))
        rhythm = self.rhythm_layers(torch.relu(self.to_rhythm(rises)) + told)  # [B, D, 2 T]
        beat, downbeat = self.beat_heads(torch.relu(rhythm)).unbind(1)
        per_bar, beat_length = self.pulse_votes(rhythm).split(
            [len(BEATS_PER_BAR), N_BEAT_LENGTHS], dim=1
        )
        strokes = torch.relu(self.to_drums(rises)) + self.rhythm_to_drums(torch.relu(rhythm))
        drums = self.drum_heads(torch.relu(self.drum_layers(strokes)))
        return Heard(root, quality, bass, beat, downbeat, per_bar, beat_length, drums, struck, held)


def _rises(onsets: Tensor) -> Tensor:
    """Levels and their rises over 20 ms, pairs of 100 Hz frames joined: ``[B, 160, T / 2]``."""
    earlier = torch.nn.functional.pad(onsets, (2, 0), mode="replicate")[..., :-2]
    both = torch.cat([onsets, 4.0 * (onsets - earlier).clamp(min=0.0)], dim=1)  # [B, 80, T]
    return torch.cat([both[..., 0::2], both[..., 1::2]], dim=1)

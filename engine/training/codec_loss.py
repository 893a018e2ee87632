"""What the codec's decoder is trained for: the true magnitudes and the true phase steps.

No waveform is made while training. Phases are judged where they are predicted, as steps over
time and over frequency, so every frame teaches by itself and a step costs a third.

Letters: ``B`` rows, ``J`` spectrum frames, ``F`` bins.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.codec.phase import QUIETEST
from engine.codec.starter_codec import StarterCodec
from engine.evaluation.sound_distance import mel_bank
from engine.training.codec_crops import Crops

N_MELS = 80
QUIETEST_MEL = 1e-5
PEAK_RANGE_HZ = (50.0, 8000.0)
PEAK_DEPTH = 10 ** (-50 / 20)
"""Peaks count down to 50 dB below the loudest of their frame."""
QUARTER_TONE = 2 ** (0.5 / 12) - 1
LOW_HZ = 300.0
"""Below this the ear's bands are about equally wide, and errors of frequency count equally."""
PEAK_SOFTENING = 1e-4
"""Added to magnitudes before the logarithm, so that near silence nothing steep remains."""


@dataclass(frozen=True, slots=True)
class CodecLosses:
    """Parts of the loss, each a mean over the rows.

    ``compressed``: L1 of weighted compressed magnitudes; ``mel``: L1 of log10 mel magnitudes;
    ``convergence``: norm of the magnitude error over that of the source; ``peaks``: L1 of natural
    log magnitudes at the source's spectral peaks and the bins beside them; ``advance``: log of
    1 + x, where x is 1 for a partial a quarter tone off, weighted by the root of the magnitude and
    about one over the frequency, because a low note is out of tune by errors that are small
    angles; ``bin_step``: 1 - cos of the error of the phase step, weighted by the root.
    """

    compressed: Tensor
    mel: Tensor
    convergence: Tensor
    peaks: Tensor
    advance: Tensor
    bin_step: Tensor

    @property
    def total(self) -> Tensor:
        """The sum that is minimised; weights make the parts about equal at the start."""
        magnitudes = 8.0 * self.compressed + self.mel + self.convergence + 0.5 * self.peaks
        return magnitudes + self.advance + self.bin_step


class CodecLoss:
    """Computes the losses of a codec on one device."""

    def __init__(self, codec: StarterCodec) -> None:
        self._codec = codec
        config = codec.config
        bank = mel_bank(config.sample_rate_hz, config.n_fft, N_MELS)
        self._mel_bank = torch.from_numpy(bank).float().to(codec.mean.device).T  # [F, mels]
        bin_hz = config.sample_rate_hz / config.n_fft
        bins_hz = bin_hz * torch.arange(config.n_bins, device=codec.mean.device)
        self._quarter_tones = quarter_tone_error(
            bins_hz, codec.spectrum.hop / config.sample_rate_hz
        )
        self._tuning_weights = LOW_HZ / (bins_hz + LOW_HZ)
        self._peak_bins = slice(*(round(hz / bin_hz) for hz in PEAK_RANGE_HZ))

    def __call__(self, crops: Crops) -> CodecLosses:
        """Losses of predicting the crops' spectra from their codes."""
        codec = self._codec
        source = codec.spectrum.analyse(crops.samples)  # [B, J, F]
        magnitudes = source.abs()
        root = magnitudes.sqrt()
        vectors = codec.quantizer.decode(crops.codes.transpose(1, 2))
        corrections = codec.network(vectors * codec.vector_scale)
        compressed = codec.compressed_magnitudes(vectors) + corrections.magnitude
        predicted = codec.expand(compressed)

        logs = predicted.detach().clamp(min=QUIETEST).log()
        advance = codec.gradient.over_time(logs) + corrections.advance
        around = torch.cat([logs[:, :1], logs, logs[:, -1:]], dim=1)
        bin_step = codec.gradient.over_bins(around[:, :-2], around[:, 2:]) + corrections.bin_step

        mistuning = _turn_error(advance[:, 1:], source[:, 1:], source[:, :-1]) / self._quarter_tones
        error = codec.bin_weights * (compressed - magnitudes**codec.config.exponent)
        return CodecLosses(
            compressed=error.abs().mean(),
            mel=(self._mel(predicted) - self._mel(magnitudes)).abs().mean(),
            convergence=_convergence(predicted, magnitudes),
            peaks=peak_error(predicted[..., self._peak_bins], magnitudes[..., self._peak_bins]),
            advance=_mean(mistuning.log1p(), root[:, 1:] * self._tuning_weights),
            bin_step=_mean(
                _turn_error(bin_step[..., 1:], source[..., 1:], source[..., :-1]), root[..., 1:]
            ),
        )

    def _mel(self, magnitudes: Tensor) -> Tensor:
        return (magnitudes @ self._mel_bank).clamp(min=QUIETEST_MEL).log10()


def _convergence(predicted: Tensor, magnitudes: Tensor) -> Tensor:
    error = torch.linalg.vector_norm((predicted - magnitudes).flatten(1), dim=1)
    size = torch.linalg.vector_norm(magnitudes.flatten(1), dim=1)
    relative: Tensor = error / size.clamp(min=1e-2)
    return relative.mean()


def quarter_tone_error(frequencies_hz: Tensor, hop_s: float) -> Tensor:
    """1 - cos of the phase by which a tone a quarter tone off runs away in ``hop_s``; at most 1,
    since higher tones run further than half way round and cannot be told apart."""
    off_hz = QUARTER_TONE * frequencies_hz.clamp(min=PEAK_RANGE_HZ[0])
    return 1.0 - (2.0 * math.pi * off_hz * hop_s).clamp(max=math.pi / 2).cos()


def peak_error(predicted: Tensor, magnitudes: Tensor) -> Tensor:
    """Mean difference of natural-log magnitudes, both ``[B, J, F]``, at and beside the peaks of
    the second."""
    around = nn.functional.max_pool1d(magnitudes, 3, stride=1, padding=1)
    loudest = magnitudes.amax(dim=-1, keepdim=True)
    is_peak = (magnitudes == around) & (magnitudes > PEAK_DEPTH * loudest)
    weights = nn.functional.max_pool1d(is_peak.float(), 3, stride=1, padding=1)
    logs = [(x + PEAK_SOFTENING).log() for x in (predicted, magnitudes)]
    return (weights * (logs[0] - logs[1]).abs()).sum() / weights.sum().clamp(min=1.0)


def _turn_error(step: Tensor, here: Tensor, there: Tensor) -> Tensor:
    """1 - cos of how far ``step`` is from the turn from ``there`` to ``here``."""
    turn = here * there.conj()
    turn = turn / turn.abs().clamp(min=1e-20)
    error: Tensor = 1.0 - (turn.real * step.cos() + turn.imag * step.sin())
    return error.clamp(min=0.0)


def _mean(values: Tensor, weights: Tensor) -> Tensor:
    return (weights * values).sum() / weights.sum().clamp(min=1e-6)

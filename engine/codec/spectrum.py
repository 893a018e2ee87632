"""Short-time spectra at a fixed hop, and the way back from spectra to samples.

Frame ``j`` is centred on sample ``hop * j + hop / 2``, so ``n`` frames stand symmetrically over
``n * hop`` samples. Magnitudes are scaled so that a full-scale sine has magnitude 1. Phases are
those of a window centred on time zero: over the main lobe of a steady tone they are equal.

Letters: ``B`` batch, ``J`` spectrum frames, ``F`` bins, ``N`` samples.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Spectrum(nn.Module):
    """Hann-windowed spectra of ``n_fft`` samples every ``hop`` samples."""

    window: Tensor
    centring: Tensor

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        self.n_fft, self.hop = n_fft, hop
        self.n_bins = n_fft // 2 + 1
        self.reach = (n_fft - hop) // 2
        """Samples that the first and last window stand over the ends."""
        self.register_buffer("window", torch.hann_window(n_fft), persistent=False)
        # A shift by half a window turns the phase of bin f by pi * f.
        centring = (1.0 - 2.0 * (torch.arange(self.n_bins) % 2)) / (n_fft / 4)
        self.register_buffer("centring", centring, persistent=False)

    def analyse(self, samples: Tensor) -> Tensor:
        """Complex spectra ``[B, J, F]`` of ``[B, J * hop]`` samples with ``reach`` more on each
        side, ``[B, reach + J * hop + reach]``."""
        spectra = torch.stft(
            samples, self.n_fft, self.hop, window=self.window, center=False, return_complex=True
        )  # [B, F, J]
        return spectra.transpose(1, 2) * self.centring

    def frames_of(self, spectra: Tensor) -> Tensor:
        """Windowed samples of each frame, ``[B, J, n_fft]``, ready to be added up."""
        frames: Tensor = torch.fft.irfft(spectra / self.centring, n=self.n_fft)
        return frames * self.window


class OverlapAdd:
    """Adds windowed frames up to samples and remembers the unfinished end between calls."""

    def __init__(self, spectrum: Spectrum, batch: int) -> None:
        self._spectrum = spectrum
        n_open = spectrum.n_fft - spectrum.hop
        device = spectrum.window.device
        self._open = torch.zeros(batch, 2, n_open, device=device)
        self._n_skip = spectrum.reach  # what the first windows hold before the first sample

    def add(self, frames: Tensor) -> Tensor:
        """Samples that no later frame can change, ``[B, n]``, after ``frames`` ``[B, J, n_fft]``.

        Divides by the sum of squared windows, which is smaller at both ends of the music.
        """
        n_frames = frames.shape[1]
        if n_frames == 0:
            return frames.new_zeros(frames.shape[0], 0)
        window = self._spectrum.window
        squares = (window * window).expand(frames.shape[0], n_frames, -1)
        both = torch.stack([frames, squares], dim=1)  # [B, 2, J, n_fft]
        batch, hop, n_fft = frames.shape[0], self._spectrum.hop, self._spectrum.n_fft
        length = (n_frames - 1) * hop + n_fft
        added = nn.functional.fold(
            both.flatten(0, 1).transpose(1, 2), (1, length), (1, n_fft), stride=(1, hop)
        ).view(batch, 2, length)
        added[:, :, : self._open.shape[2]] += self._open
        self._open = added[:, :, n_frames * hop :]
        return self._divide(added[:, :, : n_frames * hop])

    def finish(self) -> Tensor:
        """The remaining samples, ``[B, n]``, up to the end of the last frame's hop."""
        return self._divide(self._open[:, :, : self._spectrum.reach])

    def _divide(self, added: Tensor) -> Tensor:
        n_skip = min(self._n_skip, added.shape[2])
        self._n_skip -= n_skip
        kept = added[:, :, n_skip:]
        return kept[:, 0] / kept[:, 1].clamp(min=1e-3)

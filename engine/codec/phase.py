"""Phases for predicted magnitudes, integrated over time so that partials stay steady tones.

The phase gradient of a spectrum follows from its log magnitude (Portnoff 1979; Prusa, Balazs and
Sondergaard 2017, "A noniterative method for reconstruction of phase from STFT magnitude", IEEE
TASLP 25(5)): the slope over frequency gives the instantaneous frequency, the slope over time the
moment of the energy within the frame. Where that paper integrates along a heap of the loudest
paths, here each bin is carried on by its instantaneous frequency and then settled by a vote among
its neighbours, weighted by their magnitudes. So a peak leads its whole main lobe, and the loop
does a handful of vector operations per frame.

Letters: ``B`` batch, ``J`` spectrum frames, ``F`` bins.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

HANN_GAMMA = 0.25645
"""Time-frequency ratio of the Gaussian nearest to a Hann window, over its length squared."""
QUIETEST = 1e-7
"""Magnitude that stands in for silence."""
VOTES = (0.3, 0.7, 1.0, 0.7, 0.3)
"""Weight of the neighbours two and one bin below, the bin itself, and those above."""


class PhaseGradient(nn.Module):
    """Phase steps over time and over frequency, from magnitudes alone."""

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        variance = HANN_GAMMA * n_fft * n_fft / (2.0 * math.pi)  # of the window, in samples^2
        self.hop = hop
        self.bin_step = 2.0 * math.pi / n_fft
        self.latest = 0.5 * n_fft
        self.delay_per_slope = variance

    def over_time(self, log_magnitudes: Tensor) -> Tensor:
        """Phase advance from the frame before, ``[B, J, F]``, from log magnitudes ``[B, J, F]``.

        Radians. Exact for a steady tone within one bin of its peak: a Hann window's main lobe
        at distances d - 1 and d + 1 has the ratio (2 + d)(1 + d) / ((2 - d)(1 - d)), which is
        solved for d.
        """
        padded = nn.functional.pad(log_magnitudes, (1, 1), mode="replicate")
        ratio = torch.tanh(0.5 * (padded[..., 2:] - padded[..., :-2]))
        distance = 4.0 * ratio / (3.0 + (9.0 - 8.0 * ratio.square()).sqrt())  # bins, -1..1
        bins = torch.arange(log_magnitudes.shape[-1], device=log_magnitudes.device)
        return self.bin_step * self.hop * (bins + distance)

    def over_bins(self, before: Tensor, after: Tensor) -> Tensor:
        """Phase step from the bin below, ``[B, J, F]``, from the log magnitudes one frame before
        and one frame after. Radians; energy that comes late turns the phase down."""
        rise = (after - before) / (2.0 * self.hop)
        delay = (self.delay_per_slope * rise).clamp(-self.latest, self.latest)  # samples
        return -self.bin_step * delay


class PhaseIntegrator:
    """Integrates phases frame by frame and remembers the last one between calls."""

    def __init__(self) -> None:
        self._phasors: Tensor | None = None  # [B, F], magnitude 1
        self._magnitudes: Tensor | None = None

    def integrate(self, magnitudes: Tensor, advance: Tensor, bin_steps: Tensor) -> Tensor:
        """Complex spectra ``[B, J, F]`` with the given magnitudes.

        Args:
            magnitudes: ``[B, J, F]``, at least 0.
            advance: phase advance of each bin from the frame before, radians.
            bin_steps: phase step of each bin from the bin below, radians.
        """
        if magnitudes.shape[1] == 0:
            return torch.complex(magnitudes, torch.zeros_like(magnitudes))
        if self._phasors is None or self._magnitudes is None:
            self._phasors = torch.ones_like(magnitudes[:, 0], dtype=torch.complex64)
            self._magnitudes = magnitudes[:, 0]
        before = torch.cat([self._magnitudes[:, None], magnitudes[:, :-1]], dim=1)
        trust = (before * magnitudes).sqrt() + QUIETEST
        # Turned by the summed steps over frequency, neighbours agree and may simply be added.
        along = bin_steps.cumsum(-1)
        carried = torch.polar(trust, advance - along)
        back = torch.polar(torch.ones_like(along), along)
        phasors = _vote(self._phasors, carried, back)
        self._phasors, self._magnitudes = phasors[:, -1], magnitudes[:, -1]
        return phasors * magnitudes


def _vote(phasors: Tensor, carried: Tensor, back: Tensor) -> Tensor:
    """Phasors ``[B, J, F]`` of magnitude 1, each frame from the one before."""
    reach = len(VOTES) // 2
    n_batch, n_frames, n_bins = carried.shape
    votes = carried.new_zeros(n_batch, n_bins + 2 * reach)
    neighbours = votes.unfold(1, len(VOTES), 1)  # [B, F, 5], a view
    weights = torch.tensor(VOTES, dtype=carried.dtype, device=carried.device)
    result = torch.empty_like(carried)
    for frame in range(n_frames):
        torch.mul(phasors, carried[:, frame], out=votes[:, reach : reach + n_bins])
        phasors = (neighbours @ weights) * back[:, frame]
        phasors = phasors / phasors.abs().clamp(min=1e-30)
        result[:, frame] = phasors
    return result

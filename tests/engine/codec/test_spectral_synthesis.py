"""Spectra and back; integrated phases keep a tone steady and a click where it was."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from engine.codec.phase import QUIETEST, PhaseGradient, PhaseIntegrator
from engine.codec.spectrum import OverlapAdd, Spectrum

SPECTRUM = Spectrum(n_fft=2048, hop=320)


def spectra_of(sound: Tensor) -> Tensor:
    return SPECTRUM.analyse(torch.nn.functional.pad(sound, (SPECTRUM.reach, SPECTRUM.reach)))


def sound_of(spectra: Tensor) -> Tensor:
    adder = OverlapAdd(SPECTRUM, spectra.shape[0])
    settled = adder.add(SPECTRUM.frames_of(spectra))
    return torch.cat([settled, adder.finish()], dim=1)


def resynthesised(sound: Tensor) -> Tensor:
    """Sound whose phases are forgotten and integrated anew from its magnitudes."""
    magnitudes = spectra_of(sound).abs()
    logs = magnitudes.clamp(min=QUIETEST).log()
    around = torch.cat([logs[:, :1], logs, logs[:, -1:]], dim=1)
    gradient = PhaseGradient(2048, 320)
    return sound_of(
        PhaseIntegrator().integrate(
            magnitudes,
            gradient.over_time(logs),
            gradient.over_bins(around[:, :-2], around[:, 2:]),
        )
    )


def test_spectra_turn_back_into_the_same_samples() -> None:
    sound = torch.randn(2, 3200, generator=torch.Generator().manual_seed(0))
    assert torch.allclose(sound_of(spectra_of(sound)), sound, atol=1e-5)


def test_overlap_in_pieces_equals_overlap_at_once() -> None:
    frames = SPECTRUM.frames_of(spectra_of(torch.randn(1, 320 * 30)))
    whole, pieces = OverlapAdd(SPECTRUM, 1), OverlapAdd(SPECTRUM, 1)
    at_once = torch.cat([whole.add(frames), whole.finish()], dim=1)
    joined = [pieces.add(part) for part in frames.split(4, dim=1)]
    assert torch.allclose(torch.cat([*joined, pieces.finish()], dim=1), at_once, atol=1e-6)


def test_a_full_scale_tone_has_magnitude_one_and_equal_phases_over_its_main_lobe() -> None:
    time_s = torch.arange(32000) / 32000
    frame = spectra_of(torch.sin(2 * math.pi * 1000.0 * time_s)[None])[0, 50]
    assert float(frame.abs().max()) == pytest.approx(1.0, abs=0.01)
    lobe = frame[63:66].angle()
    assert float((lobe - lobe[1]).abs().max()) < 0.02


@pytest.mark.parametrize("frequency_hz", [110.0, 447.3, 3003.9])
def test_a_steady_tone_keeps_its_frequency_and_level(frequency_hz: float) -> None:
    time_s = torch.arange(64000) / 32000
    tone = 0.5 * torch.sin(2 * math.pi * frequency_hz * time_s)
    middle = resynthesised(tone[None])[0, 8000:40768] * torch.hann_window(32768)
    spectrum = torch.fft.rfft(middle, n=1 << 18).abs()
    found_hz = float(spectrum.argmax()) * 32000 / (1 << 18)
    assert abs(1200 * math.log2(found_hz / frequency_hz)) < 5  # cents
    assert float(spectrum.max()) == pytest.approx(0.5 * 32768 / 4, rel=0.05)
    # Nearly all energy stands within 20 Hz of the tone: no noise, no beating.
    near = torch.arange(len(spectrum)).sub(spectrum.argmax()).abs() < 20 * (1 << 18) / 32000
    assert float(spectrum[near].square().sum() / spectrum.square().sum()) > 0.99


def test_a_click_stays_together_in_time() -> None:
    sound = torch.zeros(1, 16000)
    sound[0, 8000] = 1.0
    energy = resynthesised(sound)[0].square()
    assert float(energy[7680:8320].sum() / energy.sum()) > 0.9  # 20 ms of the window's 64


def test_phases_in_pieces_equal_phases_at_once() -> None:
    generator = torch.Generator().manual_seed(2)
    parts = [torch.rand(1, 40, 1025, generator=generator) for _ in range(3)]
    at_once = PhaseIntegrator().integrate(*parts)
    integrator = PhaseIntegrator()
    pieces = zip(*(part.split(9, dim=1) for part in parts), strict=True)
    joined = torch.cat([integrator.integrate(*piece) for piece in pieces], dim=1)
    assert torch.equal(joined, at_once)

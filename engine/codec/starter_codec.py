"""The Starter's codec: spectra, projection and fitted codebooks in; a trained spectral decoder out.

Encoding: magnitudes of four consecutive spectra are raised to the power 1/4 (near the ear's
compression, and partials count more than the noise between them), weighted by about one over the
width of the ear's bands, projected on principal components and coded by residual codebooks.
Decoding: the projection gives magnitudes back, a network refines them and corrects the phase
steps, phases are integrated, and the inverse transform adds up samples.

Letters: ``B`` batch, ``K`` codebooks, ``T`` code frames, ``J`` spectrum frames, ``F`` bins,
``D`` width of code vectors, ``N`` samples.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from pathlib import Path

import torch
from torch import Tensor, nn

from engine.checkpoints import load_into, read_section, write_section, write_weights
from engine.codec.phase import PhaseGradient
from engine.codec.residual_quantizer import ResidualQuantizer
from engine.codec.spectral_decoder import SpectralDecoder, SpectralDecoderConfig
from engine.codec.spectrum import Spectrum
from engine.codec.starter_stream import StarterStream
from engine.errors import WeightsUnusable
from engine.timebase import CodecClock

SECTION = "codec"
WEIGHTS_NAME = "codec.safetensors"
RETIRED_SETTINGS = frozenset({"n_beams"})
"""Settings that older checkpoints carry, always with the value that is now the only one."""
ENCODE_BLOCK = 500
"""Code frames encoded at once (20 s): bounds memory, changes nothing else."""


@dataclass(frozen=True, slots=True)
class StarterCodecConfig:
    """Everything a checkpoint says about the codec besides its tensors."""

    sample_rate_hz: int = 32000
    hop: int = 1280
    n_fft: int = 2048
    frames_per_code: int = 4
    n_codebooks: int = 16
    codebook_size: int = 512
    n_components: int = 192
    exponent: float = 0.25
    corner_hz: float = 1000.0
    code_width: int = 256
    n_code_blocks: int = 3
    frame_width: int = 160
    n_frame_blocks: int = 2
    kernel: int = 7

    def __post_init__(self) -> None:
        if self.hop % self.frames_per_code:
            raise ValueError(f"{self.frames_per_code} spectra do not divide a hop of {self.hop}")

    @property
    def n_bins(self) -> int:
        """Bins of a spectrum."""
        return self.n_fft // 2 + 1

    @property
    def decoder(self) -> SpectralDecoderConfig:
        """Sizes of the network."""
        return SpectralDecoderConfig(
            vector_width=self.n_components,
            n_bins=self.n_bins,
            frames_per_code=self.frames_per_code,
            code_width=self.code_width,
            n_code_blocks=self.n_code_blocks,
            frame_width=self.frame_width,
            n_frame_blocks=self.n_frame_blocks,
            kernel=self.kernel,
        )


class StarterCodec(nn.Module):
    """Mono codec at the rates of its configuration; see ``engine.codec.codec.Codec``."""

    bin_weights: Tensor
    mean: Tensor
    basis: Tensor
    vector_scale: Tensor

    def __init__(self, config: StarterCodecConfig) -> None:
        super().__init__()
        self.config = config
        self.spectrum = Spectrum(config.n_fft, config.hop // config.frames_per_code)
        self.gradient = PhaseGradient(config.n_fft, self.spectrum.hop)
        self.quantizer = ResidualQuantizer(
            config.n_codebooks, config.codebook_size, config.n_components
        )
        self.network = SpectralDecoder(config.decoder)
        joined = config.frames_per_code * config.n_bins
        bins_hz = torch.arange(config.n_bins) * (config.sample_rate_hz / config.n_fft)
        weights = (1.0 / (bins_hz + config.corner_hz)).sqrt()
        self.register_buffer("bin_weights", weights / weights.mean(), persistent=False)
        self.register_buffer("mean", torch.zeros(joined))
        self.register_buffer("basis", torch.eye(joined, config.n_components))
        self.register_buffer("vector_scale", torch.ones(()))

    @property
    def clock(self) -> CodecClock:
        """Rates and sizes of the checkpoint."""
        config = self.config
        return CodecClock(
            config.sample_rate_hz, config.hop, config.n_codebooks, config.codebook_size
        )

    # Encoding

    def encode(self, samples: Tensor) -> Tensor:
        """Code float32 ``[B, 1, N]`` as int64 ``[B, K, ceil(N / hop)]``; silence fills the end."""
        n_batch, n_channels, n_samples = samples.shape
        if n_channels != 1:
            raise ValueError(f"the codec is mono, not {n_channels} channels")
        config, reach = self.config, self.spectrum.reach
        n_frames = -(-n_samples // config.hop)
        missing = n_frames * config.hop - n_samples
        padded = nn.functional.pad(samples[:, 0], (reach, reach + missing))
        codes = [samples.new_zeros(n_batch, config.n_codebooks, 0, dtype=torch.int64)]
        for start in range(0, n_frames, ENCODE_BLOCK):
            end = min(start + ENCODE_BLOCK, n_frames)
            block = padded[:, start * config.hop : end * config.hop + 2 * reach]
            vectors = self.project(self.spectrum.analyse(block).abs())  # [B, n, D]
            block_codes = self.quantizer.encode(vectors.flatten(0, 1))
            codes.append(block_codes.view(n_batch, end - start, -1).transpose(1, 2))
        return torch.cat(codes, dim=2)

    def features(self, magnitudes: Tensor) -> Tensor:
        """Weighted compressed magnitudes, ``[B, J, F]`` to ``[B, T, frames_per_code * F]``."""
        weighted = magnitudes**self.config.exponent * self.bin_weights
        joined = self.config.frames_per_code * self.config.n_bins
        return weighted.reshape(weighted.shape[0], -1, joined)

    def project(self, magnitudes: Tensor) -> Tensor:
        """Vectors to be coded, ``[B, T, D]``, from magnitudes ``[B, J, F]``."""
        return (self.features(magnitudes) - self.mean) @ self.basis

    # Decoding

    def compressed_magnitudes(self, vectors: Tensor) -> Tensor:
        """Magnitudes to the power ``exponent``, ``[B, J, F]``, that vectors ``[B, T, D]`` hold."""
        features = vectors @ self.basis.T + self.mean
        frames = features.reshape(vectors.shape[0], -1, self.config.n_bins)
        return frames / self.bin_weights

    def expand(self, compressed: Tensor) -> Tensor:
        """Magnitudes from compressed ones; what the network pushed below zero is silence."""
        magnitudes: Tensor = compressed.clamp(min=0.0) ** (1.0 / self.config.exponent)
        return magnitudes

    def decode(self, codes: Tensor) -> Tensor:
        """Sound of int64 ``[B, K, T]`` as float32 ``[B, 1, T * hop]``."""
        stream = self.stream()
        return torch.cat([stream.push(codes), stream.finish()], dim=2)

    def stream(self) -> StarterStream:
        """Start decoding piece by piece."""
        return StarterStream(self)


def save_codec(codec: StarterCodec, folder: Path) -> None:
    """Write weights in half precision, and the configuration."""
    write_weights(folder / WEIGHTS_NAME, codec)
    write_section(folder, SECTION, asdict(codec.config))


def load_codec(folder: Path) -> StarterCodec:
    """Read a codec, float32 on the CPU, ready to use; raises ``WeightsUnusable``."""
    section = read_section(folder, SECTION)
    values = {name: value for name, value in section.items() if name not in RETIRED_SETTINGS}
    known = {field.name for field in fields(StarterCodecConfig)}
    if unknown := sorted(values.keys() - known):
        raise WeightsUnusable(
            f"The codec in {folder} has settings this edition does not know: {', '.join(unknown)}.",
            "Update Inlay, or install the model of this edition.",
        )
    codec = StarterCodec(StarterCodecConfig(**values))
    load_into(codec, folder / WEIGHTS_NAME)
    return codec.eval().requires_grad_(False)

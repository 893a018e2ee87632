"""True audio through the model's codec, and through Opus beside it."""

from __future__ import annotations

import io

import numpy as np
import soundfile
import torch
from numpy.typing import NDArray

from engine.audio.resample import resample
from engine.requests import Audio
from engine.tasks.models import Models
from engine.timebase import CodecClock

OPUS_RATE_HZ = 48_000


@torch.inference_mode()
def through_codec(models: Models, audio: Audio) -> Audio:
    """Mono ``audio`` at the codec's rate, coded and decoded to the same length."""
    samples = torch.from_numpy(audio.samples[None]).to(models.device.torch_device)
    decoded = models.codec.decode(models.codec.encode(samples))[0].float().cpu().numpy()
    return Audio(decoded[:, : audio.samples.shape[1]].copy(), audio.sample_rate_hz)


def codec_bit_rate(clock: CodecClock) -> float:
    """Bits per second that the codes take."""
    bits = float(np.log2(clock.codebook_size))
    return clock.frame_rate_hz * clock.n_codebooks * bits * clock.channels


def through_opus(audio: Audio, compression: float) -> tuple[Audio, float]:
    """Mono ``audio`` through libsndfile's Opus at 48 kHz, and the bits per second it took.

    ``compression`` runs from 0 (most bits) to 1 (fewest). The container's header is not counted.
    """
    raised = resample(audio.samples, audio.sample_rate_hz, OPUS_RATE_HZ)[0]
    file = _opus_file(raised, compression)
    n_bytes = len(file) - len(_opus_file(raised[:0], compression))
    coded, _ = soundfile.read(io.BytesIO(file), dtype="float32")
    lowered = resample(coded[None], OPUS_RATE_HZ, audio.sample_rate_hz)
    fitted: NDArray[np.float32] = np.zeros_like(audio.samples)
    n_kept = min(fitted.shape[1], lowered.shape[1])
    fitted[:, :n_kept] = lowered[:, :n_kept]
    return Audio(fitted, audio.sample_rate_hz), 8 * n_bytes / audio.duration


def _opus_file(samples: NDArray[np.float32], compression: float) -> bytes:
    file = io.BytesIO()
    soundfile.write(
        file, samples, OPUS_RATE_HZ, format="OGG", subtype="OPUS", compression_level=compression
    )
    return file.getvalue()

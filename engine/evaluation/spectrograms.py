"""The same bars three times, to look at: true, through the codec, and played by the model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from engine.evaluation.clips import HeldOutClip
from engine.evaluation.known_sounds import coded_sound
from engine.evaluation.played_takes import play_takes, sound_of_take
from engine.evaluation.sound_distance import Matrix, Signal, magnitudes, mel_bank
from engine.evaluation.workplace import Workplace
from engine.requests import Brief, Sampling

WINDOW, HOP, N_MELS = 4096, 512, 160
DEPTH_DB = 80.0


def picture_clips(workplace: Workplace, clips: Sequence[HeldOutClip], path: Path) -> None:
    """Draw a row per clip: its own sound, the codec's, and a take of all its lanes."""
    briefs = [
        (clip.seed, Brief(clip.score, clip.caption, sampling=Sampling(seed=1000 * clip.seed)))
        for clip in clips
    ]
    takes = {take.key: take for take in play_takes(workplace, "all lanes", briefs)}
    picture = Figure(figsize=(12, 2.4 * len(clips)), layout="constrained")
    panels = picture.subplots(len(clips), 3, sharey=True, squeeze=False)
    for row, clip in zip(panels, clips, strict=True):
        sounds = {
            f"{clip.style}: true audio": clip.audio,
            "through the codec": coded_sound(workplace, clip)[1](),
            "played from the lanes": sound_of_take(workplace, takes[clip.seed]),
        }
        for panel, (title, audio) in zip(row, sounds.items(), strict=True):
            image = _picture(audio.samples[0], audio.sample_rate_hz)
            extent = (0.0, float(audio.duration), 0.0, float(N_MELS))
            panel.imshow(image, origin="lower", aspect="auto", cmap="magma", extent=extent)
            panel.set_title(title, fontsize=9)
            panel.set_yticks([])
            panel.tick_params(labelsize=8)
    picture.savefig(path, dpi=90, metadata={"Software": None})


def _picture(samples: Signal, rate_hz: int) -> Matrix:
    """Mel bands in dB below the loudest, ``[160, T]``."""
    mel = mel_bank(rate_hz, WINDOW, N_MELS) @ magnitudes(samples, WINDOW, HOP)
    level = 20 * np.log10(mel + 1e-9)
    return np.asarray(np.maximum(level - level.max(), -DEPTH_DB))

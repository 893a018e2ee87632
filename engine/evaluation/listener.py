"""A listener for what words ask: which instruments play, what style, pace and mood it is.

A small network over ``sound_features``, trained on corpus music of which the truth is known. Its
last hidden layer is the embedding in which whole sets of recordings are compared.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from engine.checkpoints import load_into, read_section, write_section, write_weights
from engine.errors import WeightsUnusable
from engine.evaluation.sound_features import N_FEATURES, sound_features
from engine.evaluation.sound_labels import INSTRUMENTS, MOODS, PACES
from engine.requests import Audio

SECTION = "listener"
WEIGHTS_NAME = "listener.safetensors"


@dataclass(frozen=True, slots=True)
class ListenerConfig:
    """Names of what it tells apart, and the widths of its two hidden layers."""

    styles: tuple[str, ...]
    instruments: tuple[str, ...] = INSTRUMENTS
    paces: tuple[str, ...] = PACES
    moods: tuple[str, ...] = MOODS
    width: int = 128
    embedding_width: int = 48


@dataclass(frozen=True, slots=True)
class Impression:
    """What one recording seems to be, and where it lies among others, float32 ``[E]``."""

    style: str
    pace: str
    instruments: frozenset[str]
    moods: frozenset[str]
    embedding: NDArray[np.float32]


class ListenerNet(nn.Module):
    """Features ``[B, F]``, brought to mean 0 and spread 1, to scores of everything.

    ``thresholds`` are the scores from which an instrument or a mood counts as heard.
    """

    mean: Tensor
    spread: Tensor
    thresholds: Tensor

    def __init__(self, config: ListenerConfig) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(N_FEATURES))
        self.register_buffer("spread", torch.ones(N_FEATURES))
        self.sizes = tuple(
            len(names) for names in (config.styles, config.paces, config.instruments, config.moods)
        )
        self.register_buffer("thresholds", torch.zeros(sum(self.sizes[2:])))
        self.trunk = nn.Sequential(
            nn.Linear(N_FEATURES, config.width), nn.GELU(), nn.Dropout(0.3),
            nn.Linear(config.width, config.embedding_width), nn.GELU(),
        )  # fmt: skip
        self.heads = nn.Linear(config.embedding_width, sum(self.sizes))

    def embed(self, features: Tensor) -> Tensor:
        """The last hidden layer, ``[B, E]``."""
        embedding: Tensor = self.trunk((features - self.mean) / self.spread)
        return embedding

    def forward(self, features: Tensor) -> tuple[Tensor, ...]:
        """Scores of styles, paces, instruments and moods, each ``[B, names]``."""
        return torch.split(self.heads(self.embed(features)), list(self.sizes), dim=1)


class Listener:
    """A trained network and the names of its outputs."""

    def __init__(self, config: ListenerConfig, net: ListenerNet) -> None:
        self.config = config
        self.net = net.eval()

    @classmethod
    def load(cls, folder: Path) -> Listener:
        """Read a listener's folder; raises ``WeightsUnusable``."""
        values = read_section(folder, SECTION)
        names = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        try:
            config = ListenerConfig(**{**values, **names})
        except TypeError as error:
            raise WeightsUnusable(
                f"The listener in {folder} is not of this edition.",
                "“inlay train listener” makes it again.",
            ) from error
        net = ListenerNet(config)
        load_into(net, folder / WEIGHTS_NAME)
        return cls(config, net)

    def save(self, folder: Path) -> None:
        """Write weights in half precision, and the configuration."""
        write_weights(folder / WEIGHTS_NAME, self.net)
        write_section(folder, SECTION, asdict(self.config))

    @torch.inference_mode()
    def listen(self, audio: Audio) -> Impression:
        """What a recording of at least half a second seems to be."""
        features = torch.from_numpy(sound_features(audio))[None]
        style, pace, instruments, moods = self.net(features)
        are_heard = torch.cat([instruments, moods], dim=1)[0] >= self.net.thresholds
        heard = {
            name
            for name, is_heard in zip(
                (*self.config.instruments, *self.config.moods), are_heard.tolist(), strict=True
            )
            if is_heard
        }
        return Impression(
            self.config.styles[int(style.argmax())],
            self.config.paces[int(pace.argmax())],
            frozenset(heard.intersection(self.config.instruments)),
            frozenset(heard.intersection(self.config.moods)),
            self.net.embed(features)[0].numpy(),
        )


def impression_to_data(impression: Impression) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "style": impression.style,
        "pace": impression.pace,
        "instruments": sorted(impression.instruments),
        "moods": sorted(impression.moods),
        "embedding": [round(float(value), 5) for value in impression.embedding],
    }


def impression_from_data(data: dict[str, Any]) -> Impression:
    """Inverse of ``impression_to_data``, within its rounding."""
    return Impression(
        data["style"],
        data["pace"],
        frozenset(data["instruments"]),
        frozenset(data["moods"]),
        np.array(data["embedding"], np.float32),
    )


def own_listener_folder() -> Path:
    """Folder of the listener that comes with Inlay."""
    return Path(str(importlib.resources.files("resources"))) / "listener"


@cache
def listener_hash(folder: Path) -> str:
    """SHA-256 of a listener's weights and configuration."""
    digest = hashlib.sha256(repr(read_section(folder, SECTION)).encode())
    digest.update((folder / WEIGHTS_NAME).read_bytes())
    return digest.hexdigest()

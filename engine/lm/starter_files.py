"""The Starter's language model as ``lm.safetensors`` and the ``lm`` section of ``config.json``."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

from engine.checkpoints import load_into, read_section, write_section, write_weights
from engine.errors import WeightsUnusable
from engine.lm.starter import StarterConfig, StarterModel

SECTION = "lm"
WEIGHTS_NAME = "lm.safetensors"


def save_starter(model: StarterModel, folder: Path) -> None:
    """Write weights in half precision, and the configuration."""
    write_weights(folder / WEIGHTS_NAME, model)
    write_section(folder, SECTION, asdict(model.config))


def load_starter(folder: Path) -> StarterModel:
    """Read a Starter, float32 on the CPU, ready to play; raises ``WeightsUnusable``."""
    values = read_section(folder, SECTION)
    known = {field.name for field in fields(StarterConfig)}
    if unknown := sorted(values.keys() - known):
        raise WeightsUnusable(
            f"The model in {folder} has settings this edition does not know: {', '.join(unknown)}.",
            "Update Inlay, or install the model of this edition.",
        )
    for name in ("vocabulary", "delays"):
        values[name] = tuple(values[name])
    model = StarterModel(StarterConfig(**values))
    load_into(model, folder / WEIGHTS_NAME)
    return model.eval()

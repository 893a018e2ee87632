"""Model folders on disk: finding, reading and checking them.

A model folder holds ``config.json``, with one section per part, and one safetensors file per
part. Only safetensors are read here; a pickle can run code and is refused.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from engine.catalogue import CONFIG_NAME, find_entry, known_models
from engine.errors import WeightsUnusable

STARTER = "starter"
PICKLE_SUFFIXES = frozenset({".bin", ".ckpt", ".pkl", ".pt", ".pth"})


def find_model(name: str) -> Path:
    """Folder of a model given by registered name or by path; raises ``WeightsUnusable``."""
    given = Path(name)
    if name not in [entry.name for entry in known_models()] and given.is_dir():
        return given
    refuse_pickle(given)
    entry = find_entry(name)
    if not entry.is_installed:
        raise WeightsUnusable(
            f"The model “{entry.title}” is not on this machine: {entry.folder} is incomplete.",
            "Install Inlay again.",
        )
    return entry.folder


def refuse_pickle(path: Path) -> None:
    """Raise ``WeightsUnusable`` for a file format that can carry code."""
    if path.suffix.lower() in PICKLE_SUFFIXES:
        raise WeightsUnusable(
            f"{path.name} is a pickle, which can run code when it is opened.",
            f"Convert it once with “inlay models import {path}”.",
        )


def read_section(folder: Path, section: str) -> dict[str, Any]:
    """One section of ``config.json``; raises ``WeightsUnusable`` where it cannot be read."""
    path = folder / CONFIG_NAME
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WeightsUnusable(
            f"{path} cannot be read: {error}.", "Install the model again."
        ) from error
    if not isinstance(config, dict) or not isinstance(config.get(section), dict):
        raise WeightsUnusable(f"{path} has no section “{section}”.", "Install the model again.")
    found: dict[str, Any] = config[section]
    return found


def write_section(folder: Path, section: str, values: dict[str, Any]) -> None:
    """Set one section of ``config.json`` and leave the others as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIG_NAME
    config = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    config[section] = values
    path.write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read_weights(path: Path) -> dict[str, Tensor]:
    """Tensors of a safetensors file, on the CPU; raises ``WeightsUnusable``."""
    for candidate in [path] if path.exists() else sorted(path.parent.glob("*")):
        refuse_pickle(candidate)
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        raise WeightsUnusable(
            f"{path} is missing or damaged: {error}.", "Install the model again."
        ) from error


def write_weights(path: Path, module: nn.Module) -> None:
    """Save a module's tensors, floats in half precision."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {
        name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous().cpu()
        for name, tensor in module.state_dict().items()
    }
    save_file(tensors, path)


def load_into(module: nn.Module, path: Path) -> None:
    """Fill a module from a file; raises ``WeightsUnusable`` unless names and shapes agree."""
    weights = read_weights(path)
    difference = weights_difference(
        {name: tuple(tensor.shape) for name, tensor in module.state_dict().items()},
        {name: tuple(tensor.shape) for name, tensor in weights.items()},
    )
    if difference:
        raise WeightsUnusable(
            f"{path.name} does not fit this model: {difference}.",
            "The file belongs to another model or edition; install the model again.",
        )
    module.load_state_dict(weights)


def weights_difference(
    expected: dict[str, tuple[int, ...]], found: dict[str, tuple[int, ...]]
) -> str:
    """One line that says how two sets of names and shapes differ; empty where they agree."""

    def listed(names: list[str], what: str) -> list[str]:
        if not names:
            return []
        more = f" and {len(names) - 2} more" if len(names) > 2 else ""
        return [f"{what} {', '.join(names[:2])}{more}"]

    both = sorted(expected.keys() & found.keys())
    shapes = [
        f"{name} {list(found[name])} instead of {list(expected[name])}"
        for name in both
        if expected[name] != found[name]
    ]
    parts = [
        *listed(sorted(expected.keys() - found.keys()), "missing"),
        *listed(sorted(found.keys() - expected.keys()), "unknown"),
        *listed(shapes, "shape of"),
    ]
    return "; ".join(parts)


def model_hash(folder: Path) -> str:
    """SHA-256 over the names and contents of a model's configuration and weights, in hex."""
    digest = hashlib.sha256()
    for path in sorted([folder / CONFIG_NAME, *folder.glob("*.safetensors")]):
        digest.update(path.name.encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()

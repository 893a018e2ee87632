"""The models known by name, read from ``resources/models.toml``."""

from __future__ import annotations

import importlib.resources
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from engine.errors import WeightsUnusable
from engine.requests import Sampling

CONFIG_NAME = "config.json"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """What is known of a model; ``abilities`` are its requests and the lanes it obeys."""

    name: str
    title: str
    description: str
    folder: Path
    files: tuple[str, ...]
    licence: str
    output_licence: str
    abilities: tuple[str, ...]

    @property
    def is_installed(self) -> bool:
        """Whether all its files are on this machine."""
        return not self.missing_files

    @property
    def missing_files(self) -> tuple[str, ...]:
        """Those of its files that are not on this machine."""
        names = (CONFIG_NAME, *self.files)
        return tuple(name for name in names if not (self.folder / name).is_file())

    @property
    def sampling(self) -> Sampling:
        """How it draws codes where a request leaves that open; None: its files do not say."""
        try:
            config = json.loads((self.folder / CONFIG_NAME).read_text(encoding="utf-8"))["lm"]
        except (OSError, ValueError, KeyError):
            config = {}
        names = ("guidance", "temperature", "top_k", "top_p")
        return Sampling(**{name: config.get(name) for name in names})

    @property
    def size_bytes(self) -> int:
        """What its files take on this machine; 0 where they are missing."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def known_models() -> tuple[ModelEntry, ...]:
    """Every registered model, in the order of the file."""
    resources = Path(str(importlib.resources.files("resources")))
    entries = tomllib.loads((resources / "models.toml").read_text(encoding="utf-8"))
    return tuple(
        ModelEntry(
            name=name,
            title=entry["title"],
            description=entry["description"],
            folder=resources / entry["folder"],
            files=tuple(entry["files"]),
            licence=entry["licence"],
            output_licence=entry["output_licence"],
            abilities=tuple(entry["abilities"]),
        )
        for name, entry in entries.items()
    )


def find_entry(name: str) -> ModelEntry:
    """The model of that name; raises ``WeightsUnusable`` where it is not known."""
    for entry in known_models():
        if entry.name == name:
            return entry
    raise WeightsUnusable(
        f"There is no model called “{name}”.", "“inlay models list” shows those there are."
    )

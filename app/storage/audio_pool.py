"""Recordings by the hash of their file: only added, never edited.

Sound whose samples are whole 24-bit numbers is kept as FLAC, anything else as 32-bit float
WAV, so what is read back is always exactly what was put in.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np

from app.model.clip import Asset
from app.model.ids import AssetId
from app.model.project import Project
from app.storage.errors import ProjectFileError
from engine.audio.files import read_audio, reason_of, sync_folder, write_audio
from engine.errors import EngineError
from engine.requests import Audio
from engine.timebase import Samples

EXTENSIONS = ("flac", "wav")
_HASH = re.compile(r"[0-9a-f]{64}\Z")
_CACHED = 32
_FULL_SCALE = float(1 << 23)
_FLAC_CHANNELS, _FLAC_RATE_HZ = 8, 192_000


class AudioPool:
    """The ``audio`` folder of one project."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read = lru_cache(maxsize=_CACHED)(self._read_file)

    def add(self, audio: Audio) -> Asset:
        """Store a sound; it is on disk when this returns. The same sound is stored once.

        Raises ``EngineError`` where the disk refuses, ``ValueError`` for an empty sound.
        """
        if audio.samples.shape[1] < 1:
            raise ValueError("an empty sound cannot be stored")
        extension = "flac" if _fits_flac(audio) else "wav"
        self._make_folder()
        scratch = self.folder / f".adding-{secrets.token_hex(6)}.{extension}"
        try:
            write_audio(scratch, audio, "PCM_24" if extension == "flac" else "FLOAT")
            asset = Asset(
                id=_hash(scratch),
                extension=extension,
                sample_rate_hz=audio.sample_rate_hz,
                n_channels=audio.samples.shape[0],
                n_samples=Samples(audio.samples.shape[1]),
            )
            target = self.path(asset)
            if not target.exists():
                scratch.replace(target)
                sync_folder(self.folder)
        finally:
            scratch.unlink(missing_ok=True)
        return asset

    def read(self, asset: Asset) -> Audio:
        """The sound, exactly as it was stored; the samples are shared and read-only.

        Raises ``ProjectFileError`` where the file is missing or is not what was stored.
        """
        return self._read(asset)

    def has(self, asset: Asset) -> bool:
        """Whether the file is there."""
        return self.path(asset).is_file()

    def missing(self, project: Project) -> tuple[Asset, ...]:
        """The recordings a project points to that are not in the pool."""
        return tuple(asset for asset in assets_of(project) if not self.has(asset))

    def path(self, asset: Asset) -> Path:
        """Where the recording lies. Raises ``ProjectFileError`` for a name that is no hash."""
        problem = asset_problem(asset)
        if problem:
            raise ProjectFileError(f"A recording cannot be used: {problem}.")
        return self.folder / f"{asset.id}.{asset.extension}"

    def copy_from(self, other: AudioPool, assets: Iterable[Asset]) -> None:
        """Take recordings over from another pool; those missing there are left out."""
        self._make_folder()
        for asset in assets:
            source, target = other.path(asset), self.path(asset)
            if target.exists() or not source.is_file():
                continue
            self._copy(source, target)
        sync_folder(self.folder)

    def find(self, missing: Iterable[Asset], place: Path) -> tuple[Asset, ...]:
        """Put missing recordings back from a file, or from anywhere in a folder; those found.

        A file is known by its content, whatever it is called. Raises ``EngineError`` where the
        disk refuses.
        """
        wanted = {asset.id: asset for asset in missing}
        endings = {f".{asset.extension}" for asset in wanted.values()}
        files = (place,) if place.is_file() else (f for f in place.rglob("*") if f.is_file())
        found: list[Asset] = []
        for file in files:
            if not wanted:
                break
            if file.suffix.lower() not in endings:
                continue
            with contextlib.suppress(OSError):  # what cannot be read is not what is looked for
                if asset := wanted.pop(_hash(file), None):
                    self._copy(file, self.path(asset))
                    found.append(asset)
        return tuple(found)

    def _copy(self, source: Path, target: Path) -> None:
        self._make_folder()
        scratch = self.folder / f".copying-{secrets.token_hex(6)}"
        try:
            shutil.copyfile(source, scratch)
            with scratch.open("rb+") as file:
                os.fsync(file.fileno())
            scratch.replace(target)
        except OSError as error:
            raise EngineError(
                f"“{target}” was not saved: {reason_of(error)}.",
                "Choose another folder, or make room and save again.",
            ) from error
        finally:
            scratch.unlink(missing_ok=True)

    def _make_folder(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineError(
                f"“{self.folder}” cannot be made: {error.strerror}.", "Choose another folder."
            ) from error

    def _read_file(self, asset: Asset) -> Audio:
        path = self.path(asset)
        if not path.is_file():
            raise ProjectFileError(
                f"The recording “{path.name}” is missing.", "Locate it, or undo to before it."
            )
        audio = read_audio(path)
        found = (audio.sample_rate_hz, *audio.samples.shape)
        if found != (asset.sample_rate_hz, asset.n_channels, asset.n_samples):
            raise ProjectFileError(
                f"The recording “{path.name}” is damaged.", "Restore it from a copy."
            )
        audio.samples.flags.writeable = False
        return audio


def assets_of(project: Project) -> Iterator[Asset]:
    """Every recording a project points to, each once."""
    seen: set[AssetId] = set()
    clips = list(project.audio.clips)
    for group in project.take_groups:
        clips += group.original
    found = [clip.asset for clip in clips]
    found += [take.asset for group in project.take_groups for take in group.takes]
    for asset in found:
        if asset.id not in seen:
            seen.add(asset.id)
            yield asset


def asset_problem(asset: Asset) -> str:
    """What is wrong with a recording's name, or an empty text."""
    if not _HASH.match(asset.id):
        return f"{asset.id[:40]!r} is not the name of a recording"
    if asset.extension not in EXTENSIONS:
        return f"{asset.extension[:10]!r} is not a kind of recording"
    return ""


def _hash(file: Path) -> AssetId:
    with file.open("rb") as content:
        return AssetId(hashlib.file_digest(content, "sha256").hexdigest())


def _fits_flac(audio: Audio) -> bool:
    """Whether 24-bit FLAC holds the sound without changing a sample."""
    if audio.samples.shape[0] > _FLAC_CHANNELS or audio.sample_rate_hz > _FLAC_RATE_HZ:
        return False
    whole = audio.samples.astype(np.float64) * _FULL_SCALE
    in_range = whole.min() >= -_FULL_SCALE and whole.max() < _FULL_SCALE
    return bool(in_range and np.array_equal(whole, np.rint(whole)))

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from arbitrary_projects import ASSET, EMPTY

from app.model.clip import Clip
from app.model.edits.clips import AddClips
from app.model.ids import AssetId, ClipId
from app.storage.audio_pool import AudioPool
from app.storage.errors import ProjectFileError
from engine.requests import Audio
from engine.timebase import Samples, Ticks


def noise(n_samples: int = 500, channels: int = 1, level: float = 0.5) -> Audio:
    chance = np.random.default_rng(1)
    samples = chance.uniform(-level, level, (channels, n_samples)).astype(np.float32)
    return Audio(samples, 32_000)


@pytest.mark.parametrize("level", [0.5, 3.0])
def test_sound_of_any_level_comes_back_exactly(tmp_path: Path, level: float) -> None:
    pool = AudioPool(tmp_path / "audio")
    audio = noise(channels=2, level=level)
    asset = pool.add(audio)
    back = pool.read(asset)
    assert np.array_equal(back.samples, audio.samples)
    assert back.sample_rate_hz == 32_000
    assert (asset.n_channels, asset.n_samples, asset.extension) == (2, 500, "wav")


def test_whole_numbers_of_24_bits_are_kept_as_flac(tmp_path: Path) -> None:
    pool = AudioPool(tmp_path / "audio")
    steps = np.array([[-(1 << 23), -1, 0, 1, (1 << 23) - 1]], np.float64) / (1 << 23)
    audio = Audio(steps.astype(np.float32), 44_100)
    asset = pool.add(audio)
    assert asset.extension == "flac"
    assert np.array_equal(pool.read(asset).samples, audio.samples)


def test_the_same_sound_is_stored_once(tmp_path: Path) -> None:
    pool = AudioPool(tmp_path / "audio")
    assert pool.add(noise()) == pool.add(noise())
    assert len(list(pool.folder.iterdir())) == 1


def test_what_was_read_cannot_be_changed(tmp_path: Path) -> None:
    pool = AudioPool(tmp_path / "audio")
    samples = pool.read(pool.add(noise())).samples
    with pytest.raises(ValueError, match="read-only"):
        samples[0, 0] = 1.0


def test_a_missing_recording_is_told_and_listed(tmp_path: Path) -> None:
    pool = AudioPool(tmp_path / "audio")
    clip = Clip(ClipId("c"), ASSET, Ticks(0), Samples(10))
    project = AddClips((clip,)).apply(EMPTY)
    assert pool.missing(project) == (ASSET,)
    with pytest.raises(ProjectFileError, match="missing"):
        pool.read(ASSET)


def test_a_recording_of_another_length_is_told(tmp_path: Path) -> None:
    pool = AudioPool(tmp_path / "audio")
    asset = pool.add(noise())
    with pytest.raises(ProjectFileError, match="damaged"):
        pool.read(replace(asset, n_samples=Samples(499)))


@pytest.mark.parametrize("name", ["../secret", "ab" * 31 + "/x"])
def test_names_that_leave_the_pool_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectFileError):
        AudioPool(tmp_path).path(replace(ASSET, id=AssetId(name)))


def test_recordings_come_along_into_another_pool(tmp_path: Path) -> None:
    pool, other = AudioPool(tmp_path / "a"), AudioPool(tmp_path / "b")
    asset = pool.add(noise())
    other.copy_from(pool, [asset, ASSET])
    assert np.array_equal(other.read(asset).samples, noise().samples)
    assert not other.has(ASSET)


def test_a_lost_recording_is_found_by_what_is_in_it_whatever_it_is_called(tmp_path: Path) -> None:
    pool, other = AudioPool(tmp_path / "a"), AudioPool(tmp_path / "b")
    asset, stranger = pool.add(noise()), pool.add(noise(300))
    backup = tmp_path / "backup" / "old"
    backup.mkdir(parents=True)
    pool.path(asset).rename(backup / "my loop.wav")
    (backup / "other.wav").write_bytes(pool.path(stranger).read_bytes())
    (backup / "notes.txt").write_text("no sound")
    assert other.find((asset, ASSET), backup / "other.wav") == ()
    assert other.find((asset, ASSET), tmp_path / "backup") == (asset,)
    assert np.array_equal(other.read(asset).samples, noise().samples)
    assert not other.has(ASSET)

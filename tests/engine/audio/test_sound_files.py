"""Sound files round-trip, refuse what cannot be used, and are never half-written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.audio import files
from engine.audio.files import read_audio, read_recording, write_audio
from engine.errors import BadInput, EngineError
from engine.requests import Audio


def noise(n_channels: int = 2, n: int = 4410, rate_hz: int = 44100) -> Audio:
    random = np.random.default_rng(1)
    return Audio(random.uniform(-0.9, 0.9, (n_channels, n)).astype(np.float32), rate_hz)


@pytest.mark.parametrize(("ending", "tolerance"), [("wav", 2e-7), ("flac", 2e-7), ("aiff", 2e-7)])
def test_lossless_files_come_back_within_half_a_step_of_24_bits(
    tmp_path: Path, ending: str, tolerance: float
) -> None:
    audio = noise()
    write_audio(tmp_path / f"a.{ending}", audio)
    again = read_recording(tmp_path / f"a.{ending}")
    assert again.encoding == "PCM_24"
    assert again.audio.sample_rate_hz == 44100
    assert np.abs(again.audio.samples - audio.samples).max() <= tolerance


@pytest.mark.parametrize("ending", ["mp3", "ogg"])
def test_compressed_files_keep_rate_channels_and_tone(tmp_path: Path, ending: str) -> None:
    time_s = np.arange(44100) / 44100
    tone = (0.5 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)
    write_audio(tmp_path / f"a.{ending}", Audio(np.stack([tone, tone]), 44100))
    again = read_audio(tmp_path / f"a.{ending}")
    assert again.samples.shape[0] == 2
    spectrum = np.abs(np.fft.rfft(again.samples[0, 8192 : 8192 + 16384] * np.hanning(16384)))
    assert abs(int(spectrum.argmax()) * 44100 / 16384 - 440) < 3


@pytest.mark.parametrize("encoding", ["PCM_U8", "PCM_16", "PCM_24", "FLOAT"])
def test_a_wav_read_and_written_in_its_own_encoding_is_bit_identical(
    tmp_path: Path, encoding: str
) -> None:
    whole = np.linspace(-(2**31), 2**31 - 1, 5000).astype(np.int32)[:, None]
    stored = whole if encoding != "FLOAT" else (whole / 2**31).astype(np.float32)
    soundfile.write(tmp_path / "in.wav", stored, 48000, subtype=encoding)
    first = read_recording(tmp_path / "in.wav")
    write_audio(tmp_path / "out.wav", first.audio, first.encoding)
    second = read_recording(tmp_path / "out.wav")
    assert second.encoding == encoding
    assert np.array_equal(first.audio.samples, second.audio.samples)


def test_the_same_sound_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        write_audio(tmp_path / name, noise())
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_a_float_wav_does_not_say_when_it_was_written(tmp_path: Path) -> None:
    sound = Audio(np.linspace(-1.5, 1.5, 64, dtype=np.float32)[np.newaxis], 32_000)
    write_audio(tmp_path / "float.wav", sound, "FLOAT")
    content = (tmp_path / "float.wav").read_bytes()
    peak = content.index(b"PEAK")
    assert content[peak + 12 : peak + 16] == bytes(4)
    np.testing.assert_array_equal(read_audio(tmp_path / "float.wav").samples, sound.samples)


def test_values_beyond_full_scale_stop_at_full_scale(tmp_path: Path) -> None:
    write_audio(tmp_path / "a.wav", Audio(np.array([[-3.0, 0.0, 3.0]], np.float32), 32000))
    assert np.allclose(read_audio(tmp_path / "a.wav").samples, [[-1, 0, 1]], atol=2e-7)


def test_an_encoding_the_container_cannot_hold_gives_way_to_24_bits(tmp_path: Path) -> None:
    write_audio(tmp_path / "a.wav", noise(), "VORBIS")
    assert read_recording(tmp_path / "a.wav").encoding == "PCM_24"


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as refused:
        read_audio(path)
    assert refused.value.hint
    return refused.value.message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "gone.wav" in refusal(tmp_path / "gone.wav")


@pytest.mark.parametrize("name", ["notes.wav", "notes.txt", "notes.raw", "notes.mp3"])
def test_what_is_not_audio_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"just some words " * 20)
    assert "cannot be read as sound" in refusal(tmp_path / name)


def test_a_file_without_samples_is_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros((0, 1), np.float32), 32000)
    assert "0 samples" in refusal(tmp_path / "a.wav")


def test_nine_channels_are_refused_and_eight_are_read(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "nine.wav", np.zeros((10, 9), np.float32), 32000)
    soundfile.write(tmp_path / "eight.wav", np.zeros((10, 8), np.float32), 32000)
    assert "9 channels" in refusal(tmp_path / "nine.wav")
    assert read_audio(tmp_path / "eight.wav").samples.shape == (8, 10)


def test_samples_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    samples = np.zeros((100, 1), np.float32)
    samples[50] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, 32000, subtype="FLOAT")
    assert "not numbers" in refusal(tmp_path / "a.wav")


def test_too_long_a_file_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros((9000, 1), np.float32), 4000)
    monkeypatch.setattr(files, "MAX_DURATION_S", 2)
    monkeypatch.setattr(files, "_decode", lambda *_: pytest.fail("decoded"))
    assert "at most 3 h" in refusal(tmp_path / "a.wav")


def test_a_truncated_file_gives_what_is_left_or_is_refused(tmp_path: Path) -> None:
    write_audio(tmp_path / "a.wav", noise())
    whole = (tmp_path / "a.wav").read_bytes()
    (tmp_path / "half.wav").write_bytes(whole[: len(whole) // 2])
    assert 0 < read_audio(tmp_path / "half.wav").samples.shape[1] < 4410
    (tmp_path / "stub.wav").write_bytes(whole[:20])
    assert "stub.wav" in refusal(tmp_path / "stub.wav")


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="endings"):
        write_audio(tmp_path / "a.txt", noise())


def test_a_container_that_cannot_hold_the_channels_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="MP3 cannot hold 6 channels"):
        write_audio(tmp_path / "a.mp3", noise(n_channels=6))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    target = tmp_path / "a.wav"
    write_audio(target, noise())
    before = target.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EngineError, match="disk is full"):
        write_audio(target, noise(n_channels=1))
    assert target.read_bytes() == before
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="folder is not there"):
        write_audio(tmp_path / "nowhere" / "a.wav", noise())

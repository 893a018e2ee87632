"""``inlay inpaint`` and ``extend``: the old sound stays, in its own rate, channels and depth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.conftest import Inlay

Refused = Callable[..., str]


def integers(path: Path) -> np.ndarray:
    samples, _ = soundfile.read(path, dtype="int16", always_2d=True)
    return samples


def test_inpainting_keeps_the_file_outside_the_region(
    inlay: Inlay, tmp_path: Path, recording: Path
) -> None:
    result = tmp_path / "result.wav"
    answer = inlay(
        *("inpaint", recording, "--from", "0.5", "--to", "bar1.3.480", "-o", result),
        *("--chords", "Am F"),
    )
    assert answer.status == 0, answer.err
    info = soundfile.info(result)
    assert (info.samplerate, info.channels, info.subtype) == (44_100, 2, "PCM_16")
    changed = np.flatnonzero((integers(result) != integers(recording)).any(axis=1))
    assert 22_050 <= changed.min() < 22_100
    assert 55_000 < changed.max() < 55_125  # beat 3 and a half at 120 bpm = 1.25 s


@pytest.mark.parametrize("direction", [[], ["--backward"]])
def test_extending_adds_bars_and_keeps_the_old_samples(
    inlay: Inlay, tmp_path: Path, recording: Path, direction: list[str]
) -> None:
    result = tmp_path / "result.wav"
    answer = inlay(
        *("extend", recording, "--bars", 1, "--chords", "C", "-o", result),
        *direction,
    )
    assert answer.status == 0, answer.err
    longer, old = integers(result), integers(recording)
    assert len(longer) == 2 * 88_200
    kept, added = (slice(88_200, None), slice(0, 88_200))
    if not direction:
        kept, added = added, kept
    np.testing.assert_array_equal(longer[kept], old)
    assert longer[added].any()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1", "1", "Nothing lies between"),
        ("1.5", "1", "Nothing lies between"),
        ("bar1", "bar9", "after the end"),
        ("-1", "1", "not a place in time"),
        ("soon", "1", "not a place in time"),
        ("bar0", "bar1", "no place"),
        ("bar1.9", "bar2", "no place"),
        ("nan", "1", "not a place in time"),
    ],
)
def test_a_region_that_is_none_is_refused(
    refused: Refused, tmp_path: Path, recording: Path, start: str, end: str, expected: str
) -> None:
    said = refused("inpaint", recording, f"--from={start}", f"--to={end}", "-o", tmp_path / "r.wav")
    assert expected in said


def test_inpainting_refuses_a_length_of_its_own(
    refused: Refused, tmp_path: Path, recording: Path
) -> None:
    said = refused(
        *("inpaint", recording, "--from", 0, "--to", 1, "--bars", 2, "-o", tmp_path / "r.wav")
    )
    assert "as long as the recording" in said


def test_extending_by_nothing_is_refused(refused: Refused, tmp_path: Path, recording: Path) -> None:
    assert "by how much" in refused("extend", recording, "-o", tmp_path / "r.wav")


@pytest.mark.parametrize("verb", [["inpaint", "--from=0", "--to=1"], ["extend", "--bars=1"]])
def test_broken_audio_is_refused(refused: Refused, tmp_path: Path, verb: list[str]) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF\x00\x00\x00\x00WAVEnot sound at all")
    assert "broken.wav" in refused(verb[0], broken, *verb[1:], "-o", tmp_path / "r.wav")
    assert "no file" in refused(verb[0], tmp_path / "none.wav", *verb[1:], "-o", tmp_path / "r.wav")

"""``inlay generate``: exact lengths, numbered takes, reports, and every refusal in one line."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.cli.command_line import run
from engine.cancel import CancelToken
from engine.errors import WeightsUnusable
from engine.events import Event
from engine.requests import Request
from engine.tone_backend import ToneBackend
from tests.cli.conftest import Inlay

Refused = Callable[..., str]


def test_bars_give_exactly_their_samples_in_24_bits(inlay: Inlay, tmp_path: Path) -> None:
    song = tmp_path / "song.wav"
    answer = inlay("generate", "-o", song, "--chords", "Am F C G", "--bars", 3, "--bpm", 97)
    assert answer.status == 0, answer.err
    assert answer.out.strip() == str(song)
    info = soundfile.info(song)
    assert info.subtype == "PCM_24"
    assert info.frames == round(3 * 4 * 60 / 97 * info.samplerate)


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        (["--seconds", "1.5"], 1.5),
        (["--chords", "Am F", "--bpm", "60"], 8.0),
        (["--chords", "| Am F | C |", "--meter", "6/8"], 3.0),
        (["--drums", "shuffle", "--bpm", "240"], 8.0),
        (["--bpm", "240"], 8.0),
    ],
)
def test_the_length_follows_what_is_given(
    inlay: Inlay, tmp_path: Path, words: list[str], seconds: float
) -> None:
    song = tmp_path / "song.wav"
    assert inlay("generate", "-o", song, *words).status == 0
    assert soundfile.info(song).duration == seconds


def test_an_empty_prompt_is_welcome(inlay: Inlay, tmp_path: Path) -> None:
    song = tmp_path / "song.flac"
    assert inlay("generate", "-o", song, "--prompt", "", "--seconds", 1).status == 0
    assert soundfile.info(song).format == "FLAC"


def test_takes_are_numbered_and_reported(inlay: Inlay, tmp_path: Path) -> None:
    song, codes, report = (tmp_path / name for name in ("s.wav", "codes.npy", "report.json"))
    answer = inlay(
        *("generate", "-o", song, "--takes", 3, "--seed", 7, "--seconds", 1, "--chords", "Am"),
        *("--prompt", "calm", "--save-codes", codes, "--report", report),
    )
    assert answer.status == 0, answer.err
    names = {path.name for path in tmp_path.iterdir()}
    sounds = {f"s-{number}.wav" for number in (1, 2, 3)}
    assert names == sounds | {f"codes-{number}.npy" for number in (1, 2, 3)} | {"report.json"}
    said = json.loads(report.read_text())
    assert [take["seed"] for take in said["takes"]] == [7, 8, 9]
    assert said["request"]["prompt"] == "calm"
    assert said["engine"]["model_hash"]
    assert said["takes"][0]["adherence"]["majmin"] == 0.0  # sine tones hear no chord at all
    assert said["takes"][0]["adherence"]["note_f1"] is None
    assert np.load(tmp_path / "codes-1.npy").shape == (1, 25)


def test_a_short_lead_sheet_starts_over(inlay: Inlay, tmp_path: Path) -> None:
    once, twice = tmp_path / "once.wav", tmp_path / "twice.wav"
    assert inlay("generate", "-o", once, "--chords", "Am F", "--bpm", 240).status == 0
    assert inlay("generate", "-o", twice, "--chords", "Am F", "--bpm", 240, "--bars", 4).status == 0
    first, _ = soundfile.read(once)
    both, _ = soundfile.read(twice)
    np.testing.assert_allclose(both[: len(first)], both[len(first) :], atol=1e-6)
    np.testing.assert_allclose(both[: len(first)], first, atol=1e-6)


def test_one_bar_of_several_chords_says_how_it_was_read(inlay: Inlay, tmp_path: Path) -> None:
    answer = inlay("generate", "-o", tmp_path / "s.wav", "--chords", "| Am F C G |")
    assert answer.status == 0
    assert "one bar, one beat each" in answer.err
    assert "Am F C G" in answer.err


def test_an_unknown_chord_is_named_with_a_suggestion(refused: Refused, tmp_path: Path) -> None:
    said = refused("generate", "-o", tmp_path / "s.wav", "--chords", "Am Fx C")
    assert "“Fx” is not a chord" in said
    assert "F?" in said


@pytest.mark.parametrize("bpm", ["0", "-10", "4000", "nan"])
def test_an_absurd_tempo_is_refused(refused: Refused, tmp_path: Path, bpm: str) -> None:
    said = refused("generate", "-o", tmp_path / "s.wav", "--bpm", bpm)
    assert "between 20 and 400 bpm" in said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--meter", "4"], "time signature"),
        (["--bars", "0"], "1 to 999 bars"),
        (["--seconds", "0"], "more than 0"),
        (["--seconds", "nan"], "more than 0"),
        (["--bars", "2", "--seconds", "2"], "given twice"),
        (["--takes", "0"], "1 to 64 takes"),
        (["--seed", "-1"], "seed"),
        (["--prompt", "la " * 4000], "10000 letters"),
        (["--top-p", "2"], "Top-p"),
        (["--temperature", "-1"], "Temperature"),
        (["--drums", "polka"], "no drum preset “polka”"),
        (["--drums", "loop.wav"], ".mid"),
        (["--chords", ""], "no chords"),
        (["--bars", "many"], "--bars"),
        (["--unknown", "1"], "--unknown"),
    ],
)
def test_what_cannot_be_played_is_refused_in_one_line(
    refused: Refused, tmp_path: Path, words: list[str], expected: str
) -> None:
    assert expected in refused("generate", "-o", tmp_path / "s.wav", *words)


def test_a_file_name_without_a_known_ending_is_refused(refused: Refused, tmp_path: Path) -> None:
    assert ".wav" in refused("generate", "-o", tmp_path / "song.xyz")


def test_a_missing_folder_is_told_before_anything_is_played(
    refused: Refused, tmp_path: Path
) -> None:
    assert "is not there" in refused("generate", "-o", tmp_path / "nowhere" / "s.wav")


def test_a_folder_in_place_of_a_file_is_refused(refused: Refused, tmp_path: Path) -> None:
    folder = tmp_path / "song.wav"
    folder.mkdir()
    assert "is a folder" in refused("generate", "-o", folder, "--seconds", 1)


def test_a_full_disk_is_told_and_leaves_nothing(
    refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    assert "the disk is full" in refused("generate", "-o", tmp_path / "s.wav", "--seconds", 1)


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs a folder where nobody may write")
def test_codes_that_cannot_be_written_take_the_sound_with_them(
    refused: Refused, tmp_path: Path
) -> None:
    words = ("--seconds", 1, "--save-codes", "/proc/codes.npy")
    assert "/proc/codes.npy" in refused("generate", "-o", tmp_path / "s.wav", *words)


def test_damaged_weights_are_told_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class DamagedBackend(ToneBackend):
        def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
            raise WeightsUnusable("lm.safetensors is damaged.", "Install the model again.")

    status = run(["generate", "-o", str(tmp_path / "s.wav")], DamagedBackend)
    assert status == 2
    assert capsys.readouterr().err.strip().splitlines() == [
        "inlay: lm.safetensors is damaged. Install the model again."
    ]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--device", "abacus"], "abacus"),
        (["--model", "nightingale"], "nightingale"),
        (["--model", "model.pth"], "pickle"),
        (["--model", "DAMAGED"], "damaged"),
    ],
)
def test_the_real_engine_refuses_in_one_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    expected: str,
) -> None:
    damaged = tmp_path / "model"
    damaged.mkdir()
    for part in ("codec", "lm"):
        (damaged / f"{part}.safetensors").write_bytes(b"not tensors")
    (damaged / "config.json").write_text('{"codec": {}, "lm": {"vocabulary": [], "delays": [0]}}')
    words = [str(damaged) if word == "DAMAGED" else word for word in words]
    song = tmp_path / "s.wav"
    assert run(["generate", "-o", str(song), "--seconds", "1", *words]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line.strip()]
    assert expected in line
    assert not song.exists()


def test_ctrl_c_ends_with_130_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(step: int) -> None:
        if step == 30:
            raise KeyboardInterrupt

    status = run(["generate", "-o", str(tmp_path / "s.wav")], lambda: ToneBackend(interrupt))
    assert status == 130
    assert "Traceback" not in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_bug_ends_with_1_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stumble(step: int) -> None:
        raise ZeroDivisionError("a bug of ours")

    status = run(["generate", "-o", str(tmp_path / "s.wav")], lambda: ToneBackend(stumble))
    assert status == 1
    assert "ZeroDivisionError: a bug of ours" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())

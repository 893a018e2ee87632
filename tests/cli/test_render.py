"""``inlay render``: a project's mix as a file, and its lanes as MIDI."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from app.model.chord_block import ChordBlock, ChordLane
from app.model.clip import AudioLane, Clip
from app.model.ids import ClipId
from app.model.lane import LaneSettings
from app.model.project import new_project
from app.storage.audio_pool import AudioPool
from app.storage.project_file import write_project
from app.storage.project_folder import AUDIO_NAME
from engine.requests import Audio
from engine.timebase import Samples, Span, Ticks
from tests.cli.conftest import Inlay

Refused = Callable[..., str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with two bars of chords, silenced, and half a bar of a recording in bar 1."""
    folder = tmp_path / "Song.inlay"
    folder.mkdir()
    ramp = np.linspace(-0.5, 0.5, 32_000, dtype=np.float32)[None]
    asset = AudioPool(folder / AUDIO_NAME).add(Audio(ramp, 32_000))
    clip = Clip(ClipId("clip"), asset, position=Ticks(0), length=Samples(32_000))
    chords = ChordLane(
        (ChordBlock(Span(Ticks(0), Ticks(7680)), "Am"),), settings=LaneSettings(is_muted=True)
    )
    project = replace(new_project("Song"), chords=chords, audio=AudioLane((clip,)))
    write_project(folder, project)
    return folder


def test_the_mix_holds_the_clips_at_their_rate(inlay: Inlay, tmp_path: Path, folder: Path) -> None:
    mix, midi = tmp_path / "mix.wav", tmp_path / "lanes.mid"
    answer = inlay("render", folder, "-o", mix, "--midi", midi)
    assert answer.status == 0, answer.err
    samples, rate = soundfile.read(mix, always_2d=True)
    assert (rate, samples.shape) == (32_000, (128_000, 2))
    expected = np.linspace(-0.5, 0.5, 32_000)
    np.testing.assert_allclose(samples[:32_000], np.stack([expected, expected], axis=1), atol=1e-6)
    assert not samples[32_000:].any()
    names = [track.name for track in mido.MidiFile(midi).tracks]
    assert names == ["Song", "Chords"]


def test_lanes_sound_where_no_clip_plays(inlay: Inlay, tmp_path: Path, folder: Path) -> None:
    lanes = replace(
        new_project("Lanes"), chords=ChordLane((ChordBlock(Span(Ticks(0), Ticks(3840)), "C"),))
    )
    write_project(folder, lanes)
    assert inlay("render", folder, "-o", tmp_path / "mix.flac").status == 0
    samples, _ = soundfile.read(tmp_path / "mix.flac")
    assert np.abs(samples).max() > 0.01


def empty(folder: Path) -> None:
    write_project(folder, new_project("Empty"))


def without_recording(folder: Path) -> None:
    for file in (folder / AUDIO_NAME).iterdir():
        file.unlink()


def damaged(folder: Path) -> None:
    (folder / "project.json").write_text('{"format": "inlay pro')


@pytest.mark.parametrize(
    ("change", "expected"),
    [(empty, "is empty"), (without_recording, "lacks 1"), (damaged, "damaged")],
)
def test_a_project_that_cannot_be_heard_is_refused(
    refused: Refused, tmp_path: Path, folder: Path, change: Callable[[Path], None], expected: str
) -> None:
    change(folder)
    assert expected in refused("render", folder, "-o", tmp_path / "mix.wav")


def test_a_project_that_is_not_there_is_refused(refused: Refused, tmp_path: Path) -> None:
    said = refused("render", tmp_path / "No.inlay", "-o", tmp_path / "mix.wav")
    assert "No.inlay" in said


def test_rendering_leaves_the_project_alone(inlay: Inlay, tmp_path: Path, folder: Path) -> None:
    def contents() -> dict[str, bytes]:
        files = (path for path in folder.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in files}

    before = contents()
    assert inlay("render", folder, "-o", tmp_path / "mix.wav").status == 0
    assert contents() == before

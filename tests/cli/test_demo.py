"""Where there is no screen, the demo is played from its lanes into a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.cli.demo import play_anew
from app.model.chord_block import ChordBlock, ChordLane
from app.model.clip import AudioLane, Clip
from app.model.ids import ClipId
from app.model.project import new_project
from app.storage.audio_pool import AudioPool
from app.storage.project_file import write_project
from app.storage.project_folder import AUDIO_NAME
from engine.requests import Audio
from engine.timebase import Samples, Span, Ticks
from engine.tone_backend import ToneBackend


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three bars of one chord under a long recording of silence."""
    folder = tmp_path / "Demo.inlay"
    folder.mkdir()
    silence = AudioPool(folder / AUDIO_NAME).add(Audio(np.zeros((1, 320_000), np.float32), 32_000))
    clip = Clip(ClipId("clip"), silence, position=Ticks(0), length=Samples(320_000))
    chords = ChordLane((ChordBlock(Span(Ticks(0), Ticks(3 * 3840)), "Am"),))
    write_project(folder, replace(new_project("Demo"), chords=chords, audio=AudioLane((clip,))))
    return folder


def test_the_demo_is_played_from_its_lanes_alone(tmp_path: Path, folder: Path) -> None:
    play_anew(folder, tmp_path / "demo.wav", ToneBackend)
    samples, rate = soundfile.read(tmp_path / "demo.wav")
    assert len(samples) == 6 * rate
    assert np.abs(samples[-rate:]).max() > 0.05

"""Running the command line in this process, with sine tones in place of the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from app.cli.command_line import run
from engine.audio.files import write_audio
from engine.requests import Audio
from engine.tone_backend import ToneBackend


@dataclass(frozen=True)
class Answer:
    """What a call left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def error_lines(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.strip()]


Inlay = Callable[..., Answer]


@pytest.fixture
def inlay(capsys: pytest.CaptureFixture[str]) -> Inlay:
    """Call ``inlay`` with the given words."""

    def call(*words: object) -> Answer:
        status = run([str(word) for word in words], ToneBackend)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return call


@pytest.fixture
def refused(inlay: Inlay, tmp_path: Path) -> Callable[..., str]:
    """Call ``inlay`` with words it must refuse: status 2, one line, and no new file."""

    def call(*words: object) -> str:
        before = set(tmp_path.rglob("*"))
        answer = inlay(*words)
        assert answer.status == 2, answer.err
        assert answer.out == ""
        assert len(answer.error_lines) == 1, answer.err
        assert set(tmp_path.rglob("*")) == before
        return answer.error_lines[0]

    return call


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two seconds of 16-bit stereo noise at 44.1 kHz."""
    noise = np.random.default_rng(3).uniform(-0.5, 0.5, (2, 88_200)).astype(np.float32)
    path = tmp_path / "recording.wav"
    write_audio(path, Audio(noise, 44_100), "PCM_16")
    return path

"""What may go wrong around an open project: nothing is lost, and one plain notice says so."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.actions.export import ExportChoices
from app.application import Application
from app.model.edits.prompt import SetLength, SetPrompt
from app.playback.audio_output import ClockOutput
from app.settings import SettingsFile
from engine.cancel import CancelToken
from engine.errors import EngineStopped
from engine.events import Event, Progress, Stage
from engine.requests import GenerateRequest, Request
from engine.tone_backend import ToneBackend

OpenStudio = Callable[..., Application]
Settled = Callable[[Application], None]
N_DEATHS = 3


class DyingBackend(ToneBackend):
    """Dies in the middle of each of its first three runs."""

    n_runs = 0

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        if isinstance(request, GenerateRequest):
            self.n_runs += 1
            if self.n_runs <= N_DEATHS:
                yield Progress(Stage.GENERATING, 1, 10)
                raise EngineStopped("The engine process ended.", "Restart it.")
        yield from super().run(request, cancel)


class PulledOutput(ClockOutput):
    """A sound device until somebody pulls its plug."""

    is_plugged = True

    def __init__(self) -> None:
        super().__init__()
        self.name = "USB headphones"

    def is_alive(self) -> bool:
        return self.is_plugged


def press_on_notice(studio: Application, text: str, qtbot: QtBot) -> None:
    buttons = studio.notices.findChildren(QPushButton)
    (button,) = (b for b in buttons if b.text() == text and not b.isHidden())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def play_two_seconds(studio: Application, settled: Settled) -> None:
    studio.document.apply(SetLength(1))
    studio.studio.generate.run()
    settled(studio)


def test_an_engine_killed_three_times_costs_three_runs_and_nothing_else(
    tmp_path: Path, qtbot: QtBot, settled: Settled
) -> None:
    studio = Application(tmp_path / "state", SettingsFile(tmp_path / "s.ini"), DyingBackend)
    studio.window.show()
    studio.document.apply(SetPrompt("piano"))
    play_two_seconds(studio, settled)
    for _ in range(N_DEATHS):
        steps = studio.document.undo_names
        assert studio.notices.messages[0].startswith("The engine stopped. Your project is safe.")
        assert not studio.document.project.take_groups
        press_on_notice(studio, "Try again", qtbot)
        settled(studio)
    assert studio.document.undo_names[:-1] == steps
    assert len(studio.document.project.take_groups) == 1
    assert studio.files.flush()
    studio.document.mark_saved()
    studio.window.close()


def test_an_export_onto_a_full_disk_leaves_no_file_and_is_told(
    studio: Application,
    settled: Settled,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    play_two_seconds(studio, settled)
    assert studio.files.flush()

    def no_room(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / "out"
    target.mkdir()
    with monkeypatch.context() as full:
        full.setattr("os.fsync", no_room)
        with qtbot.waitSignal(studio.studio.export.failed, timeout=20_000):
            studio.studio.export.export(target / "mix.wav", ExportChoices())
    assert list(target.iterdir()) == []
    assert "disk is full" in studio.notices.messages[0]
    with qtbot.waitSignal(studio.studio.export.finished, timeout=20_000):
        studio.studio.export.export(target / "mix.wav", ExportChoices())
    assert (target / "mix.wav").exists()


def test_a_sound_device_that_is_pulled_out_pauses_and_everything_else_goes_on(
    studio: Application, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    play_two_seconds(studio, settled)
    output = PulledOutput()
    studio.sound.use_output(output)
    studio.sound.transport.play()
    output.is_plugged = False
    qtbot.waitUntil(lambda: bool(studio.notices.messages), timeout=20_000)
    assert "“USB headphones” has gone. Playback is paused." in studio.notices.messages[0]
    assert not studio.sound.transport.is_playing
    with qtbot.waitSignal(studio.studio.export.finished, timeout=20_000):
        studio.studio.export.export(tmp_path / "mix.wav", ExportChoices())
    studio.document.apply(SetPrompt("still here"))
    assert studio.files.flush()


def test_a_lost_recording_is_silent_until_it_is_found_and_then_heard_and_seen(
    open_studio: OpenStudio,
    settled: Settled,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = open_studio()
    play_two_seconds(first, settled)
    assert first.files.save_to(tmp_path / "song")
    first.window.close()
    backup = Path(shutil.move(tmp_path / "song.inlay" / "audio", tmp_path / "backup"))

    studio = open_studio()
    assert studio.files.open_path(tmp_path / "song.inlay")
    (clip,) = studio.document.project.audio.clips
    assert any("1 recording is missing" in message for message in studio.notices.messages)
    assert studio.waveforms.peaks_of(clip.asset) is None
    monkeypatch.setattr(studio._questions, "folder_to_search", lambda: backup)
    with qtbot.waitSignal(studio.waveforms.ready, timeout=20_000):
        press_on_notice(studio, "Search folder…", qtbot)
    qtbot.waitUntil(lambda: studio.waveforms.peaks_of(clip.asset) is not None, timeout=20_000)
    qtbot.waitUntil(studio.sound.finish_rendering, timeout=60_000)
    assert studio.files.folder.pool.has(clip.asset)
    assert not any("missing" in message for message in studio.notices.messages)

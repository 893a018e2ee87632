from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.edits.prompt import SetLength, SetPrompt
from app.settings import SettingsFile
from app.ui.dialogs.crash_report import CrashReportDialog
from engine.cancel import CancelToken
from engine.errors import DeviceUnusable, EngineStopped
from engine.events import Event, Progress, Stage
from engine.requests import Request, WarmUpRequest
from engine.tone_backend import ToneBackend

Settled = Callable[[Application], None]


class StumblingBackend:
    """Fails in the middle of its first run, and works from then on."""

    def __init__(self, error: Exception) -> None:
        self._error: Exception | None = error
        self._tones = ToneBackend()

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        if self._error is not None and not isinstance(request, WarmUpRequest):
            error, self._error = self._error, None
            yield Progress(Stage.GENERATING, 1, 10)
            raise error
        yield from self._tones.run(request, cancel)

    def close(self) -> None:
        self._tones.close()


@pytest.fixture
def fall_over(
    tmp_path: Path, qtbot: QtBot, settled: Settled
) -> Iterator[Callable[..., Application]]:
    """A studio whose first run has failed with the given error."""
    opened: list[Application] = []

    def start(error: Exception) -> Application:
        studio = Application(
            tmp_path / "state", SettingsFile(tmp_path / "s.ini"), lambda: StumblingBackend(error)
        )
        opened.append(studio)
        studio.window.show()
        studio.document.apply(SetPrompt("piano"))
        studio.document.apply(SetLength(1))
        studio.studio.generate.run()
        settled(studio)
        return studio

    yield start
    for studio in opened:
        studio.document.mark_saved()
        studio.window.close()


def press_on_notice(studio: Application, text: str, qtbot: QtBot) -> None:
    buttons = studio.notices.findChildren(QPushButton)
    button = next(button for button in buttons if button.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_killed_engine_is_told_and_the_run_can_be_tried_again(
    fall_over: Callable[..., Application], settled: Settled, qtbot: QtBot
) -> None:
    studio = fall_over(EngineStopped("The engine process ended.", "Start it again."))
    assert studio.notices.messages[0].startswith("The engine stopped. Your project is safe.")
    assert studio.document.project.prompt == "piano"
    assert not studio.document.project.take_groups
    press_on_notice(studio, "Try again", qtbot)
    settled(studio)
    assert len(studio.document.project.take_groups) == 1


def test_the_engine_can_be_started_again_from_the_notice(
    fall_over: Callable[..., Application], settled: Settled, qtbot: QtBot
) -> None:
    studio = fall_over(EngineStopped("The engine process ended."))
    with qtbot.waitSignal(studio.studio.results.warmed_up) as warmed_up:
        press_on_notice(studio, "Restart engine", qtbot)
    assert warmed_up.args == [""]


def test_what_the_person_can_mend_is_told_with_its_hint(
    fall_over: Callable[..., Application],
) -> None:
    studio = fall_over(DeviceUnusable("Not enough GPU memory.", "Use 10 s windows."))
    assert studio.notices.messages == ("Not enough GPU memory. Use 10 s windows.",)


def test_a_bug_in_the_engine_is_reported_and_leaves_no_step(
    fall_over: Callable[..., Application],
) -> None:
    studio = fall_over(RuntimeError("shapes differ"))
    (report,) = studio.window.findChildren(CrashReportDialog)
    assert "shapes differ" in report.report.toPlainText()
    assert studio.document.undo_names == ("Type prompt", "Set length")
    report.close()

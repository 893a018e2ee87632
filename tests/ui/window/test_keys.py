from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.playback.voices import Listening
from engine.timebase import Ticks

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Press = Callable[..., None]


def test_space_plays_and_stops_from_the_lanes(studio: Application, press: Press) -> None:
    press(studio, Qt.Key.Key_Space)
    assert studio.sound.transport.is_playing
    press(studio, Qt.Key.Key_Space)
    assert not studio.sound.transport.is_playing


def test_space_on_a_button_plays_and_enter_presses_it(studio: Application, press: Press) -> None:
    dice = studio.window.prompt_panel._dice
    dice.setFocus()
    seed = studio.document.project.seed
    press(studio, Qt.Key.Key_Space)
    assert studio.sound.transport.is_playing
    assert studio.document.project.seed == seed
    press(studio, Qt.Key.Key_Return)
    assert studio.document.project.seed != seed


def test_in_screen_reader_mode_space_belongs_to_the_button(
    studio: Application, press: Press
) -> None:
    studio.window.use_screen_reader_mode(True)
    studio.window.prompt_panel._dice.setFocus()
    seed = studio.document.project.seed
    press(studio, Qt.Key.Key_Space)
    assert studio.document.project.seed != seed
    assert not studio.sound.transport.is_playing
    press(studio, Qt.Key.Key_Space, CTRL | Qt.KeyboardModifier.AltModifier)
    assert studio.sound.transport.is_playing


def test_in_a_text_field_space_and_letters_are_typed(
    studio: Application, press: Press, qtbot: QtBot
) -> None:
    prompt = studio.window.prompt_panel.prompt
    prompt.setFocus()
    qtbot.keyClicks(prompt, "kick loop 12")
    assert prompt.toPlainText() == "kick loop 12"
    assert not studio.sound.transport.is_playing
    assert not studio.sound.transport.has_metronome


def test_typing_is_one_step_of_undo_until_the_field_is_left(
    studio: Application, press: Press, qtbot: QtBot
) -> None:
    panel = studio.window.prompt_panel
    panel.prompt.setFocus()
    qtbot.keyClicks(panel.prompt, "soft piano")
    panel.negative.setFocus()
    panel.prompt.setFocus()
    panel.prompt.moveCursor(panel.prompt.textCursor().MoveOperation.End)
    qtbot.keyClicks(panel.prompt, " and drums")
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.project.prompt == panel.prompt.toPlainText() == "soft piano"
    press(studio, Qt.Key.Key_Z, CTRL)
    assert studio.document.project.prompt == panel.prompt.toPlainText() == ""


def test_single_letters_act_while_nothing_is_typed(studio: Application, press: Press) -> None:
    press(studio, Qt.Key.Key_K)
    assert studio.sound.transport.has_metronome
    press(studio, Qt.Key.Key_L)
    assert studio.workspace.is_looping
    press(studio, Qt.Key.Key_F)
    assert not studio.window.timeline.follows_playhead


def test_the_condition_is_heard_as_long_as_its_key_is_held(
    studio: Application, qtbot: QtBot
) -> None:
    target = QApplication.focusWidget()
    qtbot.keyPress(target, Qt.Key.Key_H)
    assert studio.sound.listening is Listening.CONDITION
    qtbot.keyRelease(target, Qt.Key.Key_H)
    assert studio.sound.listening is Listening.MIX


def test_ctrl_arrows_go_from_bar_to_bar(studio: Application, press: Press) -> None:
    studio.workspace.set_start_marker(Ticks(5_000))
    for key, bar in ((Qt.Key.Key_Left, 2), (Qt.Key.Key_Left, 1), (Qt.Key.Key_Right, 2)):
        press(studio, key, CTRL)
        assert studio.workspace.playhead == studio.document.project.tempo.bar_start(bar)


def test_f6_goes_from_pane_to_pane(studio: Application, press: Press) -> None:
    press(studio, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is studio.window.prompt_panel.prompt
    press(studio, Qt.Key.Key_F6, SHIFT)
    assert studio.window.timeline.isAncestorOf(QApplication.focusWidget())


def test_no_two_commands_claim_one_key(studio: Application) -> None:
    actions = {action for action in studio.window.actions() if isinstance(action, QAction)}
    keys = Counter(key.toString() for action in actions for key in action.shortcuts())
    assert [key for key, n in keys.items() if n > 1] == []


def test_every_button_says_what_it_is(studio: Application) -> None:
    nameless = [
        button
        for kind in (QToolButton, QPushButton)
        for button in studio.window.findChildren(kind)
        if not button.accessibleName() and not button.text() and button.isVisible()
    ]
    assert nameless == []


@pytest.mark.parametrize("name", ["light", "high contrast", "dark"])
def test_themes_change_while_the_window_is_open(studio: Application, name: str) -> None:
    studio.window.use_theme(name)
    assert studio.studio.settings.current.theme == name
    background = studio.window.palette().window().color()
    assert (background.lightness() > 128) == (name == "light")

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from app.document.workspace import Workspace
from app.playback.player import Player
from app.playback.transport import Transport
from engine.timebase import Span, TempoMap, Ticks

if TYPE_CHECKING:
    from tests.playback.conftest import HandCrankedOutput

TEMPO = TempoMap(120.0)  # a beat lasts half a second
BEAT = 960
After = Callable[..., Ticks]
NEAR = 12  # one block of 256 samples, in ticks


@pytest.fixture
def workspace(qtbot: QtBot) -> Workspace:
    return Workspace()


@pytest.fixture
def transport(workspace: Workspace, player: Player) -> Transport:
    return Transport(workspace, player, TEMPO)


@pytest.fixture
def after(transport: Transport, workspace: Workspace, device: HandCrankedOutput) -> After:
    """The playhead after the device has played some seconds more."""

    def play_on(seconds: float, through: HandCrankedOutput = device) -> Ticks:
        through.pull(seconds)
        transport.refresh()
        return workspace.playhead

    return play_on


def test_the_playhead_runs_in_musical_time(
    transport: Transport, workspace: Workspace, after: After, qtbot: QtBot
) -> None:
    transport.play()
    with qtbot.waitSignal(workspace.playhead_changed):
        assert after(1.0) == pytest.approx(2 * BEAT, abs=NEAR)


def test_moving_the_start_marker_on_the_ruler_moves_a_resting_playhead(
    transport: Transport, workspace: Workspace
) -> None:
    workspace.set_start_marker(Ticks(7 * BEAT))
    assert workspace.playhead == 7 * BEAT


def test_stopping_returns_to_the_start_marker_and_stopping_again_to_the_start(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    transport.seek(Ticks(4 * BEAT))
    transport.play()
    after(1.0)
    transport.stop()
    assert (workspace.playhead, transport.is_playing) == (4 * BEAT, False)
    transport.stop()
    assert workspace.playhead == 0


def test_pause_stays_and_continue_goes_on_from_there(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    transport.play()
    after(1.0)
    transport.continue_or_pause()
    paused = workspace.playhead
    assert paused == pytest.approx(2 * BEAT, abs=NEAR)
    transport.continue_or_pause()
    assert after(0.5) == pytest.approx(paused + BEAT, abs=NEAR)
    transport.toggle()
    assert workspace.playhead == 0


def test_the_loop_repeats_and_switching_it_off_lets_the_music_go_on(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    workspace.set_loop(Span(Ticks(0), Ticks(2 * BEAT)), is_on=True)
    transport.play()
    assert after(1.5) == pytest.approx(BEAT, abs=NEAR)
    workspace.set_looping(False)
    assert after(1.0) == pytest.approx(3 * BEAT, abs=NEAR)


def test_a_loop_cannot_be_switched_on_without_a_brace(workspace: Workspace) -> None:
    workspace.set_looping(True)
    assert not workspace.is_looping
    workspace.set_loop(Span(Ticks(0), Ticks(BEAT)), is_on=True)
    workspace.set_loop(None)
    assert not workspace.is_looping


def test_playing_a_selection_ignores_the_loop_and_ends_by_itself(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    workspace.set_loop(Span(Ticks(0), Ticks(BEAT)), is_on=True)
    transport.play_once(Span(Ticks(BEAT), Ticks(3 * BEAT)))
    assert after(0.75) == pytest.approx(2.5 * BEAT, abs=NEAR)
    after(0.5)
    assert not transport.is_playing
    assert workspace.playhead == 0


def test_playback_stops_at_the_end_of_the_music(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    transport.set_end(Ticks(2 * BEAT))
    transport.play()
    after(0.9)
    assert transport.is_playing
    after(0.2)
    assert not transport.is_playing


def test_another_tempo_keeps_the_musical_position(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    transport.play()
    after(1.0)
    transport.set_tempo(TempoMap(60.0))
    assert after(1.0) == pytest.approx(3 * BEAT, abs=2 * NEAR)


def test_another_device_goes_on_where_the_old_one_was(
    transport: Transport, after: After, device: HandCrankedOutput
) -> None:
    transport.play()
    after(1.0)
    slower = Player(32_000)
    transport.use_player(slower)
    position = after(0.5, device.driving(slower))
    assert position == pytest.approx(3 * BEAT, abs=2 * NEAR)


def test_seeking_while_playing_jumps(
    transport: Transport, workspace: Workspace, after: After
) -> None:
    transport.play()
    after(0.5)
    transport.seek(Ticks(8 * BEAT))
    assert after(0.5) == pytest.approx(9 * BEAT, abs=NEAR)
    assert workspace.start_marker == 8 * BEAT

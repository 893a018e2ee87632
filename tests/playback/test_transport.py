from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from app.playback.player import Player
from app.playback.transport import Transport
from engine.timebase import Span, TempoMap, Ticks

if TYPE_CHECKING:
    from tests.playback.conftest import HandCrankedOutput

TEMPO = TempoMap(120.0)  # a beat lasts half a second
BEAT = 960
NEAR = 12  # one block of 256 samples, in ticks


@pytest.fixture
def transport(player: Player, qtbot: QtBot) -> Transport:
    return Transport(player, TEMPO)


def after(transport: Transport, device: HandCrankedOutput, seconds: float) -> int:
    device.pull(seconds)
    transport.refresh()
    return transport.playhead


def test_the_playhead_runs_in_musical_time(
    transport: Transport, device: HandCrankedOutput, qtbot: QtBot
) -> None:
    transport.play()
    with qtbot.waitSignal(transport.playhead_moved):
        assert after(transport, device, 1.0) == pytest.approx(2 * BEAT, abs=NEAR)


def test_stopping_returns_to_the_start_marker_and_stopping_again_to_the_start(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.seek(Ticks(4 * BEAT))
    transport.play()
    after(transport, device, 1.0)
    transport.stop()
    assert (transport.playhead, transport.is_playing) == (4 * BEAT, False)
    transport.stop()
    assert transport.playhead == 0


def test_pause_stays_and_continue_goes_on_from_there(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.play()
    after(transport, device, 1.0)
    transport.continue_or_pause()
    paused = transport.playhead
    assert paused == pytest.approx(2 * BEAT, abs=NEAR)
    transport.continue_or_pause()
    assert after(transport, device, 0.5) == pytest.approx(paused + BEAT, abs=NEAR)
    transport.toggle()
    assert transport.playhead == 0


def test_the_loop_repeats_and_switching_it_off_lets_the_music_go_on(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.loop_over(Span(Ticks(0), Ticks(2 * BEAT)))
    transport.play()
    assert after(transport, device, 1.5) == pytest.approx(BEAT, abs=NEAR)
    transport.set_looping(False)
    assert after(transport, device, 1.0) == pytest.approx(3 * BEAT, abs=NEAR)


def test_a_loop_cannot_be_switched_on_without_a_brace(transport: Transport) -> None:
    transport.set_looping(True)
    assert not transport.state.is_looping
    transport.loop_over(Span(Ticks(0), Ticks(BEAT)))
    transport.set_loop(None)
    assert not transport.state.is_looping


def test_playing_a_selection_ignores_the_loop_and_ends_by_itself(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.loop_over(Span(Ticks(0), Ticks(BEAT)))
    transport.play_once(Span(Ticks(BEAT), Ticks(3 * BEAT)))
    assert after(transport, device, 0.75) == pytest.approx(2.5 * BEAT, abs=NEAR)
    after(transport, device, 0.5)
    assert not transport.is_playing
    assert transport.playhead == 0


def test_playback_stops_at_the_end_of_the_music(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.set_end(Ticks(2 * BEAT))
    transport.play()
    after(transport, device, 0.9)
    assert transport.is_playing
    after(transport, device, 0.2)
    assert not transport.is_playing


def test_another_tempo_keeps_the_musical_position(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.play()
    after(transport, device, 1.0)
    transport.set_tempo(TempoMap(60.0))
    assert after(transport, device, 1.0) == pytest.approx(3 * BEAT, abs=2 * NEAR)


def test_another_device_goes_on_where_the_old_one_was(
    transport: Transport, device: HandCrankedOutput
) -> None:
    transport.play()
    after(transport, device, 1.0)
    slower = Player(32_000)
    transport.use_player(slower)
    position = after(transport, device.driving(slower), 0.5)
    assert position == pytest.approx(3 * BEAT, abs=2 * NEAR)


def test_seeking_while_playing_jumps(transport: Transport, device: HandCrankedOutput) -> None:
    transport.play()
    after(transport, device, 0.5)
    transport.seek(Ticks(8 * BEAT))
    assert after(transport, device, 0.5) == pytest.approx(9 * BEAT, abs=NEAR)
    assert transport.state.start_marker == 8 * BEAT

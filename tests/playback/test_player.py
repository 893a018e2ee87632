from __future__ import annotations

import numpy as np
import pytest

from app.playback.player import FADE_S, Player
from engine.timebase import Samples, Span

RATE = 32_000
FADE = round(FADE_S * RATE)


def sine(n: int, hz: float = 220.0, level: float = 0.5, phase: float = 0.0) -> np.ndarray:
    wave = level * np.sin(2 * np.pi * hz * np.arange(n) / RATE + phase)
    return np.repeat(wave.astype(np.float32)[:, np.newaxis], 2, axis=1)


def pull(player: Player, n: int, block: int = 512) -> np.ndarray:
    out = np.full((n, 2), 9.0, np.float32)
    for start in range(0, n, block):
        player.fill(out[start : start + block])
    return out


def largest_step(sound: np.ndarray) -> float:
    return float(np.abs(np.diff(sound[:, 0])).max())


@pytest.fixture
def player() -> Player:
    player = Player(RATE)
    player.swap_program(sine(RATE))
    return player


def test_a_stopped_player_gives_silence(player: Player) -> None:
    assert not pull(player, 2_000).any()


def test_past_the_fade_the_program_is_copied_bit_for_bit(player: Player) -> None:
    player.play_from(1_000)
    sound = pull(player, 4_000)
    assert np.array_equal(sound[FADE:], sine(RATE)[1_000 + FADE : 5_000])


def test_what_the_program_lacks_is_zero_filled(player: Player) -> None:
    player.play_from(RATE - 600)
    sound = pull(player, 2_000)
    assert sound[400:600].any()
    assert not sound[600:].any()


def test_start_and_stop_do_not_click(player: Player) -> None:
    smooth = largest_step(sine(RATE))
    player.play_from(36)  # a crest of the wave
    playing = pull(player, 4_096)
    player.stop()
    stopping = pull(player, 2_048)
    assert largest_step(np.concatenate([np.zeros((1, 2)), playing, stopping])) < smooth + 0.01
    assert not stopping[FADE:].any()
    assert not player.is_playing


def test_the_loop_returns_exactly_and_without_a_click(player: Player) -> None:
    program = sine(RATE)
    player.loop_over(Span(Samples(3_000), Samples(7_010)))
    player.play_from(3_000)
    sound = pull(player, 12_288)
    second = sound[4_010 + FADE : 8_020]
    assert np.array_equal(second, program[3_000 + FADE : 7_010])
    assert largest_step(sound) < largest_step(program) + 0.02


def test_changing_the_loop_while_playing_leaves_the_sound_before_its_end_alone(
    player: Player,
) -> None:
    player.play_from(0)
    pull(player, 1_024)
    player.loop_over(Span(Samples(0), Samples(8_000)))
    assert np.array_equal(pull(player, 4_096), sine(RATE)[1_024:5_120])


def test_another_take_keeps_the_position_and_does_not_click(player: Player) -> None:
    other = sine(RATE, phase=np.pi / 2)
    player.play_from(0)
    before = pull(player, 4_096)
    player.swap_program(other)
    after = pull(player, 4_096)
    assert np.array_equal(after[FADE:], other[4_096 + FADE : 8_192])
    assert largest_step(np.concatenate([before, after])) < largest_step(other) + 0.02


def test_two_orders_within_one_fade_still_do_not_click(player: Player) -> None:
    player.play_from(0)
    sound = [pull(player, 1_024, block=64)]
    for phase in (1.0, 2.0, 3.0, 4.0):
        player.swap_program(sine(RATE, phase=phase))
        sound.append(pull(player, 64, block=64))
    sound.append(pull(player, 2_048, block=64))
    joined = np.concatenate(sound)
    assert largest_step(joined) < largest_step(sine(RATE)) + 0.02
    assert np.array_equal(joined[-1_000:], sine(RATE, phase=4.0)[len(joined) - 1_000 : len(joined)])


def test_seeking_while_playing_lands_on_the_sample(player: Player) -> None:
    player.play_from(0)
    pull(player, 1_024)
    player.play_from(20_000)
    assert np.array_equal(pull(player, 1_024)[FADE:], sine(RATE)[20_000 + FADE : 21_024])


def test_playing_a_stretch_once_ends_at_its_end_even_with_a_loop_inside(player: Player) -> None:
    player.loop_over(Span(Samples(1_000), Samples(1_500)))
    player.play_from(1_000, stop_at=3_000)
    sound = pull(player, 4_096)
    assert np.array_equal(sound[FADE:2_000], sine(RATE)[1_000 + FADE : 3_000])
    assert not sound[2_000 + FADE :].any()
    assert not player.is_playing


def test_a_hot_program_is_held_within_full_scale() -> None:
    player = Player(RATE)
    player.swap_program(sine(RATE, level=3.0))
    player.play_from(0)
    assert np.abs(pull(player, 4_096)).max() == 1.0


def test_the_heard_position_lags_by_the_latency_and_never_leaves_a_wrapped_loop(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.playback.player.time.perf_counter", lambda: 5.0)
    player.play_from(3_000)
    player.loop_over(Span(Samples(3_000), Samples(7_096)))
    pull(player, 2_560)
    assert player.heard_position(0.01) == 3_000 + 2_048 - 320
    pull(player, 2_048)
    assert player.heard_position(0.02) == 7_096 - 640


def test_a_clicked_note_sounds_on_top_of_what_plays_and_is_cut_softly_by_the_next(
    player: Player,
) -> None:
    note = sine(4_000, hz=440.0, level=0.25)
    player.play_from(0)
    player.one_shot.start(note)
    first = pull(player, 1_024)
    assert np.allclose(first[FADE:], (sine(RATE)[:1_024] + note[:1_024])[FADE:], atol=1e-6)
    player.one_shot.start(sine(4_000, hz=660.0, level=0.25))
    joined = np.concatenate([first, pull(player, 1_024)])
    assert largest_step(joined) < 0.08

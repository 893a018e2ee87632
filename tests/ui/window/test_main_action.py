from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Application
from app.model.edits.prompt import SetLength, SetPrompt
from app.model.selection import Selection
from engine.timebase import Samples, TempoMap

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Settled = Callable[[Application], None]
Press = Callable[..., None]


@pytest.fixture
def short(studio: Application) -> Application:
    """Two bars of four seconds in all, with something to steer by."""
    studio.document.apply(SetLength(2))
    studio.document.apply(SetPrompt("piano"))
    return studio


def select_bars(studio: Application, first: int, last: int) -> None:
    studio.workspace.set_selection(Selection(studio.document.project.tempo.bars(first, last)))


def test_the_button_names_the_act(short: Application) -> None:
    button = short.window.prompt_panel.main_button
    assert button.text() == "Generate bars 1\N{EN DASH}2 (4.0 s)"
    select_bars(short, 3, 3)
    assert button.text() == "Generate bar 3 (2.0 s)"
    short.workspace.set_selection(Selection())
    short.studio.song.set_tempo(96.0)
    assert button.text() == "Generate bars 1\N{EN DASH}2 (5.0 s)"
    short.studio.prompt.set_take_count(3)
    assert button.text().endswith(", 3 takes")
    short.studio.prompt.set_prompt("")
    assert button.text().startswith("Generate (unguided)")


def test_ctrl_enter_places_a_take_and_undo_withdraws_it_in_one_step(
    short: Application, press: Press, settled: Settled
) -> None:
    before = short.document.project
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    (group,) = short.document.project.take_groups
    (clip,) = short.document.project.audio.clips
    assert clip.take_id == group.heard == group.takes[0].id
    assert clip.length == Samples(4 * clip.asset.sample_rate_hz)
    assert short.document.undo_name == "Generate bars 1\N{EN DASH}2"
    press(short, Qt.Key.Key_Z, CTRL)
    assert not short.document.project.audio.clips
    assert not short.document.project.take_groups
    assert short.document.project.prompt == before.prompt
    press(short, Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(short.document.project.take_groups) == 1


def test_ctrl_enter_runs_while_the_prompt_is_being_typed(
    short: Application, press: Press, settled: Settled, qtbot: QtBot
) -> None:
    prompt = short.window.prompt_panel.prompt
    prompt.setFocus()
    qtbot.keyClicks(prompt, "warm ")
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    assert "warm" in short.document.project.recipes[0].prompt
    assert "\n" not in short.document.project.prompt


def test_three_takes_are_heard_by_their_numbers_and_the_original_by_zero(
    short: Application, press: Press, settled: Settled
) -> None:
    press(short, Qt.Key.Key_Return, CTRL | SHIFT)
    settled(short)
    (group,) = short.document.project.take_groups
    assert [take.seed - group.takes[0].seed for take in group.takes] == [0, 1, 2]
    for number, key in ((2, Qt.Key.Key_2), (3, Qt.Key.Key_3), (1, Qt.Key.Key_1)):
        press(short, key)
        (group,) = short.document.project.take_groups
        assert group.heard == group.takes[number - 1].id
    press(short, Qt.Key.Key_0)
    assert short.document.project.take_groups[0].heard is None
    assert not short.document.project.audio.clips


def test_keeping_a_take_tidies_the_others_away(
    short: Application, press: Press, settled: Settled
) -> None:
    press(short, Qt.Key.Key_Return, CTRL | SHIFT)
    settled(short)
    press(short, Qt.Key.Key_2)
    short.window.takes_panel.list.setFocus()
    press(short, Qt.Key.Key_Return)
    (group,) = short.document.project.take_groups
    assert [take.is_binned for take in group.takes] == [True, False, True]
    assert short.window.takes_panel.list.count() == 2


def test_cancelling_leaves_no_step(short: Application, press: Press, settled: Settled) -> None:
    short.document.apply(SetLength(200))
    names = short.document.undo_names
    press(short, Qt.Key.Key_Return, CTRL)
    press(short, Qt.Key.Key_Period, CTRL)
    settled(short)
    assert short.document.undo_names == names
    assert not short.document.project.audio.clips


def test_a_mask_over_sound_is_inpainted_and_the_rest_stays_bit_for_bit(
    short: Application, press: Press, settled: Settled
) -> None:
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    pool = short.files.folder.pool
    (clip,) = short.document.project.audio.clips
    before = pool.read(clip.asset).samples
    short.studio.arrange.audio.add_mask(TempoMap(120.0).bars(2, 2), "End")
    assert short.window.prompt_panel.main_button.text() == "Inpaint bar 2"
    short.studio.prompt.roll_seed()
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    kept, new = short.document.project.audio.clips
    assert kept.asset == clip.asset
    assert (kept.offset, kept.length) == (0, len(before[0]) // 2)
    take = short.document.project.take(new.take_id)
    assert take.is_untouched_verified


def test_the_seed_changes_after_a_run_unless_it_is_locked(
    short: Application, press: Press, settled: Settled
) -> None:
    short.studio.prompt.set_seed(11)
    short.studio.prompt.lock_seed(True)
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    assert short.document.project.seed == 11
    short.studio.prompt.lock_seed(False)
    steps = short.document.undo_names
    press(short, Qt.Key.Key_Return, CTRL)
    assert short.document.project.seed != 11
    assert short.document.undo_names == steps
    settled(short)
    seeds = [recipe.seed for recipe in short.document.project.recipes]
    assert seeds == [11, 11]


def test_starting_and_finishing_a_job_leaves_playback_alone(
    short: Application, press: Press, settled: Settled
) -> None:
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    assert not short.sound.transport.is_playing
    short.studio.playback.toggle_loop()
    press(short, Qt.Key.Key_Space)
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    assert short.sound.transport.is_playing


def test_without_sound_there_is_nothing_to_extend_and_that_is_said(short: Application) -> None:
    short.studio.extend.forward()
    assert "nothing to extend" in short.notices.messages[0]


def test_extending_plays_on_after_the_end(
    short: Application, press: Press, settled: Settled
) -> None:
    press(short, Qt.Key.Key_Return, CTRL)
    settled(short)
    short.studio.extend.forward()
    settled(short)
    first, second = short.document.project.audio.clips
    tempo = short.document.project.tempo
    assert second.start_sample(tempo) == first.end_sample(tempo)
    assert short.document.project.recipes[-1].act == "extend"

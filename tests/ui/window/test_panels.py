from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.actions.notice import Notice
from app.application import Application
from app.jobs.submit import submit_warm_up
from app.model.chord_block import ChordBlock
from app.model.edits.masks import AddMasks
from app.model.ids import MaskId
from app.model.lane import LaneId
from app.model.mask import MaskRegion
from app.ui.dialogs.take_details import take_facts
from app.ui.panels.prompt_panel import tempo_clash
from engine.errors import DeviceUnusable
from engine.timebase import TempoMap, Ticks


def type_length(studio: Application, text: str, qtbot: QtBot) -> None:
    field = studio.window.prompt_panel.length
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_seconds_are_honoured_exactly_and_whole_bars_are_offered(
    studio: Application, qtbot: QtBot
) -> None:
    studio.studio.song.set_tempo(96.0)
    type_length(studio, "16 s", qtbot)
    panel = studio.window.prompt_panel
    assert panel.length.note.text() == "= 6.4 bars"
    assert "(16.0 s)" in panel.main_button.text()
    offers = panel.length.offers.findChildren(QPushButton)
    assert [offer.text() for offer in offers] == [
        "6 bars = 15.0 s",
        "7 bars = 17.5 s",
        "8 bars = 20.0 s",
    ]
    qtbot.mouseClick(offers[1], Qt.MouseButton.LeftButton)
    assert studio.document.project.length_bars == 7
    assert panel.main_button.text().endswith("bars 1\N{EN DASH}7 (17.5 s)")
    assert panel.length.offers.isHidden()


def test_a_length_that_cannot_be_read_changes_nothing(studio: Application, qtbot: QtBot) -> None:
    type_length(studio, "soon", qtbot)
    field = studio.window.prompt_panel.length
    assert field.text() == "8 bars"
    assert studio.document.project.length_bars == 8


def test_a_chip_switches_its_lane(studio: Application, qtbot: QtBot) -> None:
    chip = studio.window.prompt_panel.chips.chip("drums")
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not studio.document.project.settings(LaneId.DRUMS).is_on
    assert chip.text().startswith("\N{WHITE CIRCLE}")
    studio.document.undo()
    assert chip.text().startswith("\N{BLACK CIRCLE}")


def test_a_mask_has_a_chip_that_lets_it_take_part_or_not(studio: Application, qtbot: QtBot) -> None:
    mask = MaskRegion(MaskId("m"), TempoMap().bars(3, 4))
    studio.document.apply(AddMasks((mask,)))
    chip = studio.window.prompt_panel.chips.chip("mask m")
    assert "Mask 3-4" in chip.text()
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not studio.document.project.mask(MaskId("m")).is_on
    studio.document.undo()
    studio.document.undo()
    with pytest.raises(KeyError):
        studio.window.prompt_panel.chips.chip("mask m")


def test_a_tempo_in_the_prompt_that_clashes_with_the_grid_is_said(studio: Application) -> None:
    studio.studio.prompt.set_prompt("techno at 140 bpm")
    chip = studio.window.prompt_panel.chips.chip("tempo")
    assert chip.text() == "prompt says 140 bpm; grid 120 BPM wins"
    studio.studio.song.set_tempo(140.0)
    assert tempo_clash(studio.document.project) is None
    assert chip.text() == "140 BPM"


def test_an_expert_option_can_be_set_and_put_back(studio: Application, qtbot: QtBot) -> None:
    expert = studio.window.prompt_panel.expert
    expert.fold.click()
    guidance, reset = expert._fields["guidance"], expert._resets["guidance"]
    assert (guidance.value(), reset.isHidden()) == (3.0, True)
    guidance.setValue(4.5)
    assert studio.document.project.expert.guidance == 4.5
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert studio.document.project.expert.guidance is None
    assert guidance.value() == 3.0


def test_ctrl_click_puts_a_number_back(studio: Application, qtbot: QtBot) -> None:
    takes = studio.window.prompt_panel.takes
    takes.setValue(5)
    assert studio.document.project.n_takes == 5
    qtbot.mouseClick(
        takes.lineEdit(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
    )
    assert studio.document.project.n_takes == 1


def test_the_position_can_be_typed_in_bars_or_in_time(studio: Application, qtbot: QtBot) -> None:
    bar = studio.window.transport_bar
    for readout, text, ticks in ((bar._position, "3.2", 8_640), (bar._clock, "0:02", 3_840)):
        readout.setFocus()
        readout.selectAll()
        qtbot.keyClicks(readout, text)
        qtbot.keyClick(readout, Qt.Key.Key_Return)
        assert studio.workspace.playhead == Ticks(ticks)
    assert bar._position.text() == "2.1.000"


def test_four_taps_set_the_tempo(studio: Application, qtbot: QtBot) -> None:
    now = [0.0]
    studio.studio.song._clock = lambda: now[0]
    tapped = None
    for _ in range(4):
        tapped = studio.studio.song.tap()
        now[0] += 0.625
    assert tapped == 96.0
    now[0] += 10.0
    assert studio.studio.song.tap() is None


def test_a_cause_is_told_once_and_withdrawn_when_it_is_gone(studio: Application) -> None:
    studio.notices.tell(Notice("disk", "The disk is full."))
    studio.notices.tell(Notice("sound", "No device."))
    studio.notices.tell(Notice("disk", "The disk is still full."))
    assert studio.notices.messages == ("The disk is still full.", "No device.")
    studio.notices.withdraw("disk")
    studio.notices.withdraw("sound")
    assert studio.notices.isHidden()


def test_the_answer_on_a_notice_is_carried_out(studio: Application, qtbot: QtBot) -> None:
    done: list[str] = []
    studio.notices.tell(Notice("x", "Stopped.", choices=(("Again", lambda: done.append("x")),)))
    button = next(
        button for button in studio.notices.findChildren(QPushButton) if button.text() == "Again"
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["x"]
    assert studio.notices.isHidden()


def test_the_clip_light_stays_on_until_it_is_clicked(studio: Application, qtbot: QtBot) -> None:
    meter = studio.window.transport_bar.meter
    meter.show_levels(0.0, -3.0)
    meter.show_levels(-20.0, -20.0)
    assert meter.has_clipped
    qtbot.mouseClick(meter, Qt.MouseButton.LeftButton)
    assert not meter.has_clipped


def test_chords_alone_get_a_hint_whose_buttons_write_ordinary_content(
    studio: Application, qtbot: QtBot
) -> None:
    hint = studio.window.prompt_panel.steering_hint
    assert hint.isHidden()
    span = TempoMap().bars(1, 2)
    studio.studio.arrange.chords.place([ChordBlock(span, "Am")])
    assert not hint.isHidden()
    beat, voice = (button for button in hint.findChildren(QPushButton))
    qtbot.mouseClick(beat, Qt.MouseButton.LeftButton)
    assert studio.document.project.drums.hits
    assert hint.isHidden()
    studio.document.undo()
    assert not hint.isHidden()
    qtbot.mouseClick(voice, Qt.MouseButton.LeftButton)
    assert {note.pitch % 12 for note in studio.document.project.notes.notes} == {9, 0, 4}


def test_the_first_steps_say_what_works_and_do_not_come_back(
    studio: Application, qtbot: QtBot
) -> None:
    card = studio.window.first_steps
    assert card.isVisible()
    studio._on_device_missing(DeviceUnusable("No sound device was found."))
    submit_warm_up(studio.queue)
    qtbot.waitUntil(lambda: "ready" in card.engine.text())
    assert card.ticks == ("attention", "well")
    card.close_for_good()
    assert studio.studio.settings.current.has_seen_first_steps


def test_the_details_of_a_take_say_how_it_was_made(studio: Application, qtbot: QtBot) -> None:
    studio.studio.prompt.set_prompt("slow strings")
    studio.studio.prompt.set_length(1)
    studio.studio.prompt.set_seed(4711)
    studio.studio.generate.run()
    qtbot.waitUntil(lambda: bool(studio.document.project.take_groups), timeout=20_000)
    take = studio.document.project.take_groups[0].takes[0]
    facts = dict(take_facts(studio.document.project, take))
    assert facts["Prompt"] == "slow strings"
    assert facts["Seed"] == "4711"
    assert facts["Region"] == "bar 1, 2.0 s"
    assert facts["model"]


def test_undo_and_redo_name_what_they_do(studio: Application) -> None:
    bar = studio.window.transport_bar
    assert not bar._undo.isEnabled()
    studio.studio.prompt.set_take_count(4)
    assert bar._undo.toolTip().startswith("Undo: Set number of takes")
    bar._undo.click()
    assert studio.document.project.n_takes == 1
    assert bar._redo.toolTip().startswith("Redo: Set number of takes")


def test_the_master_level_is_part_of_the_project(studio: Application) -> None:
    studio.window.transport_bar._master.setValue(-6.0)
    assert studio.document.project.mix.master_gain_db == -6.0
    studio.document.undo()
    assert studio.window.transport_bar._master.value() == 0.0

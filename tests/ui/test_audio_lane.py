"""Clips and masks under a hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from timeline_hand import (
    BAR,
    BEAT,
    CONTROL,
    SHIFT,
    Studio,
    bars,
    song,
    with_clip,
    with_mask,
)

from app.model.adherence import Adherence, Agreement, ChordAgreement
from app.model.clip import Clip
from app.model.ids import ClipId, GroupId, MaskId, RecipeId, TakeId
from app.model.lane import LaneId
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.selection import Selection
from app.model.take import Take, TakeGroup
from app.ui.lanes.audio_lane import AudioLaneCanvas
from app.ui.lanes.gesture import Pointer
from engine.timebase import Samples, Span, Ticks

Open = Callable[[Project], Studio]
HEADER_Y, WAVE_Y = 10, 60


def lane_of(studio: Studio) -> AudioLaneCanvas:
    return studio.view.audio_lane


def clip_of(studio: Studio) -> Clip:
    return studio.project.audio.clip(ClipId("c"))


def mask_span(studio: Studio) -> Span[Ticks]:
    return studio.project.mask(MaskId("m")).span


def test_a_drag_over_the_waveform_selects_time_and_i_masks_it(studio: Open) -> None:
    opened = studio(with_clip())
    start, end = (opened.x(2 * BAR) + 2, WAVE_Y), (opened.x(4 * BAR) - 2, WAVE_Y)
    opened.drag(lane_of(opened), start, end)
    assert opened.workspace.selection == Selection(bars(3, 4), frozenset((LaneId.AUDIO,)))
    QTest.keyClick(lane_of(opened), Qt.Key.Key_I)
    (mask,) = opened.project.masks
    assert mask.span == bars(3, 4)
    assert opened.document.undo_names == ("Add 1 mask",)


def test_the_header_moves_the_clip(studio: Open) -> None:
    opened = studio(with_clip())
    opened.drag(lane_of(opened), (100, HEADER_Y), (100 + opened.x(2 * BAR), HEADER_Y))
    assert clip_of(opened).position == 2 * BAR
    assert opened.document.undo_names == ("Move 1 clip",)


def test_ctrl_drag_duplicates_the_clip(studio: Open) -> None:
    opened = studio(with_clip(1, 1))
    opened.drag(lane_of(opened), (40, HEADER_Y), (40 + opened.x(2 * BAR), HEADER_Y), CONTROL)
    assert [clip.position for clip in opened.project.audio.clips] == [0, 2 * BAR]


def test_trimming_the_end_keeps_the_audio(studio: Open) -> None:
    opened = studio(with_clip())
    edge = opened.x(4 * BAR) - 3
    opened.drag(lane_of(opened), (edge, WAVE_Y), (edge - opened.x(BAR), WAVE_Y))
    assert clip_of(opened).span(opened.project.tempo) == bars(1, 3)
    edge = opened.x(3 * BAR) - 3
    opened.drag(lane_of(opened), (edge, WAVE_Y), (edge + opened.x(BAR), WAVE_Y))
    assert clip_of(opened).length == Samples(320000)


def test_trimming_the_start_moves_the_window_over_the_recording(studio: Open) -> None:
    opened = studio(with_clip())
    opened.drag(lane_of(opened), (3, WAVE_Y), (3 + opened.x(BAR), WAVE_Y))
    clip = clip_of(opened)
    assert (clip.position, clip.offset) == (BAR, Samples(80000))


def test_the_top_corner_sets_a_fade(studio: Open) -> None:
    opened = studio(with_clip())
    opened.drag(lane_of(opened), (6, 26), (6 + opened.x(BEAT), 26))
    assert clip_of(opened).fade_in == Samples(20000)


def test_a_mask_moves_and_its_grips_resize_it(studio: Open) -> None:
    opened = studio(with_mask(with_clip(), 2, 3))
    lane = lane_of(opened)
    middle = opened.x(2 * BAR)
    opened.drag(lane, (middle, WAVE_Y), (middle + opened.x(BAR), WAVE_Y))
    assert mask_span(opened) == bars(3, 4)
    right = opened.x(4 * BAR) - 2
    opened.drag(lane, (right, WAVE_Y), (right + opened.x(BAR), WAVE_Y))
    assert mask_span(opened) == bars(3, 5)
    left = opened.x(2 * BAR) + 2
    opened.drag(lane, (left, WAVE_Y), (left - opened.x(BAR), WAVE_Y))
    assert mask_span(opened) == bars(2, 5)
    assert opened.document.undo_names == ("Move mask", "Resize mask", "Resize mask")


def test_shift_selects_time_even_over_a_mask(studio: Open) -> None:
    opened = studio(with_mask(with_clip(), 1, 4))
    start, end = (opened.x(BAR) + 1, WAVE_Y), (opened.x(2 * BAR) - 1, WAVE_Y)
    opened.drag(lane_of(opened), start, end, SHIFT)
    assert opened.workspace.selection.span == bars(2, 2)


def test_delete_removes_the_selected_mask_and_leaves_the_clip(studio: Open) -> None:
    opened = studio(with_mask(with_clip(), 2, 3))
    opened.click(lane_of(opened), (opened.x(2 * BAR), WAVE_Y))
    QTest.keyClick(lane_of(opened), Qt.Key.Key_Delete)
    assert opened.project.masks == ()
    assert len(opened.project.audio.clips) == 1


def test_shift_i_clears_the_masks_in_the_selection(studio: Open) -> None:
    opened = studio(with_mask(with_clip(), 2, 3))
    opened.workspace.set_selection(Selection(bars(3, 4)))
    QTest.keyClick(lane_of(opened), Qt.Key.Key_I, SHIFT)
    assert opened.project.masks == ()


def test_double_click_on_a_mask_asks_for_its_prompt(studio: Open, qtbot: QtBot) -> None:
    opened = studio(with_mask(with_clip(), 2, 3))
    with qtbot.waitSignal(opened.view.stage.mask_prompt_wanted) as signal:
        opened.double_click(lane_of(opened), (opened.x(2 * BAR), WAVE_Y))
    assert signal.args == ["m"]


def test_double_click_on_a_waveform_selects_the_whole_clip(studio: Open) -> None:
    opened = studio(with_clip(2, 3))
    opened.double_click(lane_of(opened), (opened.x(2 * BAR), WAVE_Y))
    assert opened.workspace.selection.span == bars(2, 3)


def test_escape_takes_a_mask_drag_back(studio: Open) -> None:
    opened = studio(with_mask(with_clip(), 2, 3))
    lane = lane_of(opened)
    opened.press(lane, (opened.x(2 * BAR), WAVE_Y))
    opened.drag_to(lane, (opened.x(5 * BAR), WAVE_Y))
    assert mask_span(opened) != bars(2, 3)
    QTest.keyClick(lane, Qt.Key.Key_Escape)
    assert mask_span(opened) == bars(2, 3)
    assert not opened.document.can_undo


def test_ctrl_e_splits_at_the_playhead(studio: Open) -> None:
    opened = studio(with_clip())
    opened.workspace.set_playhead(Ticks(BAR))
    QTest.keyClick(lane_of(opened), Qt.Key.Key_E, CONTROL)
    assert [clip.position for clip in opened.project.audio.clips] == [0, BAR]


def with_take(agreement: Agreement = Agreement.OTHER) -> Project:
    """The clip plays take 2, which was asked for F in bar 1 and heard otherwise."""
    project = with_clip()
    clip = project.audio.clip(ClipId("c"))
    recipe = Recipe(
        id=RecipeId("r"),
        act="generate",
        started_at="2026-01-01T00:00:00",
        span=bars(1, 4),
        tempo=project.tempo,
        key=project.key,
        prompt="",
        negative="",
        seed=7,
        n_takes=1,
        chords=project.chords,
        drums=project.drums,
        notes=project.notes,
    )
    heard = ChordAgreement(bars(1, 1), "F", "Dm", agreement)
    take = Take(TakeId("t"), 2, clip.asset, Samples(0), 7, recipe.id, adherence=Adherence((heard,)))
    group = TakeGroup(GroupId("g"), bars(1, 4), (take,), take.id)
    return replace(
        project,
        audio=project.audio.with_clips((replace(clip, take_id=take.id),)),
        take_groups=(group,),
        recipes=(recipe,),
    )


def test_generated_sound_shows_a_spark_and_its_take(studio: Open) -> None:
    opened = studio(with_take())
    assert lane_of(opened).words_for(clip_of(opened)) == "✦ Take 2"


def test_a_missed_chord_can_be_masked_from_its_box(studio: Open) -> None:
    opened = studio(with_take())
    lane = lane_of(opened)
    box = lane.places.strip(bars(1, 1))
    pointer = Pointer(QPointF(box.center()))
    assert lane.tip(pointer).startswith("Asked F, heard Dm (estimate)")
    menu = lane.menu(pointer)
    assert menu is not None
    menu.actions()[-1].trigger()
    assert opened.project.masks[0].span == bars(1, 1)
    menu.deleteLater()


def test_changing_a_lane_makes_the_take_stale(studio: Open) -> None:
    opened = studio(with_take())
    lane, pointer = lane_of(opened), Pointer(QPointF(100, HEADER_Y))
    assert "Stale" not in lane.tip(pointer)
    opened.arrange.drums.paint([(Ticks(0), 36)])
    assert "Stale" in lane.tip(pointer)


@pytest.mark.parametrize("agreement", list(Agreement))
def test_every_kind_of_agreement_can_be_painted(studio: Open, agreement: Agreement) -> None:
    opened = studio(with_take(agreement))
    assert not lane_of(opened).grab().isNull()


def test_snap_meets_the_edges_of_clips_and_says_which(studio: Open) -> None:
    project = with_clip(1, 1)
    odd = replace(project.audio.clip(ClipId("c")), length=Samples(91234))
    opened = studio(with_mask(replace(project, audio=project.audio.with_clips((odd,))), 3, 3))
    lane, tempo = lane_of(opened), opened.project.tempo
    target = clip_of(opened).span(tempo).end
    opened.press(lane, (opened.x(2.5 * BAR), WAVE_Y))
    away = opened.x(2 * BAR) - opened.x(target)
    opened.drag_to(lane, (opened.x(2.5 * BAR) - away + 1, WAVE_Y))
    assert mask_span(opened).start == target
    assert lane.guide == target
    opened.release(lane, (opened.x(2.5 * BAR) - away + 1, WAVE_Y))
    assert lane.guide is None


def test_an_empty_lane_says_what_to_do(studio: Open) -> None:
    opened = studio(song())
    assert "press Ctrl+Enter" in lane_of(opened).accessibleDescription()

"""Lanes are painted once and mended where they change: a mended picture equals a fresh one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from timeline_hand import BAR, BEAT, Studio, bars, song

from app.model.chord_block import ChordBlock
from app.model.clip import Asset, Clip
from app.model.drum_hit import DrumHit
from app.model.ids import AssetId, ClipId, MaskId
from app.model.lane import LaneId
from app.model.mask import MaskRegion
from app.model.note import Note
from app.model.project import Project
from app.model.selection import Selection
from app.ui.lanes.lane_canvas import LaneCanvas
from app.ui.lanes.lane_picture import MOST_PARTS
from engine.timebase import Samples, Span, Ticks

Open = Callable[[Project], Studio]
N_BARS = 64
ROUNDING = 4
"""Of 255: smooth edges are rounded a little differently where a shape leaves the picture."""


def full_song() -> Project:
    """Something on every bar of every lane."""
    project = song()
    names = ("Am", "F", "C", "G/B", "Dm7", "E7", "Hm")
    blocks = tuple(ChordBlock(bars(n, n), names[n % 7]) for n in range(1, N_BARS, 2))
    hits = [
        DrumHit(Ticks(step * BEAT // 2), 36 if step % 4 == 0 else 42, 40 + step * 7 % 80)
        for step in range(N_BARS * 8)
    ]
    notes = tuple(
        Note(Span(Ticks(n * BEAT), Ticks(n * BEAT + BEAT * (1 + n % 5))), 50 + n * 7 % 23)
        for n in range(N_BARS * 4)
    )
    asset = Asset(AssetId("tone"), "wav", 32000, 1, Samples(3_200_000))
    clips = [
        Clip(
            ClipId(f"clip {n}"),
            asset,
            Ticks(n * 12 * BAR),
            Samples(900_000),
            offset=Samples(n * 7000),
            fade_in=Samples(9000),
            fade_out=Samples(90000),
            name=f"Sound {n} with a rather long name",
        )
        for n in range(4)
    ]
    masks = tuple(
        MaskRegion(MaskId(f"mask {n}"), bars(n * 9 + 2, n * 9 + 6), "Bridge", "strings only")
        for n in range(4)
    )
    return replace(
        project,
        chords=replace(project.chords, blocks=blocks),
        drums=project.drums.with_hits(hits),
        notes=replace(project.notes, notes=notes),
        audio=project.audio.with_clips(clips),
        masks=masks,
    )


def pixels_of(lane: QWidget) -> np.ndarray:
    """What is seen of a lane: ``[height, width, 4]``, 0 to 255."""
    image = lane.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    shape = (image.height(), image.width(), 4)
    return np.frombuffer(image.constBits(), np.uint8).reshape(shape).astype(int)


def check_against_fresh(opened: Studio, what: str) -> None:
    for name, lane in (*opened.view.canvases.items(), ("ruler", opened.view.ruler)):
        mended = pixels_of(lane)
        lane._picture.spoil_all()
        differences = np.abs(mended - pixels_of(lane)).max(axis=2)
        rows, columns = np.nonzero(differences > ROUNDING)
        assert not len(rows), (
            f"{name} after {what}: {len(rows)} pixels differ in x {columns.min()}.."
            f"{columns.max()}, y {rows.min()}..{rows.max()}, by up to {differences.max()}"
        )


@contextmanager
def painted_parts(lane: LaneCanvas) -> Iterator[list[QRect]]:
    """Collects which parts of a lane are painted; nothing is stale at the beginning."""
    lane.grab()
    parts: list[QRect] = []
    original = lane.paint_lane

    def noted(painter: object, area: QRect) -> None:
        parts.append(QRect(area))
        original(painter, area)  # type: ignore[arg-type]

    lane.paint_lane = noted  # type: ignore[method-assign]
    yield parts
    lane.paint_lane = original  # type: ignore[method-assign]


def random_step(opened: Studio, dice: random.Random) -> str:
    """One thing a person does."""
    axis, arrange, project = opened.view.axis, opened.arrange, opened.project
    bar = dice.randrange(1, 12)
    match dice.randrange(13):
        case 0 | 1 | 2:
            axis.scroll_by(px := dice.randrange(-400, 600))
            return f"scrolling by {px}"
        case 3:
            axis.zoom_at(factor := dice.uniform(0.6, 1.7), dice.randrange(800))
            return f"zooming by {factor}"
        case 4:
            arrange.drums.toggle(Ticks(bar * BAR + dice.randrange(16) * 240), 38)
            return "toggling a step"
        case 5:
            arrange.notes.move([dice.choice(project.notes.notes)], 240, dice.randrange(-3, 4))
            return "moving a note"
        case 6:
            arrange.chords.place([ChordBlock(bars(bar, bar), "Bb")])
            return "placing a chord"
        case 7:
            opened.workspace.set_selection(Selection(bars(bar, bar + dice.randrange(4))))
            return "selecting bars"
        case 8:
            items = (
                *dice.sample(project.notes.notes, 2),
                *dice.sample(project.drums.hits, 3),
                *dice.sample(project.chords.blocks, 2),
                dice.choice(project.audio.clips).id,
                dice.choice(project.masks).id,
            )
            opened.workspace.set_selection(Selection(items=frozenset(items)))
            return "selecting items"
        case 9:
            opened.workspace.set_focused_lane(dice.choice(list(LaneId)))
            return "focusing a lane"
        case 10:
            arrange.audio.move_clips(
                [dice.choice(project.audio.clips).id], BEAT * dice.choice((-1, 2))
            )
            return "moving a clip"
        case 11:
            arrange.audio.move_mask(dice.choice(project.masks).id, BAR * dice.choice((-1, 1)))
            return "moving a mask"
        case _:
            opened.document.undo()
            return "undoing"


@pytest.mark.parametrize("seed", range(3))
def test_a_picture_mended_after_many_steps_equals_a_fresh_one(studio: Open, seed: int) -> None:
    opened = studio(full_song())
    dice = random.Random(seed)
    check_against_fresh(opened, "opening")
    for _ in range(20):
        check_against_fresh(opened, random_step(opened, dice))


def test_a_new_step_paints_only_where_it_stands(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.drum_lane
    with painted_parts(lane) as parts:
        opened.arrange.drums.toggle(Ticks(BAR + 240), 38)
        lane.grab()
    (part,) = parts
    assert part.left() <= opened.x(BAR + 240) <= part.right()
    assert part.width() <= 16
    assert part.height() <= 30


def test_an_edit_on_one_lane_paints_no_other(studio: Open) -> None:
    opened = studio(full_song())
    view = opened.view
    with (
        painted_parts(view.chord_lane) as chords,
        painted_parts(view.note_lane) as notes,
        painted_parts(view.audio_lane) as audio,
    ):
        opened.arrange.drums.toggle(Ticks(BAR + 240), 38)
        view.grab()
    assert chords == notes == audio == []


def test_a_changed_chord_paints_its_bars_on_its_own_lane(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.chord_lane
    with painted_parts(lane) as parts:
        opened.arrange.chords.place([ChordBlock(bars(2, 2), "Bb")])
        lane.grab()
    left, right = opened.x(BAR), opened.x(2 * BAR)
    assert min(part.left() for part in parts) >= left - 8
    assert max(part.right() for part in parts) <= right + 8


def test_scrolling_paints_what_comes_in_and_moves_the_rest(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.note_lane
    opened.view.axis.scroll_by(300)
    with painted_parts(lane) as parts:
        opened.view.axis.scroll_by(40)
        lane.grab()
    (part,) = parts
    assert part.width() == 40
    assert part.right() >= lane.width() - 1


def test_scrolling_paints_a_name_anew_that_stays_in_sight(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.chord_lane
    opened.view.axis.scroll_by(opened.x(2 * BAR + BEAT))  # bar 3 begins left of the view
    with painted_parts(lane) as parts:
        opened.view.axis.scroll_by(10)
        lane.grab()
    assert any(part.left() <= 0 and part.right() >= opened.x(3 * BAR) - 2 for part in parts)
    assert sum(part.width() for part in parts) < lane.width() / 2


def test_selecting_a_note_paints_its_column_alone(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.note_lane
    note = opened.project.notes.notes[4]
    with painted_parts(lane) as parts:
        opened.workspace.set_selection(Selection(items=frozenset((note,))))
        lane.grab()
    (part,) = parts
    assert part.left() <= opened.x(note.span.start) < opened.x(note.span.end) <= part.right() + 1
    assert part.width() <= opened.x(note.span.end) - opened.x(note.span.start) + 8


def test_growing_a_selection_paints_the_bars_that_join(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.audio_lane
    opened.workspace.set_selection(Selection(bars(1, 2)))
    with painted_parts(lane) as parts:
        opened.workspace.set_selection(Selection(bars(1, 3)))
        lane.grab()
    assert min(part.left() for part in parts) >= opened.x(2 * BAR) - 4
    assert max(part.right() for part in parts) <= opened.x(3 * BAR) + 4


def test_many_changes_far_apart_become_one_rectangle(studio: Open) -> None:
    opened = studio(full_song())
    lane = opened.view.drum_lane
    with painted_parts(lane) as parts:
        for step in range(20):
            opened.arrange.drums.toggle(Ticks(step * 480 + 120), 38)
        lane.grab()
    assert len(parts) <= MOST_PARTS

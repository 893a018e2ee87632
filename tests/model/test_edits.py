from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from arbitrary_projects import (
    ASSET,
    EMPTY,
    Maker,
    makers,
    place_takes,
    play,
    projects,
    spans,
)
from hypothesis import given
from hypothesis import strategies as st

from app.model.audio_run import audio_runs
from app.model.chord_block import ChordBlock, ChordLane
from app.model.clip import Clip, carve_clips, cut_clip
from app.model.drum_hit import DrumHit, DrumRow
from app.model.edits.chords import (
    ChangeChords,
    ClearChords,
    PlaceChords,
    RemoveChords,
    SetChordText,
    SplitChord,
)
from app.model.edits.clips import (
    AddClips,
    MoveClips,
    RemoveClips,
    ReplaceClips,
    SetClipFades,
    SetClipGain,
    SplitClips,
    TrimClip,
)
from app.model.edits.drums import ChangeHits, FillDrums, OrderDrumRows, SetDrumRow, ToggleHit
from app.model.edits.masks import AddMasks, ClearMasks, RemoveMasks, SetMask
from app.model.edits.mix import ClearSolos, SetLane
from app.model.edits.notes import ChangeNotes
from app.model.edits.tempo import SetMeter, SetTempo
from app.model.ids import ClipId, MaskId
from app.model.lane import LaneId, LaneSettings
from app.model.mask import MaskRegion
from app.model.note import Note, settle_notes
from app.model.project import Project
from engine.timebase import Meter, Samples, Span, Ticks

BAR = 3840


def span(start: int, end: int) -> Span[Ticks]:
    return Span(Ticks(start), Ticks(end))


def bars(first: int, last: int) -> Span[Ticks]:
    return EMPTY.tempo.bars(first, last)


def chord(start: int, end: int, text: str = "Am") -> ChordBlock:
    return ChordBlock(span(start, end), text)


def texts(project: Project) -> list[tuple[int, int, str]]:
    return [(b.span.start, b.span.end, b.text) for b in project.chords.blocks]


def clip(name: str = "c", position: int = 0, length: int = 64_000, offset: int = 0) -> Clip:
    return Clip(ClipId(name), ASSET, Ticks(position), Samples(length), Samples(offset))


WITH_CHORDS = PlaceChords((chord(0, BAR, "Am"), chord(BAR, 2 * BAR, "F"))).apply(EMPTY)


# Chords


def test_a_placed_chord_makes_its_neighbours_yield() -> None:
    project = PlaceChords((chord(1000, 5000, "G"),)).apply(WITH_CHORDS)
    assert texts(project) == [(0, 1000, "Am"), (1000, 5000, "G"), (5000, 7680, "F")]
    assert project.notes is WITH_CHORDS.notes
    inside = PlaceChords((chord(960, 1920, "E"),)).apply(WITH_CHORDS)
    assert texts(inside)[:3] == [(0, 960, "Am"), (960, 1920, "E"), (1920, 3840, "Am")]


def test_chords_are_moved_split_retyped_and_removed() -> None:
    am, f = WITH_CHORDS.chords.blocks
    moved = ChangeChords((am,), (chord(9000, 12_000, "Am"),)).apply(WITH_CHORDS)
    assert texts(moved) == [(3840, 7680, "F"), (9000, 12_000, "Am")]
    assert texts(SplitChord(am, Ticks(960)).apply(WITH_CHORDS))[:2] == [
        (0, 960, "Am"),
        (960, 3840, "Am"),
    ]
    assert texts(SetChordText(f, "F?").apply(WITH_CHORDS))[1] == (3840, 7680, "F?")
    assert texts(RemoveChords((am,)).apply(WITH_CHORDS)) == [(3840, 7680, "F")]
    assert texts(ClearChords(span(960, 4800)).apply(WITH_CHORDS)) == [
        (0, 960, "Am"),
        (4800, 7680, "F"),
    ]


def test_chords_that_are_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError):
        RemoveChords((chord(0, 1),)).apply(WITH_CHORDS)
    with pytest.raises(ValueError, match="overlap"):
        ChordLane((chord(0, 100), chord(50, 200)))


# Notes


def note(start: int, end: int, pitch: int = 60, velocity: int = 90) -> Note:
    return Note(span(start, end), pitch, velocity)


def test_notes_of_one_pitch_are_cut_where_the_next_begins() -> None:
    assert settle_notes([note(0, 960), note(480, 1440), note(0, 960, 64)]) == (
        note(0, 480),
        note(0, 960, 64),
        note(480, 1440),
    )


def test_of_two_notes_that_start_together_the_later_stays_with_the_longer_length() -> None:
    assert settle_notes([note(0, 960, velocity=50), note(0, 480, velocity=70)]) == (
        note(0, 960, velocity=70),
    )


def test_notes_are_replaced_and_others_stay_the_same_objects() -> None:
    project = ChangeNotes((), (note(0, 480), note(960, 1440))).apply(EMPTY)
    first, second = project.notes.notes
    changed = ChangeNotes((first,), (note(0, 240, 72),)).apply(project)
    assert changed.notes.notes == (note(0, 240, 72), second)
    assert changed.notes.notes[1] is second
    assert changed.chords is project.chords
    with pytest.raises(KeyError):
        ChangeNotes((first,), ()).apply(changed)


@pytest.mark.parametrize(
    "broken", [(-1, 5, 60, 90), (0, 5, 128, 90), (0, 5, 60, 0), (5, 5, 60, 90)]
)
def test_an_impossible_note_cannot_exist(broken: tuple[int, int, int, int]) -> None:
    start, end, pitch, velocity = broken
    with pytest.raises(ValueError, match=r"note|pitch|velocity|span"):
        note(start, end, pitch, velocity)


# Drums


def test_a_step_is_toggled_on_and_off() -> None:
    toggle = ToggleHit(Ticks(480), 36)
    on = toggle.apply(EMPTY)
    assert on.drums.hits == (DrumHit(Ticks(480), 36),)
    assert toggle.apply(on).drums.hits == ()


def test_unknown_drums_get_a_row_of_their_own() -> None:
    project = ChangeHits((), (DrumHit(Ticks(0), 99), DrumHit(Ticks(0), 36))).apply(EMPTY)
    assert project.drums.rows[-1] == DrumRow(99, "Note 99")
    assert [hit.pitch for hit in project.drums.hits] == [36, 99]


def test_filling_replaces_only_its_stretch() -> None:
    hits = tuple(DrumHit(Ticks(tick), 36) for tick in (0, 3839, 3840, 7680))
    project = ChangeHits((), hits).apply(EMPTY)
    filled = FillDrums(bars(2, 2), (DrumHit(Ticks(4000), 38),)).apply(project)
    assert [(hit.time, hit.pitch) for hit in filled.drums.hits] == [
        (0, 36),
        (3839, 36),
        (4000, 38),
        (7680, 36),
    ]


def test_rows_are_changed_and_reordered() -> None:
    project = SetDrumRow(DrumRow(38, "Snare", nudge_ms=12.0)).apply(EMPTY)
    assert project.drums.rows[1].nudge_ms == 12.0
    pitches = tuple(row.pitch for row in reversed(project.drums.rows))
    assert OrderDrumRows(pitches).apply(project).drums.rows[-2].nudge_ms == 12.0
    with pytest.raises(ValueError, match="not the drum rows"):
        OrderDrumRows(pitches[1:]).apply(project)
    with pytest.raises(KeyError):
        SetDrumRow(DrumRow(99, "None")).apply(project)


# Clips


@given(projects, spans)
def test_cutting_out_and_what_is_left_make_the_whole(project: Project, hole: Span[Ticks]) -> None:
    tempo = project.tempo
    for whole in project.audio.clips:
        part = cut_clip(whole, hole, tempo)
        rest = carve_clips((whole,), hole, tempo)
        pieces = sorted([*rest, *([part] if part else [])], key=lambda c: c.start_sample(tempo))
        assert sum(piece.length for piece in pieces) == whole.length
        assert pieces[0].start_sample(tempo) == whole.start_sample(tempo)
        for left, right in pairwise(pieces):
            assert left.end_sample(tempo) == right.start_sample(tempo)
            assert left.offset + left.length == right.offset


@given(st.lists(st.integers(1, 50_000), max_size=4), st.integers(1, 99_999), st.floats(30, 300))
def test_pieces_of_a_clip_still_meet_after_moves_and_tempo_changes(
    cuts: list[int], distance: int, tempo_bpm: float
) -> None:
    project = AddClips((clip(position=7, length=1_000_000),)).apply(EMPTY)
    for at in cuts:
        project = SplitClips(Ticks(at)).apply(project)
    ids = frozenset(piece.id for piece in project.audio.clips)
    project = MoveClips(ids, Ticks(distance)).apply(project)
    project = SetTempo(tempo_bpm).apply(project)
    (run,) = audio_runs(project.audio.clips, project.tempo)
    assert sum(piece.length for piece in run.clips) == 1_000_000
    for left, right in pairwise(run.clips):
        assert left.end_sample(project.tempo) == right.start_sample(project.tempo)


def test_a_tempo_change_leaves_sound_where_it_was_in_seconds() -> None:
    project = AddClips((clip(position=3 * BAR),)).apply(WITH_CHORDS)
    before = project.audio.clips[0].seconds(project.tempo)
    faster = SetTempo(181.3).apply(project)
    assert faster.audio.clips[0].seconds(faster.tempo) == before
    assert faster.chords is project.chords
    kept = SetTempo(240.0, keep_seconds=True).apply(project)
    assert texts(kept)[0] == (0, 2 * BAR, "Am")


def test_moving_stops_at_bar_one() -> None:
    project = AddClips((clip("a", 100), clip("b", 500))).apply(EMPTY)
    moved = MoveClips(frozenset({ClipId("a"), ClipId("b")}), Ticks(-300)).apply(project)
    assert [c.position for c in moved.audio.clips] == [0, 400]


def test_trimmed_sound_can_return() -> None:
    project = AddClips((clip(position=1920, length=64_000, offset=16_000),)).apply(EMPTY)
    name = ClipId("c")
    short = TrimClip(name, span(2880, 3840)).apply(project)
    (trimmed,) = short.audio.clips
    assert (trimmed.position, trimmed.length, trimmed.offset) == (2880, 16_000, 32_000)
    wide = TrimClip(name, span(0, BAR * 2)).apply(short)
    (opened,) = wide.audio.clips
    assert (opened.offset, opened.position) == (0, 960)
    assert opened.end_sample(wide.tempo) == 128_000
    with pytest.raises(ValueError, match="nothing"):
        TrimClip(name, span(200_000, 300_000)).apply(short)


def test_clips_are_split_joined_faded_and_removed() -> None:
    project = SetClipFades(ClipId("c"), Samples(100), Samples(200)).apply(
        AddClips((clip(),)).apply(EMPTY)
    )
    left, right = SplitClips(Ticks(960)).apply(project).audio.clips
    assert (left.fade_in, left.fade_out, right.fade_in, right.fade_out) == (100, 0, 0, 200)
    assert left.id == "c" != right.id
    joined = ReplaceClips(frozenset({ClipId("c")}), clip("new")).apply(project)
    assert [c.id for c in joined.audio.clips] == ["new"]
    assert RemoveClips(frozenset({ClipId("c")})).apply(project).audio.clips == ()
    with pytest.raises(KeyError):
        RemoveClips(frozenset({ClipId("x")})).apply(project)
    with pytest.raises(ValueError, match="gain"):
        SetClipGain(ClipId("c"), 40.0).apply(project)


def test_a_clip_cannot_leave_its_recording() -> None:
    with pytest.raises(ValueError, match="inside its recording"):
        clip(length=ASSET.n_samples, offset=1)


# Masks, mix, meter


def test_masks_are_added_in_order_changed_and_cleared() -> None:
    masks = (
        MaskRegion(MaskId("b"), bars(5, 6)),
        MaskRegion(MaskId("a"), bars(1, 2)),
    )
    project = AddMasks(masks).apply(EMPTY)
    assert [mask.id for mask in project.masks] == ["a", "b"]
    moved = SetMask(replace(masks[1], span=bars(7, 8))).apply(project)
    assert [mask.id for mask in moved.masks] == ["b", "a"]
    assert [m.id for m in ClearMasks(bars(6, 6)).apply(moved).masks] == ["a"]
    assert RemoveMasks(frozenset({MaskId("a"), MaskId("b")})).apply(moved).masks == ()
    with pytest.raises(KeyError):
        SetMask(MaskRegion(MaskId("x"), bars(1, 1))).apply(project)
    with pytest.raises(ValueError, match="one id"):
        AddMasks((masks[0],)).apply(project)


def test_all_solos_are_cleared_at_once() -> None:
    project = SetLane(LaneId.NOTES, LaneSettings(is_solo=True)).apply(EMPTY)
    project = SetDrumRow(DrumRow(36, "Kick", is_solo=True)).apply(project)
    cleared = ClearSolos().apply(project)
    assert not cleared.notes.settings.is_solo
    assert not any(row.is_solo for row in cleared.drums.rows)


def test_a_new_meter_moves_only_the_bar_lines() -> None:
    project = SetMeter(Meter(6, 8)).apply(WITH_CHORDS)
    assert project.chords is WITH_CHORDS.chords
    assert project.tempo.bars(2, 2) == span(2880, 5760)


@given(st.lists(makers, max_size=8))
def test_an_edit_never_changes_the_project_it_was_given(edits: list[Maker]) -> None:
    before = place_takes(WITH_CHORDS, "r", bars(2, 3), True).apply(WITH_CHORDS)
    kept = replace(before)
    play(before, edits)
    assert kept == before

from __future__ import annotations

from dataclasses import replace

import pytest
from arbitrary_projects import ASSET, EMPTY, make_recipe, make_take, place_takes

from app.model.chord_symbol import read_symbol
from app.model.clip import Clip
from app.model.drum_hit import DrumHit, DrumRow
from app.model.drum_pattern import CLAP, KICK, PATTERNS, SNARE, pattern_hits
from app.model.edits.chords import PasteLeadSheet
from app.model.edits.clips import AddClips, MoveClips
from app.model.edits.drums import ChangeHits, SetDrumRow, SetSwing, ToggleHit
from app.model.edits.masks import AddMasks
from app.model.edits.mix import SetLane
from app.model.edits.notes import ChangeNotes
from app.model.edits.prompt import SetPrompt
from app.model.edits.takes import NewTakes, PlaceTakes
from app.model.edits.tempo import SetTempo
from app.model.ids import ClipId, MaskId
from app.model.lane import LaneId, LaneSettings
from app.model.mask import MaskRegion
from app.model.note import Note
from app.model.note_shaping import (
    humanise_hits,
    invert,
    legato,
    move_notes,
    quantise_notes,
    ramp_notes,
    stretch_notes,
    transpose_in_scale,
)
from app.model.performance import perform
from app.model.project import Expert, Mix, Project
from app.model.region import describe_bars, describe_position
from app.model.snapping import Grid, coarser, finer, grid_step, snap, snap_down, snap_targets
from app.model.stale import is_clip_stale, is_take_stale, stale_bars
from app.model.voicing import voice_chords
from engine.timebase import Meter, Samples, Span, TempoMap, Ticks

FOUR = Meter(4, 4)


def span(start: int, end: int) -> Span[Ticks]:
    return Span(Ticks(start), Ticks(end))


def note(start: int, end: int, pitch: int = 60, velocity: int = 90) -> Note:
    return Note(span(start, end), pitch, velocity)


def bars(first: int, last: int) -> Span[Ticks]:
    return EMPTY.tempo.bars(first, last)


# Performance


def test_gaps_and_unknown_chords_are_played_as_no_chord() -> None:
    project = PasteLeadSheet("Am Hm", Ticks(3840)).apply(EMPTY)
    score = perform(project, bars(1, 4))
    assert [(c.span.start, c.span.end, c.label) for c in score.chords] == [
        (0.0, 2.0, "N"),
        (2.0, 4.0, "A:min"),
        (4.0, 6.0, "N"),
        (6.0, 8.0, "N"),
    ]
    assert perform(EMPTY, bars(1, 4)).chords == ()


def test_a_stretch_counts_from_its_start_and_knows_its_bars() -> None:
    project = ChangeNotes((), (note(1920, 5760),)).apply(EMPTY)
    score = perform(project, span(2880, 4800))
    assert (score.duration, score.first_downbeat) == (1.0, 0.5)
    assert (score.notes[0].span.start, score.notes[0].span.end) == (0.0, 1.0)


def test_swing_nudges_mutes_and_solos_are_played() -> None:
    hits = tuple(DrumHit(Ticks(tick), pitch) for tick in (0, 240, 480) for pitch in (36, 38))
    project = SetSwing(58.0).apply(ChangeHits((), hits).apply(EMPTY))
    project = SetDrumRow(DrumRow(38, "Snare", nudge_ms=12.0)).apply(project)
    times = {(hit.pitch, round(hit.time, 4)) for hit in perform(project, bars(1, 1)).drums}
    assert times == {
        (36, 0.0), (36, 0.1448), (36, 0.25), (38, 0.012), (38, 0.1568), (38, 0.262),
    }  # fmt: skip
    muted = SetDrumRow(DrumRow(38, "Snare", is_muted=True)).apply(project)
    assert {hit.pitch for hit in perform(muted, bars(1, 1)).drums} == {36}
    solo = SetDrumRow(DrumRow(38, "Snare", is_solo=True)).apply(project)
    assert {hit.pitch for hit in perform(solo, bars(1, 1)).drums} == {38}


def test_a_nudge_never_leaves_the_stretch() -> None:
    project = ChangeHits((), (DrumHit(Ticks(3839), 36), DrumHit(Ticks(0), 38))).apply(EMPTY)
    project = SetDrumRow(DrumRow(36, "Kick", nudge_ms=90.0)).apply(project)
    project = SetDrumRow(DrumRow(38, "Snare", nudge_ms=-90.0)).apply(project)
    first, last = perform(project, bars(1, 1)).drums
    assert first.time == 0.0
    assert 1.99 < last.time < 2.0


# Drum patterns


@pytest.mark.parametrize("meter", [Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(7, 8), Meter(1, 4)])
@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_fits_every_meter(name: str, meter: Meter) -> None:
    hits = pattern_hits(name, meter, 4, at=meter.bar_ticks, has_fill=True)
    assert ChangeHits((), hits).apply(EMPTY).drums.hits == hits
    assert all(meter.bar_ticks <= hit.time < 5 * meter.bar_ticks for hit in hits)
    downbeats = {hit.time for hit in hits if hit.pitch == KICK}
    if name != "one drop":  # it is called so because it leaves the first beat out
        assert meter.bar_ticks in downbeats


def times_of(name: str, pitch: int, meter: Meter) -> list[int]:
    return [hit.time for hit in pattern_hits(name, meter, 1) if hit.pitch == pitch]


def test_the_beat_is_where_it_belongs() -> None:
    assert times_of("four-on-the-floor", KICK, FOUR) == [0, 960, 1920, 2880]
    assert times_of("four-on-the-floor", CLAP, FOUR) == [960, 2880]
    assert times_of("backbeat", SNARE, FOUR) == [960, 2880]
    assert times_of("half-time", SNARE, FOUR) == [1920]
    assert times_of("backbeat", SNARE, Meter(6, 8)) == [1440]
    assert times_of("backbeat", SNARE, Meter(3, 4)) == [960, 1920]
    assert times_of("four-on-the-floor", KICK, Meter(6, 8)) == [0, 1440]


def test_an_unknown_pattern_is_refused() -> None:
    with pytest.raises(KeyError):
        pattern_hits("polka", FOUR, 1)


# Shaping notes


def test_notes_move_together_and_stop_at_the_edges() -> None:
    moved = move_notes((note(100, 200, 1), note(300, 400, 120)), -500, 20)
    assert [(n.span.start, n.pitch) for n in moved] == [(0, 8), (200, 127)]


def test_notes_are_quantised_with_strength_and_swing() -> None:
    assert [n.span.start for n in quantise_notes((note(250, 490), note(470, 500)), Ticks(240))] == [
        240,
        480,
    ]
    assert quantise_notes((note(260, 500),), Ticks(240), strength=0.5)[0].span == span(250, 490)
    assert quantise_notes((note(250, 490),), Ticks(240), swing=75.0)[0].span.start == 360


def test_other_shapes() -> None:
    assert [n.span.end for n in legato((note(0, 10), note(480, 500), note(960, 1000)))] == [
        480, 960, 1000,
    ]  # fmt: skip
    assert [n.pitch for n in invert((note(0, 1, 60), note(1, 2, 64), note(2, 3, 67)))] == [
        67, 63, 60,
    ]  # fmt: skip
    assert [n.velocity for n in ramp_notes((note(0, 1), note(1, 2), note(2, 3)), 40, 120)] == [
        40, 80, 120,
    ]  # fmt: skip
    assert [n.pitch for n in transpose_in_scale((note(0, 1, 60), note(1, 2, 61)), 1, "C:maj")] == [
        62, 62,
    ]  # fmt: skip
    assert transpose_in_scale((note(0, 1, 61),), -1, "C:maj")[0].pitch == 60
    assert stretch_notes((note(100, 200),), start_by=500)[0].span == span(199, 200)
    assert stretch_notes((note(100, 200),), end_by=-500)[0].span == span(100, 101)


def test_the_same_seed_humanises_the_same_way() -> None:
    hits = tuple(DrumHit(Ticks(tick), 42) for tick in range(0, 3840, 480))
    once = humanise_hits(hits, Ticks(20), 10, seed=1)
    assert once == humanise_hits(hits, Ticks(20), 10, seed=1) != hits
    assert all(abs(a.time - b.time) <= 20 for a, b in zip(once, hits, strict=True))


def test_voicings_hold_the_chord_and_its_bass() -> None:
    project = PasteLeadSheet("Am F/C Hm N.C. G7", Ticks(0)).apply(EMPTY)
    for is_open in (False, True):
        notes = voice_chords(project.chords.blocks, is_open)
        assert ChangeNotes((), notes).apply(EMPTY).notes.notes == notes
        for block in project.chords.blocks:
            harmony = read_symbol(block.text).harmony
            pitches = [n.pitch for n in notes if n.span == block.span]
            if harmony is None:
                assert pitches == []
            else:
                assert {pitch % 12 for pitch in pitches} == harmony.pitch_classes
                assert min(pitches) % 12 == harmony.bass_pitch_class


# Snapping


def test_the_grid_follows_the_zoom() -> None:
    steps = [grid_step(Grid.ADAPTIVE, FOUR, px) for px in (1.0, 0.02, 0.01, 0.003, 0.001)]
    assert steps == [240, 480, 960, 3840, 15_360]
    assert grid_step(Grid.EIGHTH_TRIPLET, FOUR, 1.0) == 320
    assert grid_step(Grid.BEAT, Meter(6, 8), 1.0) == 480
    assert finer(Grid.BEAT) is Grid.EIGHTH
    assert coarser(Grid.BAR) is Grid.BAR


def test_edits_land_on_the_grid_or_on_things_nearby() -> None:
    project = AddMasks((MaskRegion(MaskId("m"), span(1000, 2000)),)).apply(EMPTY)
    targets = snap_targets(project, loop=span(0, 5000), playhead=Ticks(1010))
    assert snap(Ticks(940), Ticks(960)).position == 960
    assert snap(Ticks(1005), Ticks(960), targets, Ticks(30)).guide in ("mask", "playhead")
    assert snap(Ticks(4990), Ticks(960), targets, Ticks(30)) == snap(
        Ticks(5000), Ticks(960), targets, Ticks(30)
    )
    assert snap(Ticks(-50), Ticks(960)).position == 0
    assert snap_down(Ticks(959), Ticks(240)) == 720


# Stale sound


def project_with_take() -> Project:
    base = PasteLeadSheet("Am F C G", Ticks(0)).apply(EMPTY)
    return place_takes(base, "r", bars(1, 4), True).apply(base)


def test_fresh_sound_is_not_stale() -> None:
    assert stale_bars(project_with_take()) == ()
    assert stale_bars(SetPrompt("other words").apply(project_with_take())) == ()


def test_changed_lanes_make_their_bars_stale() -> None:
    changed = PasteLeadSheet("E", Ticks(3840)).apply(project_with_take())
    assert stale_bars(changed) == (2,)
    assert stale_bars(ToggleHit(Ticks(3 * 3840), 36).apply(changed)) == (2, 4)
    assert stale_bars(ToggleHit(Ticks(9 * 3840), 36).apply(changed)) == (2,)


def test_another_tempo_makes_all_of_it_stale() -> None:
    assert stale_bars(SetTempo(60.0).apply(project_with_take())) == (1, 2)


def test_moved_sound_is_stale_where_the_lanes_differ() -> None:
    project = project_with_take()
    clip = project.audio.clips[0]
    moved = MoveClips(frozenset({clip.id}), Ticks(3840)).apply(project)
    assert stale_bars(moved) == (2, 3, 4, 5)
    back = MoveClips(frozenset({clip.id}), Ticks(-3840)).apply(moved)
    assert stale_bars(back) == ()


def test_lanes_that_were_off_do_not_count() -> None:
    base = SetLane(LaneId.DRUMS, LaneSettings(is_on=False)).apply(EMPTY)
    project = place_takes(base, "r", bars(1, 2), True).apply(base)
    assert stale_bars(ToggleHit(Ticks(0), 36).apply(project)) == ()


def test_imported_sound_is_never_stale() -> None:
    clip = Clip(ClipId("c"), ASSET, Ticks(0), Samples(64_000))
    project = AddClips((clip,)).apply(EMPTY)
    assert stale_bars(ToggleHit(Ticks(0), 36).apply(project)) == ()


# Words and limits


def test_places_are_described_in_bars() -> None:
    tempo = TempoMap(96.0)
    assert describe_bars(tempo.bars(3, 3), tempo) == "bar 3"
    assert describe_bars(tempo.bars(3, 4), tempo) == "bars 3–4"
    assert describe_bars(span(480, 3840), tempo) == "1.1.480 to 2.1"
    assert describe_position(Ticks(3840 + 960), tempo) == "2.2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"length_bars": 0}, "999 bars"),
        ({"n_takes": 10}, "1 to 9"),
        ({"seed": -1}, "seed"),
        ({"prompt": "x" * 10_001}, "10000 letters"),
        ({"key": "A"}, "key"),
    ],
)
def test_an_impossible_project_cannot_exist(changes: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        replace(EMPTY, **changes)


def test_impossible_options_cannot_exist() -> None:
    for broken in (lambda: Expert(top_p=1.5), lambda: Mix(99.0), lambda: LaneSettings(pan=2.0)):
        with pytest.raises(ValueError, match="lies between"):
            broken()


def test_the_song_ends_with_its_last_thing() -> None:
    assert EMPTY.end == 0
    assert project_with_take().end == 4 * 3840
    assert ChangeNotes((), (note(0, 50_000),)).apply(project_with_take()).end == 50_000


def test_a_take_needs_its_recipe_to_be_found() -> None:
    recipe = make_recipe(EMPTY, "r", bars(1, 1))
    edit = PlaceTakes((NewTakes(bars(1, 1), (make_take("t", "r"),)),), recipe, "Generate")
    project = edit.apply(EMPTY)
    assert project.recipe(project.take(project.take_groups[0].takes[0].id).recipe_id) == recipe


def test_a_note_struck_again_differs_from_one_held() -> None:
    held = ChangeNotes((), (Note(Span(Ticks(0), Ticks(7680)), 60),)).apply(EMPTY)
    project = place_takes(held, "r", bars(1, 2), True).apply(held)
    restruck = ChangeNotes(
        held.notes.notes,
        (Note(Span(Ticks(0), Ticks(3840)), 60), Note(Span(Ticks(3840), Ticks(7680)), 60)),
    ).apply(project)
    assert stale_bars(project) == ()
    assert stale_bars(restruck) == (1, 2)


def test_take_clip_and_bars_agree_on_what_is_stale() -> None:
    project = project_with_take()
    (group,), (clip,) = project.take_groups, project.audio.clips
    for changed, is_stale in (
        (project, False),
        (PasteLeadSheet("E", Ticks(3840)).apply(project), True),
        (PasteLeadSheet("E", Ticks(9 * 3840)).apply(project), False),
        (SetTempo(60.0).apply(project), True),
    ):
        assert bool(stale_bars(changed)) is is_stale
        assert is_take_stale(changed, group.takes[0], group) is is_stale
        assert is_clip_stale(changed, clip) is is_stale


def test_moved_sound_is_stale_though_its_take_is_not() -> None:
    project = project_with_take()
    clip = project.audio.clips[0]
    moved = MoveClips(frozenset({clip.id}), Ticks(3840)).apply(project)
    group = moved.take_groups[0]
    assert is_clip_stale(moved, moved.audio.clips[0])
    assert not is_take_stale(moved, group.takes[0], group)

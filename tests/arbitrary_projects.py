"""Projects and edits for property tests: whatever a hand could do, in any order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st

from app.model.adherence import Adherence, Agreement, BeatAgreement, ChordAgreement
from app.model.chord_block import ChordBlock
from app.model.clip import Asset, Clip
from app.model.drum_hit import DrumHit
from app.model.edits.chords import ClearChords, PasteLeadSheet, PlaceChords
from app.model.edits.clips import AddClips, ClearAudio, MoveClips, SetClipGain, SplitClips
from app.model.edits.drums import ChangeHits, FillDrums, SetSwing, ToggleHit
from app.model.edits.edit import Edit
from app.model.edits.masks import AddMasks, ClearMasks
from app.model.edits.mix import SetLane, SetMasterGain
from app.model.edits.notes import ChangeNotes
from app.model.edits.prompt import SetExpert, SetNegative, SetPrompt, SetTakeCount
from app.model.edits.sections import MoveSections, PlaceSections, RemoveSections
from app.model.edits.takes import HearTake, KeepTake, NewTakes, PlaceTakes, SetAdherence
from app.model.edits.tempo import SetKey, SetMeter, SetTempo
from app.model.ids import AssetId, ClipId, MaskId, ProjectId, RecipeId, SectionId, TakeId
from app.model.lane import LaneId, LaneSettings
from app.model.mask import MaskRegion, MaskStrength
from app.model.note import Note
from app.model.project import Expert, Project
from app.model.recipe import Recipe
from app.model.section import Section
from app.model.take import Take
from engine.timebase import Meter, Samples, Span, Ticks

Maker = Callable[[Project], Edit]

ASSET = Asset(AssetId("ab" * 32), "flac", 32_000, 1, Samples(32_000 * 40))
OTHER_ASSET = Asset(AssetId("cd" * 32), "wav", 44_100, 2, Samples(44_100 * 10))

ticks = st.integers(0, 960 * 32).map(Ticks)
spans = st.builds(
    lambda start, length: Span(Ticks(start), Ticks(start + length)),
    st.integers(0, 960 * 32),
    st.integers(1, 960 * 8),
)
pitches = st.integers(0, 127)
velocities = st.integers(1, 127)
notes = st.builds(Note, spans, pitches, velocities)
hits = st.builds(DrumHit, ticks, pitches, velocities)
words = st.text(st.characters(codec="utf-8"), max_size=20)
chord_texts = st.sampled_from(["Am", "F", "C13", "G/B", "N.C.", "Hm", "F#m7b5", "?"])
blocks = st.builds(ChordBlock, spans, chord_texts)
section_ids = st.sampled_from(["s1", "s2", "s3"]).map(SectionId)
sections = st.builds(Section, section_ids, spans, st.just("Verse"), words, words, st.integers(1, 5))
settings = st.builds(
    LaneSettings,
    st.booleans(),
    st.floats(0, 1),
    st.floats(-60, 12),
    st.floats(-1, 1),
    st.booleans(),
    st.booleans(),
)
clips = st.builds(
    Clip,
    id=st.sampled_from(["c1", "c2", "c3", "c4"]).map(ClipId),
    asset=st.sampled_from([ASSET, OTHER_ASSET]),
    position=ticks,
    length=st.integers(1, 300_000).map(Samples),
    offset=st.integers(0, 10_000).map(Samples),
)


def make_recipe(project: Project, name: str, span: Span[Ticks]) -> Recipe:
    return Recipe(
        id=RecipeId(name),
        act="generate",
        started_at="2026-01-01T12:00:00",
        span=span,
        tempo=project.tempo,
        key=project.key,
        prompt=project.prompt,
        negative=project.negative,
        seed=7,
        n_takes=2,
        chords=project.chords,
        drums=project.drums,
        notes=project.notes,
        masks=project.masks,
        sources=(ASSET.id,),
        sampling={"guidance": 3.0, "top_p": None},
        engine={"model": "starter", "threads": 2.0},
    )


def make_take(name: str, recipe_id: str) -> Take:
    return Take(TakeId(name), 1, ASSET, Samples(0), 7, RecipeId(recipe_id))


def place_takes(project: Project, name: str, span: Span[Ticks], is_heard: bool) -> PlaceTakes:
    takes = (make_take(f"{name}a", name), make_take(f"{name}b", name))
    recipe = make_recipe(project, name, span)
    return PlaceTakes((NewTakes(span, takes),), recipe, "Generate", is_heard)


def _hear(project: Project, index: int, keeps: bool) -> Edit:
    if not project.take_groups:
        return SetPrompt("no takes yet")
    group = project.take_groups[index % len(project.take_groups)]
    choices = [None, *(take.id for take in group.takes)]
    choice = choices[index % len(choices)]
    if keeps and choice is not None:
        return KeepTake(group.id, choice)
    return HearTake(group.id, choice)


def _adherence(project: Project, span: Span[Ticks]) -> Edit:
    strip = Adherence(
        (ChordAgreement(span, "F", "Dm", Agreement.OTHER),), (BeatAgreement(span.start, True),)
    )
    return SetAdherence(TakeId("r1a"), strip, -18.0, -1.0)


def _fixed(edits: st.SearchStrategy[Edit]) -> st.SearchStrategy[Maker]:
    return edits.map(lambda edit: lambda _project: edit)


makers: st.SearchStrategy[Maker] = st.one_of(
    _fixed(st.builds(PlaceChords, st.lists(blocks, max_size=3).map(tuple))),
    _fixed(st.builds(ClearChords, spans)),
    _fixed(st.builds(PasteLeadSheet, st.sampled_from(["Am F C G", "| Am F | % x2"]), ticks)),
    _fixed(st.builds(ChangeNotes, st.just(()), st.lists(notes, max_size=4).map(tuple))),
    st.just(lambda project: ChangeNotes(project.notes.notes[:2], ())),
    _fixed(st.builds(ToggleHit, ticks, pitches, velocities)),
    _fixed(st.builds(FillDrums, spans, st.lists(hits, max_size=4).map(tuple))),
    st.just(lambda project: ChangeHits(project.drums.hits[:1], ())),
    _fixed(st.builds(SetSwing, st.floats(50, 75))),
    _fixed(st.builds(AddClips, clips.map(lambda clip: (clip,)))),
    _fixed(st.builds(MoveClips, st.just(frozenset({ClipId("c1")})), st.integers(-9000, 9000))),
    _fixed(st.builds(SplitClips, ticks)),
    _fixed(st.builds(ClearAudio, spans)),
    _fixed(st.builds(SetClipGain, st.just(ClipId("c2")), st.floats(-60, 12))),
    _fixed(
        st.builds(
            lambda name, span, text, strength: AddMasks(
                (MaskRegion(MaskId(name), span, prompt=text, strength=strength),)
            ),
            st.sampled_from(["m1", "m2", "m3"]),
            spans,
            words,
            st.sampled_from(MaskStrength),
        )
    ),
    _fixed(st.builds(ClearMasks, spans)),
    _fixed(st.builds(SetTempo, st.floats(20, 400), st.booleans())),
    _fixed(st.builds(SetMeter, st.sampled_from([Meter(3, 4), Meter(6, 8), Meter(5, 4)]))),
    _fixed(st.builds(SetKey, st.sampled_from(["A:min", "F#:maj"]))),
    _fixed(st.builds(SetPrompt, words)),
    _fixed(st.builds(SetNegative, words)),
    _fixed(st.builds(SetTakeCount, st.integers(1, 9))),
    _fixed(st.builds(SetExpert, st.builds(Expert, st.floats(0, 9), top_k=st.integers(1, 99)))),
    _fixed(st.builds(PlaceSections, st.lists(sections, min_size=1, max_size=3).map(tuple))),
    _fixed(st.builds(RemoveSections, st.frozensets(section_ids))),
    _fixed(
        st.builds(
            MoveSections,
            st.frozensets(section_ids),
            st.integers(-9600, 9600).map(Ticks),
            st.booleans(),
        )
    ),
    _fixed(st.builds(SetLane, st.sampled_from(LaneId), settings)),
    _fixed(st.builds(SetMasterGain, st.floats(-60, 12))),
    st.builds(
        lambda name, span, is_heard: lambda project: place_takes(project, name, span, is_heard),
        st.sampled_from(["r1", "r2", "r3"]),
        spans,
        st.booleans(),
    ),
    st.builds(
        lambda index, keeps: lambda project: _hear(project, index, keeps),
        st.integers(0, 9),
        st.booleans(),
    ),
    st.builds(lambda span: lambda project: _adherence(project, span), spans),
)
"""Functions from the current project to an edit that may or may not be possible on it."""

EMPTY = Project(ProjectId("p"))


def play(project: Project, edits: list[Maker]) -> Project:
    """Do all edits that can be done."""
    for make in edits:
        with suppress(ValueError, KeyError):
            project = make(project).apply(project)
    return project


projects = st.lists(makers, max_size=12).map(lambda edits: play(EMPTY, edits))


def with_title(project: Project, title: str) -> Project:
    return replace(project, title=title)

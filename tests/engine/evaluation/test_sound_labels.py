"""Families, paces and moods that a listener may check."""

from __future__ import annotations

from dataclasses import replace

from engine.evaluation.sound_labels import (
    FAMILIES,
    INSTRUMENTS,
    MOODS,
    family_of,
    moods_of,
    pace_of,
    sounding_parts,
)
from engine.score import DrumHit, Note
from engine.timebase import Seconds, Span
from engine.training.corpus.compose import compose
from engine.training.corpus.piece import Part
from engine.training.corpus.styles import STYLES


def test_every_program_belongs_to_one_family_at_most() -> None:
    programs = [program for group in FAMILIES.values() for program in group]
    assert len(programs) == len(set(programs))


def test_players_belong_to_families_by_program_and_drummers_by_kit() -> None:
    assert family_of(Part("melody", "tenor sax", 66)) == "saxophone"
    assert family_of(Part("drums", "brushed drums", 40)) == "jazz drums"
    assert family_of(Part("fx", "gunshot", 127)) is None


def test_every_style_has_players_and_most_moods_can_be_judged() -> None:
    for seed in range(len(STYLES)):
        assert any(family_of(part) in INSTRUMENTS for part in compose(seed).parts)
    words = {mood for style in STYLES for mood in style.moods}
    assert len([word for word in words if moods_of([word])]) > len(words) / 2


def test_moods_are_read_as_the_nearest_one() -> None:
    assert moods_of(["melancholic", "joyful", "qwxz"]) == {"sad", "cheerful"}
    assert moods_of(MOODS) == set(MOODS)


def test_paces_have_the_limits_of_the_captions() -> None:
    assert [pace_of(bpm) for bpm in (60, 84.9, 85, 124.9, 125)] == [
        "slow", "slow", "medium", "medium", "fast",
    ]  # fmt: skip


def test_only_players_who_sound_within_the_span_count() -> None:
    early, late = (Note(Span(Seconds(start), Seconds(start + 1.0)), 60) for start in (0.0, 5.0))
    piece = compose(0)
    piece = replace(
        piece,
        score=replace(piece.score, drums=(DrumHit(Seconds(5.5), 36), DrumHit(Seconds(6.0), 36))),
        parts=(
            Part("comp", "grand piano", 0, (early,)),
            Part("bass", "finger bass", 33, (late,)),
            Part("drums", "drum kit", 0),
        ),
    )
    names = [part.instrument for part in sounding_parts(piece, Span(Seconds(0.6), Seconds(8.0)))]
    assert names == ["finger bass", "drum kit"]

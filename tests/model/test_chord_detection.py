"""Chords found in notes."""

from __future__ import annotations

import pytest

from app.model.chord_detection import detect_chords
from app.model.lead_sheet import read_lead_sheet
from app.model.note import Note
from app.model.voicing import voice_chords
from engine.timebase import Meter, Span, Ticks

BEAT = 960


def note(start: int, length: int, pitch: int) -> Note:
    return Note(Span(Ticks(start), Ticks(start + length)), pitch)


@pytest.mark.parametrize(
    "text",
    ["Am F C G", "Dm7 G7 Cmaj7 Am7", "| Am F | C G | E7 . . Am |", "| Bdim E | Asus4 A | D Em |"],
)
@pytest.mark.parametrize("is_open", [False, True])
def test_written_out_chords_are_found_again(text: str, is_open: bool) -> None:
    blocks = read_lead_sheet(text).blocks(Meter())
    assert detect_chords(voice_chords(blocks, is_open), Meter(), "A:min") == blocks


def test_a_broken_chord_with_a_passing_note_is_one_chord() -> None:
    pitches = (57, 60, 62, 64)  # A C D E
    notes = [note(480 * index, 480, pitches[index % 4]) for index in range(8)]
    bass = note(0, 4 * BEAT, 45)
    (block,) = detect_chords([bass, *notes], Meter(), "A:min")
    assert (block.text, block.span) == ("Am", Span(Ticks(0), Ticks(4 * BEAT)))


def test_silence_between_notes_is_a_gap() -> None:
    blocks = read_lead_sheet("Am").blocks(Meter())
    later = read_lead_sheet("F").blocks(Meter(), Ticks(2 * 4 * BEAT))
    found = detect_chords(voice_chords((*blocks, *later)), Meter(), "A:min")
    assert found == (*blocks, *later)


def test_found_chords_are_named_in_german_where_that_is_in_use() -> None:
    blocks = read_lead_sheet("Bm Bb").blocks(Meter())
    found = detect_chords(voice_chords(blocks), Meter(), "D:maj", german_names=True)
    assert [block.text for block in found] == ["Hm", "B"]


def test_nothing_is_found_in_nothing_and_in_muted_notes() -> None:
    assert detect_chords((), Meter(), "C:maj") == ()
    muted = Note(Span(Ticks(0), Ticks(BEAT)), 60, is_muted=True)
    assert detect_chords((muted,), Meter(), "C:maj") == ()

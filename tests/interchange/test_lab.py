from __future__ import annotations

from pathlib import Path

import pytest
from arbitrary_projects import EMPTY, spans
from hypothesis import given
from hypothesis import strategies as st

from app.interchange.lab import blocks_of_chords, parse_lab, read_lab, write_lab
from app.model.chord_block import ChordBlock, place_chords
from app.model.performance import score_of_blocks
from engine.errors import BadInput
from engine.timebase import Span, TempoMap, Ticks

SYMBOLS = st.sampled_from(["Am", "F", "C/E", "G7", "F#m7b5", "Bbmaj7", "Dsus4", "E+"])


@given(st.lists(st.tuples(spans, SYMBOLS), min_size=1, max_size=6), st.floats(40, 240))
def test_chords_come_back_from_labels(
    parts: list[tuple[Span[Ticks], str]], tempo_bpm: float
) -> None:
    tempo = TempoMap(tempo_bpm)
    blocks = place_chords((), (ChordBlock(span, text) for span, text in parts))
    text = write_lab(score_of_blocks(blocks, tempo))
    assert blocks_of_chords(parse_lab(text), tempo) == blocks


def test_what_was_typed_stays_as_typed_when_read_back() -> None:
    texts = ["C-7", "A7b9", "Hm", "N.C.", "CM7", "G7sus4", "Fadd9", "Bm7b5"]
    blocks = tuple(
        ChordBlock(Span(Ticks(3840 * i), Ticks(3840 * (i + 1))), text)
        for i, text in enumerate(texts)
    )
    chords = parse_lab(write_lab(score_of_blocks(blocks, EMPTY.tempo)))
    assert blocks_of_chords(chords, EMPTY.tempo, known=blocks) == blocks
    fresh = [block.text for block in blocks_of_chords(chords, EMPTY.tempo)]
    assert fresh == ["Cm7", "A7b9", "Cmaj7", "G7sus4", "Fadd9", "Bm7b5"]


def test_gaps_are_written_as_no_chord() -> None:
    blocks = (ChordBlock(Span(Ticks(960), Ticks(1920)), "Am"),)
    text = write_lab(score_of_blocks(blocks, EMPTY.tempo))
    assert text == "0.000000\t0.500000\tN\n0.500000\t1.000000\tA:min\n"


def test_comments_and_empty_lines_are_ignored() -> None:
    assert len(parse_lab("# made by ear\n\n0 1 C:maj\n1.0\t2.0\tN\n")) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0 1", "line 1: start, end and chord expected"),
        ("0 1 C:maj\nzero 2 N", "line 2: start, end"),
        ("0 1 Q:maj", "unknown chord"),
        ("1 0 C:maj", "line 1: a chord cannot last"),
        ("nan 1 C:maj", "cannot last"),
        ("0 2 C:maj\n1 3 G:maj", "line 2: the chord starts before"),
    ],
)
def test_bad_lines_are_named(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        parse_lab(text)


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "chords.lab"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a text file"):
        read_lab(path)
    with pytest.raises(BadInput, match="cannot be read"):
        read_lab(tmp_path / "none.lab")

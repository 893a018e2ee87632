from __future__ import annotations

import pytest
from arbitrary_projects import EMPTY
from hypothesis import given
from hypothesis import strategies as st

from app.model.chord_symbol import (
    harte_of,
    read_symbol,
    symbol_of_harte,
    transpose_symbol,
)
from app.model.edits.chords import ClearChords, PasteLeadSheet
from app.model.key import (
    Function,
    borrowed_chords,
    diatonic_chords,
    prefers_flats,
    role_of,
    transpose_key,
)
from app.model.lead_sheet import Reading, chords_as_text, read_lead_sheet, write_lead_sheet
from app.model.progression import PROGRESSIONS, progression_chords
from app.model.project import Project
from engine.harmony import parse_harte
from engine.timebase import Meter, Span, Ticks

FOUR = Meter(4, 4)


def placed(text: str, meter: Meter = FOUR) -> list[tuple[float, float, str]]:
    """Start and end in bars, and the text."""
    return [
        (block.span.start / meter.bar_ticks, block.span.end / meter.bar_ticks, block.text)
        for block in read_lead_sheet(text, meter).blocks(meter)
    ]


# How bars are read


def test_without_bar_lines_every_chord_is_a_bar() -> None:
    assert placed("Am F C G") == [(0, 1, "Am"), (1, 2, "F"), (2, 3, "C"), (3, 4, "G")]
    sheet = read_lead_sheet("Am F C G")
    assert (sheet.reading, sheet.alternative) == (Reading.ONE_CHORD_PER_BAR, None)


def test_bar_lines_decide() -> None:
    assert placed("| Am | F | C | G |") == placed("Am F C G")
    assert placed("| Am F C G |") == [
        (0, 0.25, "Am"), (0.25, 0.5, "F"), (0.5, 0.75, "C"), (0.75, 1, "G"),
    ]  # fmt: skip
    assert placed("Am F | C") == [(0, 0.5, "Am"), (0.5, 1, "F"), (1, 2, "C")]


def test_a_single_bar_of_several_chords_offers_the_other_reading() -> None:
    sheet = read_lead_sheet("| Am F C G |")
    assert sheet.reading is Reading.SINGLE_BAR
    assert sheet.explanation == "one bar, one beat each"
    assert sheet.alternative is not None
    assert placed(sheet.alternative) == placed("Am F C G")
    assert read_lead_sheet("| Am F |").explanation == "one bar, 2 beats each"
    assert read_lead_sheet("| Am | F C |").alternative is None
    assert read_lead_sheet("| Am |").alternative is None


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("| Am . F . |", [(0, 0.5, "Am"), (0.5, 1, "F")]),
        ("| Am / / F |", [(0, 0.75, "Am"), (0.75, 1, "F")]),
        ("| Am | . | F |", [(0, 2, "Am"), (2, 3, "F")]),
        ("| Am F | % |", [(0, 0.5, "Am"), (0.5, 1, "F"), (1, 1.5, "Am"), (1.5, 2, "F")]),
        ("Am % F", [(0, 1, "Am"), (1, 2, "Am"), (2, 3, "F")]),
        ("| Am | F | x2", [(0, 1, "Am"), (1, 2, "F"), (2, 3, "Am"), (3, 4, "F")]),
        ("| Am |\n| F | x3", [(0, 1, "Am"), (1, 2, "F"), (2, 3, "F"), (3, 4, "F")]),
        ("Am ; the verse\nF @ 7:4 C", [(0, 1, "Am"), (1, 2, "F"), (2, 3, "C")]),
        ("| Am\n| F", [(0, 1, "Am"), (1, 2, "F")]),
        ("Am || F", [(0, 1, "Am"), (1, 2, "F")]),
        ("| N.C. | Am |", [(0, 1, "N.C."), (1, 2, "Am")]),
        ("", []),
    ],
)
def test_the_signs_of_lead_sheets(text: str, blocks: list[tuple[float, float, str]]) -> None:
    assert placed(text) == blocks


def test_in_three_the_chords_of_a_bar_share_three_beats() -> None:
    blocks = read_lead_sheet("| Am F C |", Meter(3, 4)).blocks(Meter(3, 4), Ticks(2880))
    assert [block.span.start for block in blocks] == [2880, 3840, 4800]


def test_unknown_text_stays_as_typed_with_its_place_and_a_suggestion() -> None:
    sheet = read_lead_sheet("| Am | Hm | Xx |")
    assert placed("| Am | Hm | Xx |")[1] == (1, 2, "Hm")
    first, second = sheet.errors
    assert (first.start, first.end, first.suggestion) == (7, 9, "Bm")
    assert first.message == "Hm? Did you mean Bm?"
    assert second.suggestion == ""
    assert read_lead_sheet("Hm B", german_names=True).errors == ()


def test_absurd_sheets_are_refused() -> None:
    with pytest.raises(ValueError, match="999 bars"):
        read_lead_sheet("C " * 1000)
    with pytest.raises(ValueError, match="999 bars"):
        read_lead_sheet("| C | x99 | C | x99\n" * 20)
    with pytest.raises(ValueError, match="64 chords"):
        read_lead_sheet("| " + "C " * 65 + "|")
    with pytest.raises(ValueError, match="64 letters"):
        read_lead_sheet("C" * 65)


# Writing back

tokens = st.sampled_from(["Am", "F", "C/E", "Hm", "N.C.", ".", "%", "G7"])
bars = st.lists(tokens, min_size=1, max_size=5).map(" ".join)
sheets = st.lists(bars, min_size=1, max_size=6).map(lambda parts: "| " + " | ".join(parts) + " |")


@given(sheets, st.sampled_from([Meter(4, 4), Meter(3, 4), Meter(6, 8), Meter(7, 8)]))
def test_what_is_written_reads_back_as_the_same_chords(text: str, meter: Meter) -> None:
    sheet = read_lead_sheet("C | " + text, meter)
    span = sheet.span(meter)
    assert span is not None
    blocks = sheet.blocks(meter)
    written = write_lead_sheet(blocks, meter, span)
    assert read_lead_sheet(written, meter).blocks(meter) == blocks
    assert write_lead_sheet(read_lead_sheet(written, meter).blocks(meter), meter, span) == written


@pytest.mark.parametrize("text", ["Am F C G", "| Am F C G |", "| Am . | % | x2 ; loud", "Hm  F"])
def test_copying_gives_the_very_text_back(text: str) -> None:
    project = PasteLeadSheet(text, Ticks(3840)).apply(EMPTY)
    span = read_lead_sheet(text).span(FOUR, Ticks(3840))
    assert span is not None
    assert chords_as_text(project.chords, FOUR, span) == text


def test_after_a_change_copying_tells_what_is_there_now() -> None:
    project = PasteLeadSheet("Am F C G", Ticks(0)).apply(EMPTY)
    changed = ClearChords(Span(Ticks(3840), Ticks(5760))).apply(project)
    text = chords_as_text(changed.chords, FOUR, Span(Ticks(0), Ticks(4 * 3840)))
    assert text == "| Am | N.C. F | C | G |"


# Symbols


@pytest.mark.parametrize(
    ("text", "harte"),
    [
        ("Am", "A:min"), ("C-7", "C:min7"), ("CΔ", "C:maj7"), ("CM7", "C:maj7"),
        ("Cmaj7", "C:maj7"), ("CmMaj7", "C:minmaj7"), ("Cø", "C:hdim7"), ("Cm7b5", "C:hdim7"),
        ("C°", "C:dim"), ("Co", "C:dim"), ("Cdim7", "C:dim7"), ("C+", "C:aug"),
        ("Csus", "C:sus4"), ("C7sus4", "C:7(*3,4)"), ("C5", "C:5"), ("C6", "C:maj6"),
        ("Cm6", "C:min6"), ("C13", "C:13"), ("A7b9", "A:7(b9)"), ("C7(b9,#11)", "C:7(b9,#11)"),
        ("Cadd9", "C:maj(9)"), ("C/E", "C:maj/3"), ("Am7/G", "A:min7/b7"), ("F♯m", "F#:min"),
        ("B♭", "Bb:maj"), ("C6/9", "C:maj6(9)"), ("A:min7/b3", "A:min7/b3"), ("N.C.", "N"),
    ],
)  # fmt: skip
def test_symbols_are_read_into_harte(text: str, harte: str) -> None:
    assert read_symbol(text).harte == harte
    parse_harte(harte)


@pytest.mark.parametrize(
    ("text", "hears", "is_reduced"),
    [
        ("C13", "C7", True), ("Am9", "Am7", True), ("Cadd9", "C", True), ("C7", "C7", False),
        ("C/E", "C/E", False), ("C7sus4", "C F G Bb", False), ("N.C.", "N.C.", False),
    ],
)  # fmt: skip
def test_the_tooltip_says_what_the_engine_hears(text: str, hears: str, is_reduced: bool) -> None:
    symbol = read_symbol(text)
    assert (symbol.hears, symbol.is_reduced) == (hears, is_reduced)


@pytest.mark.parametrize(
    ("text", "error_at", "suggestion"),
    [("Hm", 0, "Bm"), ("am", 0, "Am"), ("Cmaj77", 5, "Cmaj7"), ("C/X", 2, "C"), ("?", 0, "")],
)
def test_unknown_symbols_get_a_caret_and_a_suggestion(
    text: str, error_at: int, suggestion: str
) -> None:
    symbol = read_symbol(text)
    assert not symbol.is_known
    assert (symbol.error_at, symbol.suggestion) == (error_at, suggestion)
    assert harte_of(text) == "N"


def test_german_names() -> None:
    assert harte_of("H", german_names=True) == "B:maj"
    assert harte_of("B", german_names=True) == "Bb:maj"
    assert harte_of("Em/H", german_names=True) == "E:min/5"
    assert transpose_symbol("Am", 2, german_names=True) == "Hm"


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    symbol = read_symbol(text)
    assert symbol.is_known == (symbol.harte is not None)
    if symbol.harte is not None:
        parse_harte(symbol.harte)
        assert read_symbol(symbol_of_harte(symbol.harte)).harmony == symbol.harmony


def test_transposing_keeps_the_quality_as_typed() -> None:
    assert transpose_symbol("Am7/G", 2) == "Bm7/A"
    assert transpose_symbol("C-7", 1, with_flats=True) == "Db-7"
    assert transpose_symbol("Hm", 1) == "Hm"
    assert transpose_symbol("N.C.", 5) == "N.C."


# Keys


@pytest.mark.parametrize(
    ("text", "key", "numeral", "function"),
    [
        ("Dm7", "C:maj", "ii7", Function.PREDOMINANT),
        ("G7", "C:maj", "V7", Function.DOMINANT),
        ("Cmaj7", "C:maj", "Imaj7", Function.TONIC),
        ("A7b9", "C:maj", "VI7", Function.BORROWED),
        ("Bdim", "C:maj", "vii°", Function.DOMINANT),
        ("Bb", "C:maj", "bVII", Function.BORROWED),
        ("Fm", "C:maj", "iv", Function.BORROWED),
        ("Am", "A:min", "i", Function.TONIC),
        ("E7", "A:min", "V7", Function.DOMINANT),
        ("G#dim", "A:min", "#vii°", Function.DOMINANT),
        ("Dm", "A:min", "iv", Function.PREDOMINANT),
        ("N.C.", "C:maj", "", Function.NO_CHORD),
        ("Hm", "C:maj", "", Function.NO_CHORD),
    ],
)
def test_numerals_and_functions(text: str, key: str, numeral: str, function: Function) -> None:
    role = role_of(text, key)
    assert (role.numeral, role.function) == (numeral, function)


def test_family_roots_are_one_four_and_five() -> None:
    roots = [text for text in diatonic_chords("C:maj") if role_of(text, "C:maj").is_family_root]
    assert roots == ["C", "F", "G"]


def test_keys_suggest_their_chords_well_spelled() -> None:
    assert diatonic_chords("Eb:maj") == ("Eb", "Fm", "Gm", "Ab", "Bb", "Cm", "Ddim")
    assert diatonic_chords("E:maj") == ("E", "F#m", "G#m", "A", "B", "C#m", "D#dim")
    assert borrowed_chords("C:maj") == ("Fm", "Ab", "Bb", "Eb", "Cm")
    assert (prefers_flats("C:maj"), prefers_flats("D:min"), prefers_flats("B:min")) == (
        None, True, False,
    )  # fmt: skip
    assert transpose_key("A:min", 3) == "C:min"


def test_progressions_are_readable_chords_in_every_key() -> None:
    assert progression_chords("ii7 V7 Imaj7 bVII", "F:maj") == ("Gm7", "C7", "Fmaj7", "Eb")
    assert progression_chords("vi IV I V", "A:min") == ("Am", "F", "C", "G")
    for numerals in PROGRESSIONS.values():
        assert all(read_symbol(text).is_known for text in progression_chords(numerals, "Ab:maj"))
    with pytest.raises(ValueError, match="not a numeral"):
        progression_chords("IX", "C:maj")


def test_pasting_nothing_changes_nothing() -> None:
    project: Project = PasteLeadSheet(" ; only a comment", Ticks(0)).apply(EMPTY)
    assert project is EMPTY

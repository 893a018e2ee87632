"""The small crafts of the composer: patterns, progressions, voicings, timing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.harmony import PITCH_CLASS_NAMES, parse_harte
from engine.training.corpus.drumming import DraftHit
from engine.training.corpus.patterns import Stroke, bar_of, bar_steps, drum_rows, strokes
from engine.training.corpus.plan import Draft
from engine.training.corpus.progressions import chord_span, label_of, lay_out
from engine.training.corpus.styles import STYLES
from engine.training.corpus.timing import Feel
from engine.training.corpus.voicing import voice_chord

C, A = 0, 9


def straight(tempo_bpm: float = 120.0, swing: float = 0.5, looseness_s: float = 0.0) -> Feel:
    return Feel(tempo_bpm, 0.0, 20.0, swing, 2, looseness_s)


def test_a_short_pattern_repeats_inside_its_bar_and_a_long_one_spans_bars() -> None:
    assert bar_of("x.", 8, 3) == "x.x.x.x."
    assert bar_of("x.......o.......", 8, 1) == "o......."
    with pytest.raises(ValueError, match="does not fit"):
        bar_of("x....", 16, 0)


def test_dashes_lengthen_strokes_and_dots_rest() -> None:
    assert list(strokes("x--.o-")) == [Stroke(0, "x", 3), Stroke(4, "o", 2)]


def test_bars_of_three_four_and_six_eight_have_twelve_sixteenths() -> None:
    assert [bar_steps(meter) for meter in ("4/4", "3/4", "6/8")] == [16, 12, 12]


@pytest.mark.parametrize(
    ("token", "tonic", "is_minor", "label"),
    [
        ("I", C, False, "C:maj"),
        ("V7", C, False, "G:7"),
        ("ii7", C, False, "D:min7"),
        ("I/3", C, False, "C:maj/3"),
        ("bVII", C, False, "Bb:maj"),
        ("#ivdim7", C, False, "F#:dim7"),
        ("i9", A, True, "A:min9"),
        ("VI", A, True, "F:maj"),
        ("V7", A, True, "E:7"),
        ("iihdim7", A, True, "B:hdim7"),
        ("V7sus4", C, False, "G:sus4(b7)"),
    ],
)
def test_degrees_are_read_in_their_key(token: str, tonic: int, is_minor: bool, label: str) -> None:
    assert label_of(token, tonic, is_minor) == label


@pytest.mark.parametrize("token", ["", "H", "Iblah", "VIII", "1"])
def test_what_is_no_degree_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="not a degree"):
        label_of(token, C, False)


def test_a_progression_goes_round_and_splits_bars() -> None:
    chords = lay_out("I ii7,V7", C, False, first_bar=2, n_bars=3, meter="4/4")
    assert [(chord.start, chord.end, chord.label) for chord in chords] == [
        (32, 48, "C:maj"), (48, 56, "D:min7"), (56, 64, "G:7"), (64, 80, "C:maj"),
    ]  # fmt: skip


def test_a_bar_of_three_is_split_after_two_beats() -> None:
    chords = lay_out("I,V", C, False, first_bar=0, n_bars=1, meter="3/4")
    assert [chord.start for chord in chords] == [0, 8]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_style_is_complete_and_readable(style: object) -> None:
    from engine.training.corpus.style import Style

    assert isinstance(style, Style)
    assert style.n_grooves >= 6
    assert len(set(style.major)) >= 8
    assert len(set(style.minor_progressions)) >= 8
    for meter in style.meters:
        steps = bar_steps(meter)
        tables = [style.bass, style.tune.cells, *(layer.patterns for layer in style.layers)]
        for pattern in (pattern for table in tables for pattern in table[meter] if pattern != "="):
            assert any(strokes(bar_of(pattern, steps, 0)))
        for groove in style.grooves[meter]:
            assert all(len(bar_of(row, steps, 0)) == steps for _, row in drum_rows(groove))
    for is_minor, progressions in ((False, style.major), (True, style.minor_progressions)):
        for token in " ".join(progressions).replace(",", " ").split():
            assert token == "-" or parse_harte(label_of(token, C, is_minor)) is not None


@given(
    root=st.sampled_from(PITCH_CLASS_NAMES),
    quality=st.sampled_from(["maj", "min", "7", "maj7", "min7", "dim7", "hdim7", "sus4", "min9"]),
    kind=st.sampled_from(["close", "spread", "guitar"]),
)
def test_a_voicing_names_its_chord(root: str, quality: str, kind: str) -> None:
    chord = chord_span(0, 16, f"{root}:{quality}")
    keys = voice_chord(chord, kind, 52, 76, before=None)
    sounding = {key % 12 for key in keys}
    naming = {(chord.harmony.root + tone) % 12 for tone in chord.harmony.tones if tone != 7}
    assert naming <= sounding
    assert sounding <= chord.harmony.pitch_classes | chord.colour
    assert list(keys) == sorted(set(keys))


def test_voices_move_little_between_chords() -> None:
    first = voice_chord(chord_span(0, 16, "C:maj"), "close", 55, 76, before=None)
    second = voice_chord(chord_span(16, 32, "F:maj"), "close", 55, 76, before=first)
    assert max(min(abs(a - b) for a in first) for b in second) <= 2


def test_swing_delays_the_off_beat_and_leaves_beats_alone() -> None:
    swung = straight(swing=2 / 3)
    assert swung.seconds_at(2) == pytest.approx(0.5 * 2 / 3)
    assert swung.seconds_at(4) == pytest.approx(0.5)
    assert straight().seconds_at(2) == pytest.approx(0.25)


def test_a_key_is_released_before_it_is_struck_again() -> None:
    drafts = [Draft(0, 16, 60, 90), Draft(4, 8, 60, 90)]
    first, second = straight().play_notes(drafts, 0.0, Random(1))
    assert first.span.end <= second.span.start


def test_a_strum_goes_upwards() -> None:
    drafts = [Draft(0, 4, pitch, 90) for pitch in (64, 60, 67)]
    notes = straight().play_notes(drafts, 0.02, Random(1))
    assert [note.pitch for note in notes] == [60, 64, 67]
    assert notes[2].span.start == pytest.approx(0.04)


def test_two_strokes_of_one_drum_at_one_moment_are_one() -> None:
    hits = straight().play_hits([DraftHit(4, 36, 80), DraftHit(4, 36, 100)], Random(1))
    assert [(hit.time, hit.velocity) for hit in hits] == [(0.5, 100)]

"""What holds for every piece, looked at over some hundred seeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from engine.harmony import QUALITY_TONES, parse_harte
from engine.lm.words import split_words
from engine.synthesis.general_midi import CRASH, SNARE
from engine.training.corpus import Piece, compose, load_piece, save_piece
from engine.training.corpus.captions import NO_DRUMS
from engine.training.corpus.instrument_words import INSTRUMENT_WORDS
from engine.training.corpus.piece import DRUMS
from engine.training.corpus.plan import make_plan
from engine.training.corpus.styles import STYLES

N_PIECES = 400
ALONE = {"bass", DRUMS}  # together they leave most tones of a chord to the imagination


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return [compose(seed) for seed in range(N_PIECES)]


def test_a_seed_always_gives_the_same_piece(pieces: list[Piece]) -> None:
    assert all(compose(seed) == pieces[seed] for seed in range(0, N_PIECES, 16))


def test_no_two_seeds_give_the_same_music(pieces: list[Piece]) -> None:
    assert len({(piece.score.notes, piece.score.drums) for piece in pieces}) == N_PIECES


def test_styles_take_turns(pieces: list[Piece]) -> None:
    counts = Counter(piece.style for piece in pieces)
    assert len(counts) == len(STYLES) >= 14
    assert set(counts.values()) == {N_PIECES // len(STYLES)}


def test_meters_modes_and_keys_are_shared_out(pieces: list[Piece]) -> None:
    meters = Counter(str(piece.score.meter) for piece in pieces)
    assert meters["3/4"] >= 0.1 * N_PIECES
    assert meters["6/8"] >= 0.1 * N_PIECES
    keys = Counter(piece.key for piece in pieces)
    in_a_key = N_PIECES - keys.pop("N")
    n_minor = sum(count for key, count in keys.items() if key.endswith(":min"))
    assert 0.4 < n_minor / in_a_key < 0.65
    assert len(keys) == 24
    assert max(keys.values()) < 3 * in_a_key / 24


def test_a_key_is_given_unless_the_harmony_wanders_or_is_silent(pieces: list[Piece]) -> None:
    n_without = sum(piece.key == "N" for piece in pieces)
    assert 0.1 < n_without / N_PIECES < 0.25
    for piece in pieces:
        if all(chord.label == "N" for chord in piece.score.chords):
            assert piece.key == "N"


def test_line_ups_go_from_one_player_to_a_band(pieces: list[Piece]) -> None:
    def share(wanted: Callable[[set[str]], bool]) -> float:
        return sum(wanted({part.role for part in piece.parts}) for piece in pieces) / N_PIECES

    assert 0.2 < share(lambda roles: DRUMS not in roles) < 0.4
    assert 0.5 < share(lambda roles: "melody" in roles) < 0.8
    assert 0.02 < share(lambda roles: roles == {DRUMS}) < 0.08
    assert 0.02 < share(lambda roles: roles == ALONE) < 0.08
    assert 0.05 < share(lambda roles: len(roles) == 1 and DRUMS not in roles) < 0.2
    assert share(lambda roles: len(roles) >= 4) > 0.4


def test_every_quality_of_the_lead_sheet_is_planned() -> None:
    labels = [
        chord.label
        for seed in range(1_500)
        for chord in make_plan(STYLES[seed % len(STYLES)], Random(seed)).chords
    ]
    planned = {label.partition(":")[2].partition("/")[0] for label in labels}
    alone = {"b9", "#9", "#11", "b13", "1"}  # no chord symbol means these
    assert set(QUALITY_TONES) - alone <= planned
    assert {"maj(9)", "min(9)", "maj6(9)", "7(b9)", "7(#9)", "7(*5,b5)", "sus4(b7)"} <= planned
    assert sum("/" in label for label in labels) > 0.04 * len(labels)


def test_drums_have_soft_strokes_and_cymbals_where_sections_begin(pieces: list[Piece]) -> None:
    hits = [hit for piece in pieces for hit in piece.score.drums]
    snares = [hit for hit in hits if hit.pitch == SNARE]
    assert 0.1 < sum(hit.velocity < 65 for hit in snares) / len(snares) < 0.5
    starts = at_starts = 0
    for piece in pieces:
        sections = [section.span.start for section in piece.sections]
        for hit in piece.score.drums:
            if hit.pitch == CRASH:
                starts += 1
                at_starts += any(abs(hit.time - section) < 0.06 for section in sections)
    assert at_starts / starts > 0.5


def test_tempi_span_the_range_people_ask_for(pieces: list[Piece]) -> None:
    tempi = sorted(piece.score.tempo_bpm for piece in pieces)
    assert 50.0 <= tempi[0] < 60.0
    assert 185.0 < tempi[-1] <= 200.0
    assert tempi[N_PIECES // 10] < 85.0
    assert tempi[-N_PIECES // 10] > 150.0


def test_pieces_last_about_half_a_minute_in_whole_bars(pieces: list[Piece]) -> None:
    for piece in pieces:
        score = piece.score
        bar_s = score.meter.bar_ticks / 960 * 60 / score.tempo_bpm
        n_bars = (score.duration - score.first_downbeat) / bar_s
        assert n_bars == pytest.approx(round(n_bars), abs=1e-3)
        assert 21.0 <= n_bars * bar_s <= 33.0


def test_chords_are_readable_and_fill_the_piece(pieces: list[Piece]) -> None:
    for piece in pieces:
        chords = piece.score.chords
        assert chords[0].span.start == 0.0
        assert chords[-1].span.end == pytest.approx(piece.score.duration, abs=1e-3)
        for before, after in pairwise(chords):
            assert before.span.end == after.span.start
        for chord in chords:
            sounding = [
                note for note in piece.score.notes
                if note.span.start < chord.span.end - 0.1 and note.span.end > chord.span.start + 0.1
            ]  # fmt: skip
            assert (parse_harte(chord.label) is None) == (not sounding)


def test_what_sounds_is_what_the_label_says(pieces: list[Piece]) -> None:
    inside = total = complete = n_chords = 0.0
    for piece in pieces:
        if {part.role for part in piece.parts} <= ALONE:
            continue
        for chord in piece.score.chords:
            harmony = parse_harte(chord.label)
            if harmony is None:
                continue
            held = [0.0] * 12
            for note in piece.score.notes:
                together = note.span.intersection(chord.span)
                if together is not None:
                    held[note.pitch % 12] += together.end - together.start
            inside += sum(held[tone] for tone in harmony.pitch_classes)
            total += sum(held)
            naming = {(harmony.root + tone) % 12 for tone in harmony.tones if tone != 7}
            complete += all(held[tone] > 0 for tone in naming)
            n_chords += 1
    assert inside / total > 0.92
    assert complete / n_chords > 0.97


def test_every_chord_is_stated_early(pieces: list[Piece]) -> None:
    for piece in pieces:
        for chord in piece.score.chords:
            if parse_harte(chord.label) is None:
                continue
            start, end = chord.span.start, chord.span.end
            heard = [
                max(note.span.start, start) for note in piece.score.notes
                if note.span.start < end and note.span.end > start + 0.03
            ]  # fmt: skip
            quarter_s = 60 / piece.score.tempo_bpm
            assert min(heard, default=end) < start + quarter_s + 0.1


def test_notes_and_hits_stay_in_range(pieces: list[Piece]) -> None:
    for piece in pieces:
        score = piece.score
        for note in score.notes:
            assert score.first_downbeat - 0.05 <= note.span.start < note.span.end <= score.duration
            assert 24 <= note.pitch <= 100
            assert 1 <= note.velocity <= 127
        for hit in score.drums:
            assert 0.0 <= hit.time < score.duration
            assert 35 <= hit.pitch <= 82
            assert 1 <= hit.velocity <= 127


def test_the_bass_lies_below_the_chords(pieces: list[Piece]) -> None:
    for piece in pieces:
        bass = piece.part("bass")
        if bass is not None:
            assert max(note.pitch for note in bass.notes) <= 55


def test_sections_fill_the_piece(pieces: list[Piece]) -> None:
    for piece in pieces:
        assert piece.sections[0].span.start == piece.score.first_downbeat
        assert piece.sections[-1].span.end == pytest.approx(piece.score.duration, abs=1e-3)


def test_score_notes_are_those_of_the_parts(pieces: list[Piece]) -> None:
    for piece in pieces:
        assert len(piece.score.notes) == sum(len(part.notes) for part in piece.parts)
        assert piece.has_drums == bool(piece.score.drums)


def test_captions_are_varied_and_name_what_is_there(pieces: list[Piece]) -> None:
    for piece in pieces:
        assert len(piece.captions) == 8
        assert all(caption for caption in piece.captions)
        style = next(style for style in STYLES if style.name == piece.style)
        text = " ".join(piece.captions).lower().replace(" & ", " and ")
        words = f" {' '.join(split_words(text))} "
        assert any(word.lower().replace(" & ", " and ") in text for word in style.synonyms)
        assert not (piece.has_drums and any(f" {denial} " in words for denial in NO_DRUMS))
    captions = [caption for piece in pieces for caption in piece.captions]
    assert len(set(captions)) > 0.9 * len(captions)


def test_captions_are_short_and_long_lower_case_and_not(pieces: list[Piece]) -> None:
    captions = [caption for piece in pieces for caption in piece.captions]
    lengths = [len(caption.split()) for caption in captions]
    assert sum(length <= 3 for length in lengths) / len(captions) > 0.2
    assert sum(length >= 10 for length in lengths) / len(captions) > 0.2
    assert 0.5 < sum(caption.islower() for caption in captions) / len(captions) < 0.85
    assert any(caption.isupper() for caption in captions)


def test_every_instrument_has_several_names(pieces: list[Piece]) -> None:
    for piece in pieces:
        for part in piece.parts:
            assert len(INSTRUMENT_WORDS[part.instrument]) >= 2


def test_the_truth_survives_its_file(pieces: list[Piece], tmp_path: Path) -> None:
    for piece in pieces[:16]:
        path = tmp_path / f"{piece.seed}.json"
        save_piece(piece, path)
        assert load_piece(path) == piece


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "1.json"
    path.write_text('{"version": 99}', encoding="utf-8")
    with pytest.raises(ValueError, match="format"):
        load_piece(path)

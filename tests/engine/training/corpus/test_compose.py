"""What holds for every piece, looked at over some hundred seeds."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from engine.harmony import parse_harte
from engine.training.corpus import Piece, compose, load_piece, save_piece
from engine.training.corpus.styles import STYLES

N_PIECES = 320


@pytest.fixture(scope="module")
def pieces() -> list[Piece]:
    return [compose(seed) for seed in range(N_PIECES)]


def test_a_seed_always_gives_the_same_piece(pieces: list[Piece]) -> None:
    assert all(compose(seed) == pieces[seed] for seed in range(0, N_PIECES, 16))


def test_no_two_seeds_give_the_same_music(pieces: list[Piece]) -> None:
    assert len({piece.score.notes for piece in pieces}) == N_PIECES


def test_styles_take_turns(pieces: list[Piece]) -> None:
    counts = Counter(piece.style for piece in pieces)
    assert len(counts) == len(STYLES) == 16
    assert set(counts.values()) == {N_PIECES // 16}


def test_meters_modes_and_keys_are_shared_out(pieces: list[Piece]) -> None:
    meters = Counter(str(piece.score.meter) for piece in pieces)
    assert meters["3/4"] >= 0.1 * N_PIECES
    assert meters["6/8"] >= 0.1 * N_PIECES
    n_minor = sum(piece.key.endswith(":min") for piece in pieces)
    assert 0.4 < n_minor / N_PIECES < 0.6
    assert len({piece.key for piece in pieces}) == 24


def test_most_pieces_have_drums_and_a_melody(pieces: list[Piece]) -> None:
    assert 0.65 < sum(piece.has_drums for piece in pieces) / N_PIECES < 0.9
    assert 0.6 < sum(piece.part("melody") is not None for piece in pieces) / N_PIECES < 0.9


def test_pieces_last_twenty_to_thirty_seconds_in_whole_bars(pieces: list[Piece]) -> None:
    for piece in pieces:
        score = piece.score
        bar_s = score.meter.bar_ticks / 960 * 60 / score.tempo_bpm
        n_bars = (score.duration - score.first_downbeat) / bar_s
        assert n_bars == pytest.approx(round(n_bars), abs=1e-3)
        assert 20.0 <= n_bars * bar_s <= 30.0
        assert 55.0 <= score.tempo_bpm <= 180.0


def test_chords_are_readable_and_fill_the_piece(pieces: list[Piece]) -> None:
    for piece in pieces:
        chords = piece.score.chords
        assert chords[0].span.start == 0.0
        assert chords[-1].span.end == pytest.approx(piece.score.duration, abs=1e-3)
        for before, after in pairwise(chords):
            assert before.span.end == after.span.start
        for chord in chords:
            is_before_the_music = chord.span.end <= piece.score.first_downbeat
            assert (parse_harte(chord.label) is None) == is_before_the_music


def test_what_sounds_is_what_the_label_says(pieces: list[Piece]) -> None:
    inside = total = complete = n_chords = 0.0
    for piece in pieces:
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
            assert min(heard) < start + quarter_s + 0.1


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
        assert len(piece.captions) == 4
        assert all(caption for caption in piece.captions)
        style = next(style for style in STYLES if style.name == piece.style)
        text = " ".join(piece.captions).lower()
        assert any(word.lower() in text for word in style.synonyms)
        if piece.has_drums:
            assert "drumless" not in text
            assert "no drums" not in text
    captions = [caption for piece in pieces for caption in piece.captions]
    assert len(set(captions)) > 0.9 * len(captions)


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

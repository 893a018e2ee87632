"""From pieces to sound and files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.synthesis.builtin_voice import BuiltinVoice
from engine.timebase import Seconds, Span
from engine.training.corpus import SAMPLE_RATE_HZ, Piece, compose, load_piece, render
from engine.training.corpus.piece import notes_in_order
from engine.training.corpus.preview import write_preview
from engine.training.corpus.render_corpus import read_corpus, render_batch, render_corpus


def shortened(piece: Piece, seconds: float) -> Piece:
    """The beginning of a piece."""
    span = Span(Seconds(0.0), Seconds(seconds))
    parts = tuple(
        replace(part, notes=tuple(note for note in part.notes if note.span.end <= seconds))
        for part in piece.parts
    )
    return replace(
        piece, parts=parts, score=replace(piece.score.slice(span), notes=notes_in_order(parts))
    )


@pytest.fixture(scope="module")
def voice() -> BuiltinVoice:
    return BuiltinVoice(SAMPLE_RATE_HZ)


@pytest.mark.parametrize("seed", [0, 8, 14])
def test_stems_add_up_to_the_mix_which_does_not_clip(seed: int, voice: BuiltinVoice) -> None:
    piece = shortened(compose(seed), 6.0)
    mix, stems = render(piece, voice)
    assert mix.shape == (6 * SAMPLE_RATE_HZ,)
    assert mix.dtype == np.float32
    np.testing.assert_allclose(np.sum(list(stems.values()), axis=0), mix, atol=1e-5)
    assert 0.2 < np.abs(mix).max() < 10 ** (-1.5 / 20) + 1e-3
    assert set(stems) <= {"drums", "bass", "keys", "guitar", "other", "vocals"}
    assert ("drums" in stems) == piece.has_drums


def test_a_late_start_is_silent(voice: BuiltinVoice) -> None:
    piece = next(
        piece
        for piece in map(compose, range(200))
        if piece.score.first_downbeat > 0.3 and piece.style in ("techno", "house", "synthwave")
    )
    mix, _ = render(shortened(piece, 5.0), voice)
    start = round((piece.score.first_downbeat - 0.02) * SAMPLE_RATE_HZ)
    assert np.sqrt(np.mean(mix[:start] ** 2)) < 0.01 * np.sqrt(np.mean(mix**2))


def test_the_same_piece_sounds_the_same(voice: BuiltinVoice) -> None:
    piece = shortened(compose(3), 4.0)
    first, _ = render(piece, voice)
    second, _ = render(piece, voice)
    np.testing.assert_array_equal(first, second)


def test_a_batch_writes_pairs_that_read_back(tmp_path: Path) -> None:
    assert render_batch(tmp_path, [7]) == 1
    ((sound, truth),) = read_corpus(tmp_path)
    piece = load_piece(truth)
    samples, rate_hz = soundfile.read(sound)
    assert piece == compose(7)
    assert rate_hz == SAMPLE_RATE_HZ
    assert len(samples) == round(piece.score.duration * SAMPLE_RATE_HZ)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["7.flac", "7.json"]


def test_a_finished_corpus_is_not_rendered_again(tmp_path: Path) -> None:
    for seed in (5, 6):
        (tmp_path / f"{seed}.flac").touch()
        (tmp_path / f"{seed}.json").touch()
    assert render_corpus(tmp_path, first_seed=5, n=2, workers=1) == 0
    assert (tmp_path / "5.flac").stat().st_size == 0


def test_a_sound_without_its_truth_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "1.flac").touch()
    (tmp_path / "2.flac").touch()
    (tmp_path / "2.json").touch()
    assert [sound.name for sound, _ in read_corpus(tmp_path)] == ["2.flac"]


def test_a_preview_shows_sound_chords_midi_and_picture(tmp_path: Path) -> None:
    done: list[tuple[int, int]] = []
    (sound,) = write_preview(tmp_path, ["techno"], lambda *step: done.append(step))
    assert sound == tmp_path / "techno.flac"
    assert {path.suffix for path in tmp_path.iterdir()} == {
        ".flac", ".lab", ".mid", ".json", ".png", ".tsv",
    }  # fmt: skip
    piece = load_piece(tmp_path / "techno.json")
    lines = (tmp_path / "techno.lab").read_text(encoding="utf-8").splitlines()
    assert [line.split("\t")[2] for line in lines] == [chord.label for chord in piece.score.chords]
    assert done == [(1, 1)]
    header, figures = (tmp_path / "figures.tsv").read_text(encoding="utf-8").splitlines()
    assert len(header.split("\t")) == len(figures.split("\t"))
    assert figures.startswith("techno\t")


def test_an_unknown_style_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="polka"):
        write_preview(tmp_path, ["polka"])

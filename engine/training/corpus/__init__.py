"""A procedural composer: one seed, one piece with its whole truth, played to sound."""

from engine.training.corpus.compose import compose
from engine.training.corpus.mix import SAMPLE_RATE_HZ, render
from engine.training.corpus.piece import Part, Piece, Section, load_piece, save_piece
from engine.training.corpus.preview import write_preview
from engine.training.corpus.render_corpus import FIRST_HELD_OUT_SEED, read_corpus, render_corpus

__all__ = [
    "FIRST_HELD_OUT_SEED",
    "SAMPLE_RATE_HZ",
    "Part",
    "Piece",
    "Section",
    "compose",
    "load_piece",
    "read_corpus",
    "render",
    "render_corpus",
    "save_piece",
    "write_preview",
]

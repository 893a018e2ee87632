"""Prompts to states the decoder attends to.

Each word of a prompt is first read as a word of the vocabulary (``engine.lm.words``). The Starter's
encoder knows that word by an embedding of its own and by its character n-grams, which words of one
stem share; one transformer layer lets the words of a prompt see each other. Source of the n-gram
sum: Bojanowski et al. 2017, "Enriching Word Vectors with Subword Information" (arXiv 1607.04606).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor, nn

from engine.lm.words import MAX_WORDS, PromptReader, ngram_buckets

UNKNOWN_WORD = 0


class TextEncoder(Protocol):
    """Anything that turns prompts into memory."""

    def encode(self, prompts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """States ``[B, L, D]`` and mask bool ``[B, L]``; an empty prompt has no True."""


class WordTextEncoder(nn.Module):
    """Words and character n-grams, one attention layer, projected to the decoder's width.

    In training mode each word is replaced by "unknown" with probability ``word_dropout`` while
    its n-grams stay, which teaches the n-grams to carry meaning alone.
    """

    def __init__(
        self,
        vocabulary: Sequence[str],
        width: int,
        out_width: int,
        n_buckets: int,
        word_dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.vocabulary = tuple(vocabulary)
        self.n_buckets = n_buckets
        self.word_dropout = word_dropout
        self._reader = PromptReader(self.vocabulary)
        self._ids = {word: index + 1 for index, word in enumerate(self.vocabulary)}
        self.words = nn.Embedding(len(self.vocabulary) + 1, width)
        self.ngrams = nn.EmbeddingBag(n_buckets + 1, width, mode="mean", padding_idx=0)
        self.places = nn.Parameter(torch.zeros(MAX_WORDS, width))
        self.layer = nn.TransformerEncoderLayer(
            width, max(1, width // 64), 2 * width, dropout=0.0, batch_first=True, norm_first=True
        )
        self.project = nn.Linear(width, out_width)
        for table in (self.words, self.ngrams):
            nn.init.normal_(table.weight, std=0.1)

    def encode(self, prompts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """States ``[B, L, D]`` and mask bool ``[B, L]``; L is the longest prompt, at least 1.

        Words that are not understood have no place in the states.
        """
        rows = [self._reader.known_words(prompt) for prompt in prompts]
        length = max(1, *(len(row) for row in rows))
        device = self.places.device
        mask = torch.tensor([[i < len(row) for i in range(length)] for row in rows], device=device)
        ids = torch.tensor(
            [
                [self._ids[word] for word in row] + [UNKNOWN_WORD] * (length - len(row))
                for row in rows
            ],
            device=device,
        )
        if self.training:
            ids = ids.masked_fill(
                torch.rand(ids.shape, device=device) < self.word_dropout, UNKNOWN_WORD
            )
        x = self.words(ids) + self._ngram_means(rows, length) + self.places[:length]
        # A prompt without words attends to its own padding; the mask hides the outcome.
        hidden = ~(mask | ~mask.any(dim=1, keepdim=True))
        states = self.project(self.layer(x, src_key_padding_mask=hidden))
        return states * mask[..., None], mask

    def _ngram_means(self, rows: list[tuple[str, ...]], length: int) -> Tensor:
        """Mean n-gram embedding per word, ``[B, L, width]``; zeros where there is no word."""
        bags = [
            ngram_buckets(row[i], self.n_buckets) if i < len(row) else [0]
            for row in rows
            for i in range(length)
        ]
        starts = [0]
        for bag in bags[:-1]:
            starts.append(starts[-1] + len(bag))
        device = self.places.device
        flat = torch.tensor([bucket for bag in bags for bucket in bag], device=device)
        means: Tensor = self.ngrams(flat, torch.tensor(starts, device=device))
        return means.view(len(rows), length, -1)

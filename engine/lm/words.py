"""Words of a prompt, and which of them the model has learnt. Needs no torch."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

MAX_WORDS = 64
SHORTEST_STEM = 3
_WORD = re.compile(r"[^\W_]+(?:[#&'\u2019-][^\W_]+)*#?", re.UNICODE)
_ENDINGS = ("s", "es", "y", "ed", "ing", "ly")


def split_words(prompt: str) -> list[str]:
    """Lower-case words in order, at most ``MAX_WORDS``; hyphenated words stay whole."""
    return [match.group().lower() for match in _WORD.finditer(prompt[:4000])][:MAX_WORDS]


def build_vocabulary(captions: Iterable[str], min_count: int = 3) -> tuple[str, ...]:
    """The words that occur at least ``min_count`` times, most frequent first."""
    counts = Counter(word for caption in captions for word in split_words(caption))
    return tuple(word for word, count in counts.most_common() if count >= min_count)


def understood_words(prompt: str, vocabulary: Sequence[str]) -> tuple[str, ...]:
    """The words of a prompt the model was trained on, give or take an ending."""
    known = set(vocabulary)

    def is_known(word: str) -> bool:
        stems = {word, *(word.removesuffix(ending) for ending in _ENDINGS)}
        stems = {stem for stem in stems if len(stem) >= SHORTEST_STEM} | {word}
        return not known.isdisjoint(
            stems | {stem + ending for stem in stems for ending in _ENDINGS}
        )

    return tuple(word for word in split_words(prompt) if is_known(word))


def ngram_buckets(word: str, n_buckets: int) -> list[int]:
    """Buckets ``1..n_buckets`` of the character 3- to 5-grams of ``<word>``.

    The hash is CRC-32: the same on every machine.
    """
    marked = f"<{word}>"
    ngrams = {marked[i : i + n] for n in (3, 4, 5) for i in range(len(marked) - n + 1)}
    return [1 + zlib.crc32(ngram.encode()) % n_buckets for ngram in sorted(ngrams)]

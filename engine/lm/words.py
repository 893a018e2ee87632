"""Words of a prompt, and as what the model reads them. Needs no torch.

A model knows the words of its training captions. Other words are read as a known word that is
spelled or means nearly the same; words for which there is none are left out, so what is
reported as understood is exactly what the model hears.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from engine.catalogue import CONFIG_NAME, find_entry
from engine.errors import WeightsUnusable
from engine.lm.thesaurus import open_thesaurus

MAX_WORDS = 64
LONGEST_PHRASE = 3
SHORTEST_STEM = 3
SHORTEST_MISSPELT, LIKE_SPELLING = 5, 0.84
_WORD = re.compile(r"[^\W_]+(?:[#&'\u2019-][^\W_]+)*#?", re.UNICODE)
_ENDINGS = ("s", "es", "y", "ed", "ing", "ly", "ish", "er", "ers")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word or phrase of a prompt, and the word the model reads in its place.

    ``known`` is ``text`` itself for a word of the training captions, a relative for one near a
    known word, and None for one that is not understood.
    """

    text: str
    known: str | None


def split_words(prompt: str) -> list[str]:
    """Lower-case words in order, at most ``MAX_WORDS``; hyphenated words stay whole."""
    return [match.group().lower() for match in _WORD.finditer(prompt[:4000])][:MAX_WORDS]


def build_vocabulary(captions: Iterable[str], min_count: int = 3) -> tuple[str, ...]:
    """The words that occur at least ``min_count`` times, most frequent first."""
    counts = Counter(word for caption in captions for word in split_words(caption))
    return tuple(word for word, count in counts.most_common() if count >= min_count)


def learnt_vocabulary(model: str) -> tuple[str, ...]:
    """The words that a registered model learnt; raises ``WeightsUnusable`` for one not here."""
    path = find_entry(model).folder / CONFIG_NAME
    try:
        return tuple(json.loads(path.read_text(encoding="utf-8"))["lm"]["vocabulary"])
    except (OSError, ValueError, KeyError) as error:
        raise WeightsUnusable(
            f"{path} cannot be read: {error}.", "Install the model again."
        ) from error


def understood_words(prompt: str, vocabulary: Sequence[str]) -> tuple[ReadWord, ...]:
    """How a model with this vocabulary reads a prompt, for a person to see.

    Words without a meaning of their own, such as “the” or “with”, are not listed.
    """
    silent = open_thesaurus().silent
    words = reader_of(tuple(vocabulary)).read(prompt)
    return tuple(word for word in words if word.text not in silent)


class PromptReader:
    """Reads prompts with one vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._known = frozenset(vocabulary)
        self._by_letters = {_letters(word): word for word in reversed(vocabulary)}
        self._numbers = [int(word) for word in vocabulary if word.isdecimal()]
        self._spellings = [
            word
            for word in (*vocabulary, *open_thesaurus().words)
            if len(word) >= SHORTEST_MISSPELT
        ]
        self._kept: dict[str, str | None] = {}

    def read(self, prompt: str) -> tuple[ReadWord, ...]:
        """Every word in order; a phrase such as “boom bap” may be read as one word."""
        words = split_words(prompt)
        read: list[ReadWord] = []
        first = 0
        while first < len(words):
            phrase, known = self._phrase_at(words, first)
            read.append(ReadWord(" ".join(phrase), known))
            first += len(phrase)
        return tuple(read)

    def known_words(self, prompt: str) -> tuple[str, ...]:
        """What the model hears of a prompt: words of the vocabulary only."""
        return tuple(word.known for word in self.read(prompt) if word.known is not None)

    def _phrase_at(self, words: Sequence[str], first: int) -> tuple[Sequence[str], str | None]:
        """The longest run of words that means something as a whole, else the single word.

        Words that are all known keep their own meanings, as in the training captions.
        """
        for n in range(min(LONGEST_PHRASE, len(words) - first), 1, -1):
            phrase = words[first : first + n]
            if self._known.issuperset(phrase):
                continue
            joined = "-".join(phrase)
            known = self._by_letters.get(_letters(joined)) or self._relative(joined)
            if known is not None:
                return phrase, known
        return words[first : first + 1], self._one(words[first])

    def _one(self, word: str) -> str | None:
        if word in self._known:
            return word
        if word not in self._kept:
            self._kept[word] = next(self._readings(word), None)
        return self._kept[word]

    def _readings(self, word: str) -> Iterator[str]:
        """Known words for an unknown one, best first."""
        if word in open_thesaurus().silent:
            return
        if (same := self._by_letters.get(_letters(word))) is not None:
            yield same
        if word.isdecimal() and self._numbers:
            yield str(min(self._numbers, key=lambda number: (abs(number - int(word[:9])), number)))
        stems = list(_stems(word))
        yield from (form for stem in stems for form in _forms(stem) if form in self._known)
        for form in (word, *(form for stem in stems for form in _forms(stem))):
            if (relative := self._relative(form)) is not None:
                yield relative
        if "-" in word:
            parts = (self._one(part) for part in word.split("-"))
            yield from (part for part in parts if part is not None)
        elif len(word) >= SHORTEST_MISSPELT:
            for meant in get_close_matches(word, self._spellings, 1, LIKE_SPELLING):
                known = meant if meant in self._known else self._relative(meant)
                yield from [] if known is None else [known]

    def _relative(self, word: str) -> str | None:
        """The known word nearest in meaning, by the thesaurus."""
        return next((kin for kin in open_thesaurus().kin(word) if kin in self._known), None)


@lru_cache(maxsize=8)
def reader_of(vocabulary: tuple[str, ...]) -> PromptReader:
    """The reader of a vocabulary; what it has looked up it does not look up again."""
    return PromptReader(vocabulary)


def ngram_buckets(word: str, n_buckets: int) -> list[int]:
    """Buckets ``1..n_buckets`` of the character 3- to 5-grams of ``<word>``.

    The hash is CRC-32: the same on every machine.
    """
    marked = f"<{word}>"
    ngrams = {marked[i : i + n] for n in (3, 4, 5) for i in range(len(marked) - n + 1)}
    return [1 + zlib.crc32(ngram.encode()) % n_buckets for ngram in sorted(ngrams)]


def _letters(word: str) -> str:
    """A word without its hyphens and apostrophes: ``lo-fi`` and ``lofi`` are spelled alike."""
    return re.sub(r"[-'\u2019&]", "", word)


def _stems(word: str) -> Iterator[str]:
    """The word without each ending it has, and with a doubled last letter made single."""
    yield word
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            yield stem
            if stem[-1] == stem[-2] and len(stem) > SHORTEST_STEM:
                yield stem[:-1]


def _forms(stem: str) -> Iterator[str]:
    """The stem with nothing, an ``e`` and each ending after it."""
    yield from (stem + ending for ending in ("", "e", *_ENDINGS))

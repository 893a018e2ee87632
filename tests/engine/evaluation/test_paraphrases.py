"""The prompts written by hand ask for known things and stay away from the captions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest

from engine.evaluation.paraphrases import KITS, PROGRAMS, TEMPI, Paraphrase, read_paraphrases
from engine.lm.words import split_words
from engine.training.corpus import FIRST_HELD_OUT_SEED, compose
from engine.training.corpus.styles import STYLES

N_PIECES = 600
NEAR = 0.7  # share of words in common, from which two prompts are nearly the same


@pytest.fixture(scope="module")
def paraphrases() -> tuple[Paraphrase, ...]:
    return read_paraphrases()


def test_there_are_enough_of_them_in_every_style(paraphrases: tuple[Paraphrase, ...]) -> None:
    assert len({paraphrase.prompt for paraphrase in paraphrases}) == len(paraphrases) >= 120
    counts = Counter(paraphrase.style for paraphrase in paraphrases)
    assert all(counts[style.name] >= 6 for style in STYLES)
    assert set(counts) == {style.name for style in STYLES} | {None}


def test_they_ask_for_known_instruments_and_tempi(paraphrases: tuple[Paraphrase, ...]) -> None:
    for paraphrase in paraphrases:
        assert set(paraphrase.instruments) <= set(PROGRAMS) | set(KITS)
        assert paraphrase.tempo in (None, *TEMPI)
    asked = Counter(name for paraphrase in paraphrases for name in paraphrase.instruments)
    assert len(asked) >= 20


def near(words: frozenset[str], captions: Iterable[frozenset[str]]) -> float:
    """The largest share of words in common with any caption."""
    return max(len(words & caption) / len(words | caption) for caption in captions)


def test_no_paraphrase_equals_or_nearly_equals_a_caption(
    paraphrases: tuple[Paraphrase, ...],
) -> None:
    seeds = (*range(N_PIECES), *range(FIRST_HELD_OUT_SEED, FIRST_HELD_OUT_SEED + 160))
    captions = {
        frozenset(split_words(caption)) for seed in seeds for caption in compose(seed).captions
    }
    for paraphrase in paraphrases:
        assert near(frozenset(split_words(paraphrase.prompt)), captions) < NEAR, paraphrase.prompt


def test_nearness_notices_a_caption_with_one_word_changed() -> None:
    caption = next(text for text in compose(0).captions if len(text.split()) > 8)
    words = split_words(caption)
    changed = frozenset([*words[:-1], "zither"])
    assert near(changed, [frozenset(words)]) > NEAR

from __future__ import annotations

from engine.lm.words import (
    MAX_WORDS,
    build_vocabulary,
    ngram_buckets,
    split_words,
    understood_words,
)


def test_words_are_lower_case_and_hyphenated_ones_stay_whole() -> None:
    assert split_words("Slow, lo-fi Hip-Hop in F# — it's late!") == [
        "slow", "lo-fi", "hip-hop", "in", "f#", "it's", "late",
    ]  # fmt: skip


def test_any_script_and_any_length_is_accepted() -> None:
    assert split_words("🎸🎹  ") == []
    assert split_words("ギター música") == ["ギター", "música"]
    assert len(split_words("la " * 10_000)) == MAX_WORDS


def test_the_vocabulary_holds_frequent_words_most_frequent_first() -> None:
    captions = ["rock bass", "rock drums", "rock bass", "a bass", "polka"]
    assert build_vocabulary(captions, min_count=3) == ("rock", "bass")


def test_understood_words_are_those_learnt_give_or_take_an_ending() -> None:
    known = ("guitar", "drums", "slow")
    assert understood_words("Slowly two guitars and a drum, zither", known) == (
        "slowly", "guitars", "drum",
    )  # fmt: skip


def test_relatives_share_character_ngrams_and_strangers_few() -> None:
    guitar, guitars, piano = (set(ngram_buckets(w, 4096)) for w in ("guitar", "guitars", "piano"))
    assert len(guitar & guitars) > len(guitar) / 2
    assert len(guitar & piano) <= 1
    assert all(1 <= bucket <= 4096 for bucket in guitar)

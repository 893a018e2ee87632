from __future__ import annotations

from engine.lm.words import (
    MAX_WORDS,
    PromptReader,
    build_vocabulary,
    learnt_vocabulary,
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


KNOWN = (
    "guitar", "drums", "slow", "rhodes", "sad", "hip-hop", "lo-fi", "piano", "rock", "jazz",
    "no", "with", "upright", "bass", "80", "92", "f#", "cheerful", "dark",
)  # fmt: skip


def reading(prompt: str) -> dict[str, str | None]:
    return {word.text: word.known for word in understood_words(prompt, KNOWN)}


def test_learnt_words_are_read_as_themselves_give_or_take_an_ending() -> None:
    assert reading("Slowly two guitars and a drum, no piano") == {
        "slowly": "slow", "two": None, "guitars": "guitar", "drum": "drums", "no": "no",
        "piano": "piano",
    }  # fmt: skip


def test_words_of_like_meaning_are_read_as_the_known_one() -> None:
    assert reading("melancholic keys, Rhodes-ish, gloomy-ish punk, midnight in Gb") == {
        "melancholic": "sad", "keys": "piano", "rhodes-ish": "rhodes", "gloomy-ish": "sad",
        "punk": "rock", "midnight": "dark", "gb": "f#",
    }  # fmt: skip


def test_phrases_mean_something_as_a_whole_unless_all_their_words_are_known() -> None:
    assert reading("boom bap") == {"boom bap": "hip-hop"}
    assert reading("rock and roll") == {"rock and roll": "rock"}
    assert reading("upright bass") == {"upright": "upright", "bass": "bass"}


def test_spelling_matters_little() -> None:
    assert reading("LoFi hip hop, gitar and drumms, joyfull, jazz-inflected") == {
        "lofi": "lo-fi", "hip hop": "hip-hop", "gitar": "guitar", "drumms": "drums",
        "joyfull": "cheerful", "jazz-inflected": "jazz",
    }  # fmt: skip


def test_numbers_are_read_as_the_nearest_known_one() -> None:
    assert reading("85, 200 and 99999999999999999999") == {
        "85": "80", "200": "92", "99999999999999999999": "92",
    }  # fmt: skip


def test_words_without_meaning_are_not_listed_and_strange_ones_are_not_understood() -> None:
    assert reading("please make me a song with the zither-less qwxz") == {
        "zither-less": None, "qwxz": None,
    }  # fmt: skip


def test_the_model_hears_known_words_only() -> None:
    heard = PromptReader(KNOWN).known_words("the gloomy qwxz with drums")
    assert heard == ("sad", "with", "drums")


def test_the_starter_understands_what_a_musician_may_type() -> None:
    vocabulary = learnt_vocabulary("starter")
    words = understood_words(
        "mellow keys, Rhodes-ish, boom bap, melancholic, aggressive punk, gypsy jazz, samba",
        vocabulary,
    )
    assert all(word.known in vocabulary for word in words)


def test_relatives_share_character_ngrams_and_strangers_few() -> None:
    guitar, guitars, piano = (set(ngram_buckets(w, 4096)) for w in ("guitar", "guitars", "piano"))
    assert len(guitar & guitars) > len(guitar) / 2
    assert len(guitar & piano) <= 1
    assert all(1 <= bucket <= 4096 for bucket in guitar)

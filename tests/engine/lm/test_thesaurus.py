from __future__ import annotations

import pytest

from engine.lm.thesaurus import open_thesaurus, read_thesaurus

BOOK = """# moods
silent: the, of
sad: gloomy, mournful
wistful: longing

emotional: sad, moving
"""


def test_kin_come_nearest_first_and_lead_up_to_wider_words() -> None:
    book = read_thesaurus(BOOK)
    assert list(book.kin("gloomy")) == ["sad", "mournful", "emotional", "moving"]
    assert list(book.kin("sad")) == ["gloomy", "mournful", "emotional", "moving"]
    assert list(book.kin("longing")) == ["wistful"]
    assert list(book.kin("banana")) == []
    assert book.silent == {"the", "of"}
    assert "silent" not in book.words


def test_a_word_has_one_place_and_never_leads_back_to_itself() -> None:
    with pytest.raises(ValueError, match="gloomy"):
        read_thesaurus("sad: gloomy\ndark: gloomy")
    with pytest.raises(ValueError, match="back"):
        read_thesaurus("sad: gloomy\ngloomy: sad")


def test_the_book_that_comes_with_inlay_is_sound_and_large() -> None:
    book = open_thesaurus()
    assert len(book.words) > 2000
    assert all(word == word.strip().lower() and " " not in word for word in book.words)
    assert "bleak" in list(book.kin("melancholic"))

from __future__ import annotations

import torch

from engine.lm.text_encoder import WordTextEncoder


def tiny_encoder() -> WordTextEncoder:
    torch.manual_seed(0)
    vocabulary = ("sad", "cheerful", "piano", "hip-hop")
    return WordTextEncoder(vocabulary, width=16, out_width=8, n_buckets=64).eval()


@torch.inference_mode()
def test_an_unseen_synonym_is_heard_as_the_known_word() -> None:
    states, mask = tiny_encoder().encode(["sad piano", "melancholic keys", "joyful keys"])
    torch.testing.assert_close(states[1], states[0])
    assert (states[2] - states[0]).abs().max() > 0.01
    assert mask.all()


@torch.inference_mode()
def test_words_that_are_not_understood_are_not_heard() -> None:
    encoder = tiny_encoder()
    states, mask = encoder.encode(["qwxz piano", "boom bap"])
    alone, _ = encoder.encode(["piano"])
    assert mask.tolist() == [[True], [True]]
    torch.testing.assert_close(states[:1], alone)
    _, nothing = encoder.encode(["qwxz"])
    assert not nothing.any()

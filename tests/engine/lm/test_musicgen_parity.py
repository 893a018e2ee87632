"""The decoder against the reference implementation, with the same random weights."""

from __future__ import annotations

import torch
from transformers import MusicgenDecoderConfig, MusicgenForCausalLM

from engine.lm.musicgen_keys import decoder_weights
from engine.lm.transformer import Decoder, LMConfig


def test_logits_equal_those_of_the_reference_decoder() -> None:
    torch.manual_seed(0)
    reference = MusicgenForCausalLM(
        MusicgenDecoderConfig(
            vocab_size=16,
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            ffn_dim=64,
            num_codebooks=3,
            pad_token_id=16,
            bos_token_id=16,
            attn_implementation="eager",
        )
    ).eval()
    for parameter in reference.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    decoder = Decoder(LMConfig(32, 2, 2, 64, 16, (0, 1, 2))).eval()
    decoder.load_state_dict(decoder_weights(reference.state_dict(), n_layers=2, n_codebooks=3))
    codes = torch.randint(0, 17, (2, 3, 11))
    memory = torch.randn(2, 4, 32)
    mask = torch.tensor([[True] * 4, [True, True, False, False]])
    with torch.no_grad():
        expected = reference(
            input_ids=codes.reshape(6, 11),
            encoder_hidden_states=memory,
            encoder_attention_mask=mask.long(),
        ).logits.view(2, 3, 11, 16)
        ours = decoder(codes, memory, mask)
    assert (ours - expected).abs().max() < 1e-5

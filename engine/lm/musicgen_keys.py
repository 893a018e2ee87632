"""MusicGen's decoder weights under the names of Hugging Face, renamed for ``Decoder``.

Shapes and order agree; what is separate there (one table and one head per codebook, query, key
and value) is joined here. The heads' columns are contiguous in both.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor


def decoder_weights(
    weights: Mapping[str, Tensor], n_layers: int, n_codebooks: int
) -> dict[str, Tensor]:
    """State of a ``Decoder`` from that of ``MusicgenForCausalLM``; KeyError if incomplete."""

    def joined(template: str, parts: tuple[str, ...]) -> Tensor:
        return torch.cat([weights[template.format(part)] for part in parts])

    codebooks = tuple(str(k) for k in range(n_codebooks))
    renamed = {
        "embedding.weight": joined("model.decoder.embed_tokens.{}.weight", codebooks),
        "heads.weight": joined("lm_heads.{}.weight", codebooks),
        "out_norm.weight": weights["model.decoder.layer_norm.weight"],
        "out_norm.bias": weights["model.decoder.layer_norm.bias"],
    }
    for i in range(n_layers):
        theirs, ours = f"model.decoder.layers.{i}", f"layers.{i}"
        for their_norm, our_norm in (
            ("self_attn_layer_norm", "self_norm"),
            ("encoder_attn_layer_norm", "cross_norm"),
            ("final_layer_norm", "feed_norm"),
        ):
            for kind in ("weight", "bias"):
                renamed[f"{ours}.{our_norm}.{kind}"] = weights[f"{theirs}.{their_norm}.{kind}"]
        attention = theirs + ".self_attn.{}_proj.weight"
        crossing = theirs + ".encoder_attn.{}_proj.weight"
        renamed |= {
            f"{ours}.self_attention.qkv.weight": joined(attention, ("q", "k", "v")),
            f"{ours}.self_attention.out.weight": weights[attention.format("out")],
            f"{ours}.cross_attention.query.weight": weights[crossing.format("q")],
            f"{ours}.cross_attention.key_value.weight": joined(crossing, ("k", "v")),
            f"{ours}.cross_attention.out.weight": weights[crossing.format("out")],
            f"{ours}.feed_in.weight": weights[f"{theirs}.fc1.weight"],
            f"{ours}.feed_out.weight": weights[f"{theirs}.fc2.weight"],
        }
    return renamed

"""The one decoder: predicts codec codes from earlier codes, text and frame conditions.

Architecture of MusicGen (Copet et al. 2023, arXiv 2306.05284): pre-norm layers of causal
self-attention, cross-attention and feed-forward, no biases in the projections, exact GELU,
sinusoidal positions added once at the input. What we add: a frame condition ``[B, S, D]`` summed
into the input embedding, and fused projections. The checkpoint decides every size.

Letters: ``B`` batch, ``K`` codebooks, ``S`` positions, ``D`` width, ``H`` heads, ``L`` memory
length, ``V`` codes per codebook; id ``V`` is the special code (start and padding).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from engine.lm.kv_cache import KeyValueCache, LayerCache, empty_layer


@dataclass(frozen=True, slots=True)
class LMConfig:
    """Sizes of a decoder. ``delays`` has one entry per codebook."""

    width: int
    n_layers: int
    n_heads: int
    feed_forward_width: int
    codebook_size: int
    delays: tuple[int, ...]

    def __post_init__(self) -> None:
        if self.width % self.n_heads or self.width % 2:
            raise ValueError(f"width {self.width} does not split into {self.n_heads} heads")

    @property
    def n_codebooks(self) -> int:
        """Number ``K`` of codebooks."""
        return len(self.delays)

    @property
    def special(self) -> int:
        """Id that stands where there is no code."""
        return self.codebook_size


def sinusoids(n_positions: int, width: int) -> Tensor:
    """Position table ``[S, D]``: cosines first, frequencies ``10000 ** (-i / (D / 2 - 1))``."""
    half = width // 2
    exponents = torch.arange(half, dtype=torch.float64) / max(half - 1, 1)
    angles = torch.arange(n_positions, dtype=torch.float64)[:, None] * 10000.0**-exponents
    return torch.cat([angles.cos(), angles.sin()], dim=1).float()


class SelfAttention(nn.Module):
    """Causal attention over the positions so far."""

    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x: Tensor, layer: LayerCache | None, place: slice | None) -> Tensor:
        """Map ``[B, n, D]`` to the same; with a cache, the n positions go to ``place``."""
        query, keys, values = split_heads(self.qkv(x), 3, self.n_heads)
        if layer is not None and place is not None:
            layer.keys[:, :, place] = keys
            layer.values[:, :, place] = values
            keys, values = layer.keys[:, :, : place.stop], layer.values[:, :, : place.stop]
        n_new, n_all = query.shape[2], keys.shape[2]
        attended = F.scaled_dot_product_attention(
            query,
            keys,
            values,
            # One new position may see everything before it: no mask is needed then.
            attn_mask=causal_mask(n_new, n_all, x.device) if 1 < n_new < n_all else None,
            is_causal=1 < n_new == n_all,
        )
        mapped: Tensor = self.out(merge_heads(attended))
        return mapped


class CrossAttention(nn.Module):
    """Attention to the memory: text states and, for inpainting, what follows the region."""

    def __init__(self, width: int, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.query = nn.Linear(width, width, bias=False)
        self.key_value = nn.Linear(width, 2 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def project_memory(self, memory: Tensor) -> tuple[Tensor, Tensor]:
        """Keys and values ``[B, H, L, E]`` of a memory ``[B, L, D]``; done once per run."""
        keys, values = split_heads(self.key_value(memory), 2, self.n_heads)
        return keys, values

    def forward(self, x: Tensor, keys: Tensor, values: Tensor, bias: Tensor | None) -> Tensor:
        """Map ``[B, n, D]`` to the same."""
        (query,) = split_heads(self.query(x), 1, self.n_heads)
        attended = F.scaled_dot_product_attention(query, keys, values, attn_mask=bias)
        mapped: Tensor = self.out(merge_heads(attended))
        return mapped


class DecoderLayer(nn.Module):
    """Self-attention, cross-attention, feed-forward; each on a normalised copy, each added."""

    def __init__(self, config: LMConfig) -> None:
        super().__init__()
        width = config.width
        self.self_norm = nn.LayerNorm(width)
        self.self_attention = SelfAttention(width, config.n_heads)
        self.cross_norm = nn.LayerNorm(width)
        self.cross_attention = CrossAttention(width, config.n_heads)
        self.feed_norm = nn.LayerNorm(width)
        self.feed_in = nn.Linear(width, config.feed_forward_width, bias=False)
        self.feed_out = nn.Linear(config.feed_forward_width, width, bias=False)

    def forward(
        self,
        x: Tensor,
        memory_keys: Tensor,
        memory_values: Tensor,
        memory_bias: Tensor | None,
        layer: LayerCache | None = None,
        place: slice | None = None,
    ) -> Tensor:
        """Map ``[B, n, D]`` to the same."""
        x = x + self.self_attention(self.self_norm(x), layer, place)
        x = x + self.cross_attention(self.cross_norm(x), memory_keys, memory_values, memory_bias)
        fed: Tensor = self.feed_out(F.gelu(self.feed_in(self.feed_norm(x))))
        return x + fed


class Decoder(nn.Module):
    """The language model over delayed codes."""

    positions: Tensor
    _table_offsets: Tensor

    def __init__(self, config: LMConfig) -> None:
        super().__init__()
        self.config = config
        n_codebooks, table = config.n_codebooks, config.codebook_size + 1
        self.embedding = nn.Embedding(n_codebooks * table, config.width)
        self._stack = tuple(DecoderLayer(config) for _ in range(config.n_layers))
        self.layers = nn.ModuleList(self._stack)
        self.out_norm = nn.LayerNorm(config.width)
        self.heads = nn.Linear(config.width, n_codebooks * config.codebook_size, bias=False)
        self.register_buffer("positions", sinusoids(2048, config.width), persistent=False)
        offsets = torch.arange(n_codebooks)[:, None] * table
        self.register_buffer("_table_offsets", offsets, persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        """Normal weights; what is added to the residual stream shrinks with depth.

        The summed embeddings start about as large as the positions they are added to.
        """
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.normal_(module.weight, std=0.5 * module.in_features**-0.5)
        for layer in self._stack:
            for module in (layer.self_attention.out, layer.cross_attention.out, layer.feed_out):
                module.weight.data /= math.sqrt(3 * self.config.n_layers)
        nn.init.normal_(self.embedding.weight, std=0.7 * self.config.n_codebooks**-0.5)

    def embed(self, codes: Tensor) -> Tensor:
        """Summed embeddings ``[B, S, D]`` of int64 ``[B, K, S]``, special ids included."""
        tables: Tensor = self.embedding(codes + self._table_offsets)
        return tables.sum(dim=1)

    def forward(
        self,
        codes: Tensor,
        memory: Tensor,
        memory_mask: Tensor,
        condition: Tensor | None = None,
    ) -> Tensor:
        """Score the code that follows each position, all positions at once.

        Args:
            codes: int64 ``[B, K, S]`` in the delay pattern, ids 0..V.
            memory: ``[B, L, D]``, L >= 1.
            memory_mask: bool ``[B, L]``, True = may be looked at. A row without any True
                receives exactly zero from every cross-attention.
            condition: ``[B, S, D]``, added to the input embedding.

        Returns:
            logits ``[B, K, S, V]`` for the codes at position s + 1.
        """
        self._check(codes, memory, memory_mask)
        memory = memory * memory_mask[..., None]
        bias = attention_bias(memory_mask, memory.dtype)
        x = self._input(codes, 0, condition)
        for layer in self._stack:
            keys, values = layer.cross_attention.project_memory(memory)
            x = layer(x, keys, values, bias)
        return self._logits(x)

    def open_cache(self, memory: Tensor, memory_mask: Tensor, capacity: int) -> KeyValueCache:
        """Start a run of at most ``capacity`` positions; arguments as in ``forward``."""
        memory = memory * memory_mask[..., None]
        heads = self.config.n_heads
        layers = []
        for layer in self._stack:
            keys, values = layer.cross_attention.project_memory(memory)
            head_width = self.config.width // heads
            layers.append(empty_layer(memory.shape[0], heads, capacity, head_width, keys, values))
        return KeyValueCache(layers, attention_bias(memory_mask, memory.dtype))

    def step(self, codes: Tensor, cache: KeyValueCache, condition: Tensor | None) -> Tensor:
        """Read the next ``n`` positions and score what follows the last of them.

        Args:
            codes: int64 ``[B, K, n]``.
            cache: from ``open_cache``; grows by n.
            condition: ``[B, n, D]`` or None.

        Returns:
            logits ``[B, K, V]``.
        """
        place = cache.room_for(codes.shape[2])
        x = self._input(codes, cache.length, condition)
        for layer, cached in zip(self._stack, cache.layers, strict=True):
            x = layer(x, cached.memory_keys, cached.memory_values, cache.memory_bias, cached, place)
        cache.length = place.stop
        return self._logits(x[:, -1:])[:, :, 0]

    def _input(self, codes: Tensor, first: int, condition: Tensor | None) -> Tensor:
        """Embedding plus position plus condition, ``[B, n, D]``."""
        last = first + codes.shape[2]
        if last > len(self.positions):
            table = sinusoids(2 * last, self.config.width)
            self.positions = table.to(self.positions)
        x = self.embed(codes) + self.positions[first:last]
        return x if condition is None else x + condition

    def _logits(self, x: Tensor) -> Tensor:
        """``[B, n, D]`` to ``[B, K, n, V]``."""
        scores: Tensor = self.heads(self.out_norm(x))
        batch, n, _ = scores.shape
        return scores.view(batch, n, self.config.n_codebooks, -1).transpose(1, 2)

    def _check(self, codes: Tensor, memory: Tensor, memory_mask: Tensor) -> None:
        batch, n_codebooks, _ = codes.shape
        if n_codebooks != self.config.n_codebooks:
            raise ValueError(f"codes have K = {n_codebooks}, not {self.config.n_codebooks}")
        if memory.shape[::2] != (batch, self.config.width) or memory_mask.shape != memory.shape[:2]:
            raise ValueError(
                f"memory is [B, L, D] with a mask [B, L], not {tuple(memory.shape)} "
                f"and {tuple(memory_mask.shape)}"
            )


def split_heads(x: Tensor, n_parts: int, n_heads: int) -> tuple[Tensor, ...]:
    """``[B, S, n_parts * D]`` into ``n_parts`` tensors ``[B, H, S, E]``."""
    batch, n, _ = x.shape
    return x.view(batch, n, n_parts, n_heads, -1).permute(2, 0, 3, 1, 4).unbind(0)


def merge_heads(x: Tensor) -> Tensor:
    """``[B, H, S, E]`` into ``[B, S, D]``."""
    return x.transpose(1, 2).flatten(2)


def causal_mask(n_new: int, n_all: int, device: torch.device) -> Tensor:
    """Which of all positions the last ``n_new`` may see, bool ``[n_new, n_all]``."""
    everything = torch.ones(n_new, n_all, dtype=torch.bool, device=device)
    return everything.tril(n_all - n_new)


def attention_bias(mask: Tensor, dtype: torch.dtype) -> Tensor | None:
    """Scores to add, ``[B, 1, 1, L]``: 0 where ``mask`` is True, else minus infinity.

    A row without any True is left open: its memory is all zeros, so what it receives is exactly
    zero, and no softmax runs over nothing. None where nothing is hidden.
    """
    is_open = mask | ~mask.any(dim=1, keepdim=True)
    if bool(is_open.all()):
        return None
    bias = torch.zeros(mask.shape, dtype=dtype, device=mask.device)
    return bias.masked_fill(~is_open, -math.inf)[:, None, None]

"""Keys and values of one decoding run: allocated once, written in place.

Letters: ``B`` batch, ``H`` heads, ``S`` positions, ``L`` memory length, ``E`` width of a head.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(slots=True)
class LayerCache:
    """Self-attention ``[B, H, S, E]`` and cross-attention ``[B, H, L, E]`` of one layer."""

    keys: Tensor
    values: Tensor
    memory_keys: Tensor
    memory_values: Tensor

    def repeated(self, n: int) -> LayerCache:
        """Each row ``n`` times, one after the other."""
        tensors = (self.keys, self.values, self.memory_keys, self.memory_values)
        return LayerCache(*(tensor.repeat_interleave(n, dim=0) for tensor in tensors))


@dataclass(slots=True)
class KeyValueCache:
    """All layers of one run, and the number of positions already written.

    ``memory_bias`` ``[B, 1, 1, L]`` is added to the cross-attention scores; None where every
    row may look at the whole memory.
    """

    layers: list[LayerCache]
    memory_bias: Tensor | None
    length: int = 0

    def repeated(self, n: int) -> KeyValueCache:
        """Each row ``n`` times, one after the other: takes that share their beginning."""
        layers = [layer.repeated(n) for layer in self.layers]
        bias = self.memory_bias
        bias = None if bias is None else bias.repeat_interleave(n, dim=0)
        return KeyValueCache(layers, bias, self.length)

    @property
    def capacity(self) -> int:
        """Most positions the cache can hold."""
        return self.layers[0].keys.shape[2]

    def room_for(self, n: int) -> slice:
        """Where the next ``n`` positions go; raises ValueError when they do not fit."""
        if self.length + n > self.capacity:
            raise ValueError(f"the cache holds {self.capacity} positions, not {self.length + n}")
        return slice(self.length, self.length + n)


def empty_layer(
    batch: int,
    heads: int,
    capacity: int,
    head_width: int,
    memory_keys: Tensor,
    memory_values: Tensor,
) -> LayerCache:
    """A layer with room for ``capacity`` positions, like the memory in type and device."""
    shape = (batch, heads, capacity, head_width)
    keys = torch.zeros(shape, dtype=memory_keys.dtype, device=memory_keys.device)
    return LayerCache(keys, torch.zeros_like(keys), memory_keys, memory_values)

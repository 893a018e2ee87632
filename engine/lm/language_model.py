"""What a task needs of a language model, whichever checkpoint it came from."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from engine.lm.decode import Guide
from engine.lm.sampling import DrawingRule
from engine.lm.transformer import Decoder


class LanguageModel(Protocol):
    """A decoder with what steers it. All counts are in codec frames."""

    decoder: Decoder

    @property
    def window_frames(self) -> int:
        """Longest stretch it can play at once."""

    @property
    def overlap_frames(self) -> int:
        """How much of one window the next one hears again."""

    @property
    def right_frames(self) -> int:
        """How much it can hear of what follows the stretch to be played; 0 = none."""

    @property
    def rule(self) -> DrawingRule:
        """How it draws unless asked otherwise."""

    def guide(
        self,
        prompt: str,
        negative: str,
        features: NDArray[np.float32],
        right_codes: Tensor | None,
    ) -> Guide:
        """Condition and null of one window.

        Args:
            prompt: the text to follow.
            negative: the text to be guided away from; empty = no text.
            features: ``[T, D_c]`` from ``frame_features``; the null row goes without them.
            right_codes: int64 ``[K, R]``, the frames that follow, R at most ``right_frames``;
                None or R = 0 where nothing follows. Both rows hear them.
        """

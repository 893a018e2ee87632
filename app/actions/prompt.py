"""What the fields of the prompt panel do."""

from __future__ import annotations

import secrets
from dataclasses import replace

from app.document.document import ProjectDocument
from app.model.edits.mix import SetLane
from app.model.edits.prompt import (
    LockSeed,
    SetExpert,
    SetLength,
    SetNegative,
    SetPrompt,
    SetSeed,
    SetTakeCount,
)
from app.model.lane import LaneId
from app.model.project import MAX_BARS, MAX_PROMPT, MAX_SEED, MAX_TAKES, Expert


class PromptActions:
    """Every field is part of the project, so nothing typed is ever lost."""

    def __init__(self, document: ProjectDocument) -> None:
        self._document = document

    def set_prompt(self, text: str) -> None:
        """What is wanted; longer than the limit is cut."""
        self._document.apply(SetPrompt(text[:MAX_PROMPT]))

    def set_negative(self, text: str) -> None:
        """What is not wanted; longer than the limit is cut."""
        self._document.apply(SetNegative(text[:MAX_PROMPT]))

    def set_length(self, bars: int) -> None:
        """How many bars a run plays, held within the limits."""
        self._document.apply(SetLength(min(MAX_BARS, max(1, bars))))

    def set_take_count(self, n_takes: int) -> None:
        """How many takes a run makes, 1-9."""
        self._document.apply(SetTakeCount(min(MAX_TAKES, max(1, n_takes))))

    def set_seed(self, seed: int) -> None:
        """The seed of the next run's first take."""
        self._document.apply(SetSeed(min(MAX_SEED, max(0, seed))))

    def roll_seed(self) -> None:
        """Another seed, by chance."""
        self._document.apply(SetSeed(random_seed()))

    def lock_seed(self, is_locked: bool) -> None:
        """Keep the seed from run to run."""
        self._document.apply(LockSeed(is_locked))

    def set_expert(self, expert: Expert) -> None:
        """Sampling options; raises ValueError out of range."""
        self._document.apply(SetExpert(expert))

    def set_lane_on(self, lane: LaneId, is_on: bool) -> None:
        """Whether a lane steers the next run."""
        settings = replace(self._document.project.settings(lane), is_on=is_on)
        verb = "Use" if is_on else "Do not use"
        self._document.apply(SetLane(lane, settings, label=f"{verb} {lane.value} lane"))

    def leave_field(self) -> None:
        """Typing ended: the next letter typed starts an undo step of its own."""
        self._document.seal()


def random_seed() -> int:
    """A seed by chance, short enough to be read out and typed."""
    return secrets.randbelow(1_000_000)

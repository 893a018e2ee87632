"""The fields of the prompt panel. Typing into one field is one step until it is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.project import Expert, Project


@dataclass(frozen=True, slots=True)
class SetPrompt:
    """Change what is wanted, in words."""

    text: str
    label = "Type prompt"
    merge_key = ("prompt",)

    def apply(self, project: Project) -> Project:
        """Set the prompt; raises ValueError where it is too long."""
        return replace(project, prompt=self.text)


@dataclass(frozen=True, slots=True)
class SetNegative:
    """Change what is not wanted, in words."""

    text: str
    label = "Type negative prompt"
    merge_key = ("negative",)

    def apply(self, project: Project) -> Project:
        """Set the negative prompt; raises ValueError where it is too long."""
        return replace(project, negative=self.text)


@dataclass(frozen=True, slots=True)
class SetLength:
    """Change how many bars a run plays where nothing is selected."""

    bars: int
    label = "Set length"
    merge_key = ("length",)

    def apply(self, project: Project) -> Project:
        """Set the length; raises ValueError out of range."""
        return replace(project, length_bars=self.bars)


@dataclass(frozen=True, slots=True)
class SetTakeCount:
    """Change how many takes a run makes, 1-9."""

    n_takes: int
    label = "Set number of takes"
    merge_key = ("n takes",)

    def apply(self, project: Project) -> Project:
        """Set the number; raises ValueError out of range."""
        return replace(project, n_takes=self.n_takes)


@dataclass(frozen=True, slots=True)
class SetSeed:
    """Change the seed of the next run's first take."""

    seed: int
    label = "Set seed"
    merge_key = ("seed",)

    def apply(self, project: Project) -> Project:
        """Set the seed; raises ValueError out of range."""
        return replace(project, seed=self.seed)


@dataclass(frozen=True, slots=True)
class LockSeed:
    """Keep the seed from run to run, or draw another each time."""

    is_locked: bool
    label = "Lock seed"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Lock or unlock."""
        return replace(project, is_seed_locked=self.is_locked)


@dataclass(frozen=True, slots=True)
class SetExpert:
    """Change the sampling options."""

    expert: Expert
    label = "Set expert options"
    merge_key = ("expert",)

    def apply(self, project: Project) -> Project:
        """Set the options."""
        return replace(project, expert=self.expert)

"""Takes: the results of runs, stacked over the region they were made for."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.adherence import Adherence
from app.model.clip import Asset, Clip
from app.model.ids import ClipId, GroupId, RecipeId, TakeId, new_id
from engine.timebase import Samples, Span, TempoMap, Ticks, samples_span


@dataclass(frozen=True, slots=True)
class Take:
    """One result. ``offset`` is the sample of the recording at which the region begins.

    The recording may hold more than the region: an inpainted one holds its surroundings too.
    ``is_untouched_verified``: the samples outside were compared and are identical;
    ``n_untouched`` says how many, over all channels.
    ``is_unchanged``: inside the region, too, nothing audible changed.
    """

    id: TakeId
    number: int
    asset: Asset
    offset: Samples
    seed: int
    recipe_id: RecipeId
    name: str = ""
    level_db: float | None = None
    peak_db: float | None = None
    adherence: Adherence | None = None
    is_starred: bool = False
    is_binned: bool = False
    is_partial: bool = False
    is_untouched_verified: bool = False
    is_unchanged: bool = False
    n_untouched: int = 0

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError(f"takes count from 1, not {self.number}")
        if not 0 <= self.offset < self.asset.n_samples:
            raise ValueError(f"the region begins inside the recording, not at {self.offset}")

    def clip(self, region: Span[Ticks], tempo: TempoMap, gain_db: float = 0.0) -> Clip:
        """The clip that plays this take over ``region``; shorter where the take is partial."""
        wanted = samples_span(tempo.seconds_span(region), self.asset.sample_rate_hz)
        length = min(wanted.end - wanted.start, self.asset.n_samples - self.offset)
        return Clip(
            id=ClipId(new_id()),
            asset=self.asset,
            position=region.start,
            length=Samples(length),
            offset=self.offset,
            gain_db=gain_db,
            take_id=self.id,
        )


@dataclass(frozen=True, slots=True)
class TakeGroup:
    """The takes of one region. Exactly one is heard: a take, or the original (``heard`` None).

    ``original`` holds the clips that lay in the region before, cut to it.
    """

    id: GroupId
    region: Span[Ticks]
    takes: tuple[Take, ...]
    heard: TakeId | None = None
    original: tuple[Clip, ...] = ()

    def __post_init__(self) -> None:
        ids = [take.id for take in self.takes]
        if len(set(ids)) != len(ids):
            raise ValueError("two takes have one id")
        if self.heard is not None and self.heard not in ids:
            raise ValueError(f"the take heard is not in its group: {self.heard}")

    def take(self, take_id: TakeId) -> Take:
        """The take of that id; raises KeyError where there is none."""
        for take in self.takes:
            if take.id == take_id:
                return take
        raise KeyError(take_id)

    def with_take(self, take: Take) -> TakeGroup:
        """The group with one take replaced by its namesake."""
        takes = tuple(take if old.id == take.id else old for old in self.takes)
        return replace(self, takes=takes)

    @property
    def next_number(self) -> int:
        """The number the next take will have; numbers are never used again."""
        return max((take.number for take in self.takes), default=0) + 1

"""The project: one immutable value that holds everything but the samples."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.chord_block import ChordLane
from app.model.clip import AudioLane, Clip
from app.model.drum_hit import DrumLane
from app.model.ids import GroupId, MaskId, ProjectId, RecipeId, TakeId, new_id
from app.model.lane import MAX_GAIN_DB, MIN_GAIN_DB, LaneId, LaneSettings
from app.model.mask import MaskRegion
from app.model.note import NoteLane
from app.model.recipe import Recipe
from app.model.section import SectionLane
from app.model.take import Take, TakeGroup
from engine.harmony import pitch_class
from engine.timebase import TempoMap, Ticks

AnyLane = SectionLane | ChordLane | DrumLane | NoteLane | AudioLane

MAX_PROMPT = 10_000
MAX_BARS = 999
MAX_TAKES = 9
MAX_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Expert:
    """Sampling options; None takes the model's own default. Temperature 0 is greedy."""

    guidance: float | None = None
    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None

    def __post_init__(self) -> None:
        for name, value, most in (
            ("guidance", self.guidance, 20.0),
            ("temperature", self.temperature, 4.0),
            ("top-k", self.top_k, 100_000),
            ("top-p", self.top_p, 1.0),
        ):
            if value is not None and not 0 <= value <= most:
                raise ValueError(f"{name} lies between 0 and {most:g}, not {value:g}")


@dataclass(frozen=True, slots=True)
class Mix:
    """The master."""

    master_gain_db: float = 0.0

    def __post_init__(self) -> None:
        if not MIN_GAIN_DB <= self.master_gain_db <= MAX_GAIN_DB:
            raise ValueError(f"gain lies between -60 and 12 dB, not {self.master_gain_db}")


@dataclass(frozen=True, slots=True)
class Project:
    """What a person has made. ``key`` is written ``A:min`` or ``C:maj``.

    ``length_bars`` is what a run plays where there is no mask, selection or loop; ``seed`` is
    that of the first take of the next run, and stays when ``is_seed_locked``. ``recipes`` are
    the history of runs, oldest first; every take's recipe is among them.
    """

    id: ProjectId
    title: str = "Untitled"
    tempo: TempoMap = TempoMap()
    key: str = "C:maj"
    prompt: str = ""
    negative: str = ""
    length_bars: int = 8
    n_takes: int = 1
    seed: int = 0
    is_seed_locked: bool = False
    expert: Expert = Expert()
    chords: ChordLane = ChordLane()
    drums: DrumLane = DrumLane()
    notes: NoteLane = NoteLane()
    audio: AudioLane = AudioLane()
    sections: SectionLane = SectionLane()
    masks: tuple[MaskRegion, ...] = ()
    take_groups: tuple[TakeGroup, ...] = ()
    recipes: tuple[Recipe, ...] = ()
    mix: Mix = Mix()

    def __post_init__(self) -> None:
        if max(len(self.prompt), len(self.negative)) > MAX_PROMPT:
            raise ValueError(f"a prompt has at most {MAX_PROMPT} letters")
        if not 1 <= self.length_bars <= MAX_BARS:
            raise ValueError(f"a length is 1 to {MAX_BARS} bars, not {self.length_bars}")
        if not 1 <= self.n_takes <= MAX_TAKES:
            raise ValueError(f"a run makes 1 to {MAX_TAKES} takes, not {self.n_takes}")
        if not 0 <= self.seed <= MAX_SEED:
            raise ValueError(f"a seed lies between 0 and {MAX_SEED}, not {self.seed}")
        root, _, mode = self.key.partition(":")
        pitch_class(root)
        if mode not in ("maj", "min"):
            raise ValueError(f"a key is written A:min or C:maj, not {self.key!r}")
        for what, ids in (
            ("masks", [mask.id for mask in self.masks]),
            ("take groups", [group.id for group in self.take_groups]),
            ("recipes", [recipe.id for recipe in self.recipes]),
        ):
            if len(set(ids)) != len(ids):
                raise ValueError(f"two {what} have one id")

    def mask(self, mask_id: MaskId) -> MaskRegion:
        """The mask of that id; raises KeyError where there is none."""
        for mask in self.masks:
            if mask.id == mask_id:
                return mask
        raise KeyError(mask_id)

    def group(self, group_id: GroupId) -> TakeGroup:
        """The take group of that id; raises KeyError where there is none."""
        for group in self.take_groups:
            if group.id == group_id:
                return group
        raise KeyError(group_id)

    def group_of(self, take_id: TakeId) -> TakeGroup:
        """The group that holds a take; raises KeyError where there is none."""
        for group in self.take_groups:
            if any(take.id == take_id for take in group.takes):
                return group
        raise KeyError(take_id)

    def take(self, take_id: TakeId) -> Take:
        """The take of that id; raises KeyError where there is none."""
        return self.group_of(take_id).take(take_id)

    def recipe(self, recipe_id: RecipeId) -> Recipe:
        """The recipe of that id; raises KeyError where there is none."""
        for recipe in self.recipes:
            if recipe.id == recipe_id:
                return recipe
        raise KeyError(recipe_id)

    def settings(self, lane: LaneId) -> LaneSettings:
        """The switches of a lane."""
        return self._lane(lane).settings

    def with_settings(self, lane: LaneId, settings: LaneSettings) -> Project:
        """The project with one lane's switches replaced."""
        if lane is LaneId.SECTIONS:
            return replace(self, sections=replace(self.sections, settings=settings))
        if lane is LaneId.CHORDS:
            return replace(self, chords=replace(self.chords, settings=settings))
        if lane is LaneId.DRUMS:
            return replace(self, drums=replace(self.drums, settings=settings))
        if lane is LaneId.NOTES:
            return replace(self, notes=replace(self.notes, settings=settings))
        return replace(self, audio=replace(self.audio, settings=settings))

    def with_clip(self, clip: Clip) -> Project:
        """The project with one clip replaced by its namesake."""
        clips = (clip if old.id == clip.id else old for old in self.audio.clips)
        return replace(self, audio=self.audio.with_clips(clips))

    def with_group(self, group: TakeGroup) -> Project:
        """The project with one take group replaced by its namesake."""
        groups = tuple(group if old.id == group.id else old for old in self.take_groups)
        return replace(self, take_groups=groups)

    @property
    def end(self) -> Ticks:
        """Where the last thing that can sound ends; 0 in an empty project."""
        ends = [block.span.end for block in self.chords.blocks[-1:]]
        ends += [Ticks(hit.time + 1) for hit in self.drums.hits[-1:]]
        ends.append(max((note.span.end for note in self.notes.notes), default=Ticks(0)))
        if self.audio.clips:
            last = max(clip.seconds(self.tempo).end for clip in self.audio.clips)
            latest = max(clip.position for clip in self.audio.clips)
            ends.append(max(self.tempo.ticks_at(last), Ticks(latest + 1)))
        return max(ends)

    def _lane(self, lane: LaneId) -> AnyLane:
        lanes: dict[LaneId, AnyLane] = {
            LaneId.SECTIONS: self.sections,
            LaneId.CHORDS: self.chords,
            LaneId.DRUMS: self.drums,
            LaneId.NOTES: self.notes,
            LaneId.AUDIO: self.audio,
        }
        return lanes[lane]


def new_project(title: str = "Untitled", tempo: TempoMap = TempoMap()) -> Project:
    """An empty project under a new id."""
    return Project(id=ProjectId(new_id()), title=title, tempo=tempo)

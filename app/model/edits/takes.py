"""What one can do with takes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.model.adherence import Adherence
from app.model.clip import Clip, carve_clips, clips_within, cut_clip
from app.model.ids import ClipId, GroupId, RecipeId, TakeId, new_id
from app.model.project import Project
from app.model.recipe import Recipe
from app.model.take import Take, TakeGroup
from engine.timebase import Span, Ticks


@dataclass(frozen=True, slots=True)
class NewTakes:
    """The takes of one region, in the order they were made; their numbers are given anew.

    ``group_id`` is the id of the group they found where none has their region yet.
    """

    region: Span[Ticks]
    takes: tuple[Take, ...]
    group_id: GroupId = field(default_factory=lambda: GroupId(new_id()))


@dataclass(frozen=True, slots=True)
class PlaceTakes:
    """Stack the results of a run over their regions, and hear the first of them.

    Takes join the group that has exactly their region, else they found one. With ``is_heard``
    False the audio lane stays as it is: the takes wait in the panel.
    """

    results: tuple[NewTakes, ...]
    recipe: Recipe
    label: str
    is_heard: bool = True
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Add recipe, takes and, where heard, clips. Raises ValueError where an id is taken."""
        project = replace(project, recipes=(*project.recipes, self.recipe))
        for new in self.results:
            group = _group_over(project, new)
            first = group.next_number
            numbered = tuple(
                replace(take, number=first + index) for index, take in enumerate(new.takes)
            )
            group = replace(group, takes=(*group.takes, *numbered))
            others = tuple(old for old in project.take_groups if old.id != group.id)
            project = replace(project, take_groups=(*others, group))
            if self.is_heard and numbered:
                project = HearTake(group.id, numbered[0].id).apply(project)
        return project


@dataclass(frozen=True, slots=True)
class HearTake:
    """Put a take, or the original (None), into the region of its group.

    Trying one after the other is one step. Right after a run that brought takes it is even part
    of that step: to undo it is to withdraw what was tried, and redo brings back what was heard.
    """

    group_id: GroupId
    take_id: TakeId | None
    label = "Hear take"

    @property
    def merge_key(self) -> object:
        """One group's choice."""
        return ("hear", self.group_id)

    def belongs_to(self, before: Project, after: Project) -> bool:
        """Whether that step brought takes of this group."""
        known = {
            take.id
            for group in before.take_groups
            if group.id == self.group_id
            for take in group.takes
        }
        return any(take.id not in known for take in after.group(self.group_id).takes)

    def apply(self, project: Project) -> Project:
        """Swap what lies in the region; raises KeyError for an unknown group or take."""
        group = project.group(self.group_id)
        if self.take_id is None:
            placed = tuple(_renamed(clip) for clip in group.original)
        else:
            gain_db = _gain_within(project, group.region)
            placed = (group.take(self.take_id).clip(group.region, project.tempo, gain_db),)
        clips = carve_clips(project.audio.clips, group.region, project.tempo)
        project = replace(project, audio=project.audio.with_clips((*clips, *placed)))
        return project.with_group(replace(group, heard=self.take_id))


@dataclass(frozen=True, slots=True)
class HearTakeWithin:
    """Compose from several takes: hear one of them only in a part of the group's region."""

    group_id: GroupId
    take_id: TakeId
    span: Span[Ticks]
    label = "Choose part of take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Swap that part; raises KeyError, or ValueError where the span is outside."""
        group = project.group(self.group_id)
        gain_db = _gain_within(project, group.region)
        whole = group.take(self.take_id).clip(group.region, project.tempo, gain_db)
        span = self.span.intersection(group.region)
        part = None if span is None else cut_clip(whole, span, project.tempo)
        if span is None or part is None:
            raise ValueError("that part lies outside the take")
        clips = carve_clips(project.audio.clips, span, project.tempo)
        return replace(project, audio=project.audio.with_clips((*clips, part)))


@dataclass(frozen=True, slots=True)
class KeepTake:
    """Decide for a take: hear it, and put the group's other unstarred takes into the bin."""

    group_id: GroupId
    take_id: TakeId
    label = "Keep take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Hear and tidy; raises KeyError."""
        project = HearTake(self.group_id, self.take_id).apply(project)
        group = project.group(self.group_id)
        takes = tuple(
            replace(take, is_binned=take.id != self.take_id and not take.is_starred)
            for take in group.takes
        )
        return project.with_group(replace(group, takes=takes))


@dataclass(frozen=True, slots=True)
class SetTakeStar:
    """Star a take, or take the star away."""

    take_id: TakeId
    is_starred: bool
    label = "Star take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Set the star; raises KeyError."""
        return _with_take(project, replace(project.take(self.take_id), is_starred=self.is_starred))


@dataclass(frozen=True, slots=True)
class RenameTake:
    """Give a take a name."""

    take_id: TakeId
    name: str
    label = "Rename take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Rename; raises KeyError."""
        return _with_take(project, replace(project.take(self.take_id), name=self.name))


@dataclass(frozen=True, slots=True)
class BinTake:
    """Put a take into the project's bin; where it was heard, the original is heard again."""

    take_id: TakeId
    label = "Bin take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Bin; raises KeyError."""
        group = project.group_of(self.take_id)
        if group.heard == self.take_id:
            project = HearTake(group.id, None).apply(project)
        return _with_take(project, replace(project.take(self.take_id), is_binned=True))


@dataclass(frozen=True, slots=True)
class RestoreTake:
    """Bring a take back from the bin."""

    take_id: TakeId
    label = "Restore take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Restore; raises KeyError."""
        return _with_take(project, replace(project.take(self.take_id), is_binned=False))


@dataclass(frozen=True, slots=True)
class SetAdherence:
    """Note what was heard in a take. A project without that take stays as it is."""

    take_id: TakeId
    adherence: Adherence
    level_db: float | None = None
    peak_db: float | None = None
    label = "Analyse take"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Add the findings."""
        try:
            take = project.take(self.take_id)
        except KeyError:
            return project
        heard = replace(
            take, adherence=self.adherence, level_db=self.level_db, peak_db=self.peak_db
        )
        return _with_take(project, heard)


@dataclass(frozen=True, slots=True)
class RecallRecipe:
    """Fill words and seed as they were in a run; ``with_lanes`` also key, lanes and masks."""

    recipe_id: RecipeId
    with_lanes: bool = False
    label = "Recall recipe"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Recall; raises KeyError for an unknown recipe."""
        recipe = project.recipe(self.recipe_id)
        recalled = replace(
            project,
            prompt=recipe.prompt,
            negative=recipe.negative,
            n_takes=recipe.n_takes,
            seed=recipe.seed,
            is_seed_locked=True,
        )
        if not self.with_lanes:
            return recalled
        return replace(
            recalled,
            key=recipe.key,
            chords=recipe.chords,
            drums=recipe.drums,
            notes=recipe.notes,
            sections=recipe.sections,
            masks=recipe.masks,
        )


def _group_over(project: Project, new: NewTakes) -> TakeGroup:
    for group in project.take_groups:
        if group.region == new.region:
            return group
    original = clips_within(project.audio.clips, new.region, project.tempo)
    return TakeGroup(id=new.group_id, region=new.region, takes=(), original=original)


def _gain_within(project: Project, region: Span[Ticks]) -> float:
    there = clips_within(project.audio.clips, region, project.tempo)
    return there[0].gain_db if there else 0.0


def _renamed(clip: Clip) -> Clip:
    return replace(clip, id=ClipId(new_id()))


def _with_take(project: Project, take: Take) -> Project:
    return project.with_group(project.group_of(take.id).with_take(take))

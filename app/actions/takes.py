"""Hearing, keeping and tidying takes."""

from __future__ import annotations

from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.edits.takes import (
    BinTake,
    HearTake,
    HearTakeWithin,
    KeepTake,
    RecallRecipe,
    RenameTake,
    RestoreTake,
    SetTakeStar,
)
from app.model.ids import GroupId, RecipeId, TakeId
from app.model.project import Project
from app.model.take import Take, TakeGroup


class TakeActions:
    """Works on the group of takes in focus: the one under the selection, else the newest."""

    def __init__(self, document: ProjectDocument, workspace: Workspace) -> None:
        self._document = document
        self._workspace = workspace
        self._chosen: GroupId | None = None

    def focused_group(self) -> TakeGroup | None:
        """The group that the number keys act on; None where there are no takes."""
        groups = self._document.project.take_groups
        span = self._workspace.selection.span
        if span is not None:
            touched = [group for group in groups if group.region.overlaps(span)]
            if touched:
                return touched[-1]
        chosen = [group for group in groups if group.id == self._chosen]
        return chosen[0] if chosen else (groups[-1] if groups else None)

    def focus_group(self, group_id: GroupId) -> None:
        """Let the number keys act on this group while nothing else is selected."""
        self._chosen = group_id

    def hear_number(self, number: int) -> None:
        """Hear the take of that number; 0 is the original. Without such a take, do nothing."""
        group = self.focused_group()
        if group is None:
            return
        if number == 0:
            self.hear(group.id, None)
        for take in listed_takes(group):
            if take.number == number:
                self.hear(group.id, take.id)

    def hear(self, group_id: GroupId, take_id: TakeId | None) -> None:
        """Hear a take of a group, or the original."""
        self._document.apply(HearTake(group_id, take_id))

    def hear_number_within(self, number: int) -> None:
        """Hear the take of that number in the selected time only: one part of a composite.

        Without such a take, or where the selection does not meet its region, do nothing.
        """
        group, span = self.focused_group(), self._workspace.selection.span
        if group is None or span is None or not group.region.overlaps(span):
            return
        for take in listed_takes(group):
            if take.number == number:
                self._document.apply(HearTakeWithin(group.id, take.id, span))

    def keep_heard(self) -> None:
        """Keep the take being heard; the group's other unstarred takes go to the bin."""
        group = self.focused_group()
        if group is not None and group.heard is not None:
            self._document.apply(KeepTake(group.id, group.heard))

    def keep(self, group_id: GroupId, take_id: TakeId) -> None:
        """Keep one take."""
        self._document.apply(KeepTake(group_id, take_id))

    def toggle_star(self, take: Take) -> None:
        """Star a take, or take its star away."""
        self._document.apply(SetTakeStar(take.id, not take.is_starred))

    def rename(self, take_id: TakeId, name: str) -> None:
        """Give a take a name."""
        self._document.apply(RenameTake(take_id, name))

    def bin(self, take_id: TakeId) -> None:
        """Put a take into the bin; its sound stays on disk."""
        self._document.apply(BinTake(take_id))

    def restore(self, take_id: TakeId) -> None:
        """Bring a take back from the bin."""
        self._document.apply(RestoreTake(take_id))

    def recall(self, recipe_id: RecipeId, *, with_lanes: bool) -> None:
        """Fill the prompt panel as it was in a run, and the lanes too where asked."""
        self._document.apply(RecallRecipe(recipe_id, with_lanes))


def listed_takes(group: TakeGroup) -> tuple[Take, ...]:
    """The takes of a group outside the bin, in the order they were made."""
    return tuple(take for take in group.takes if not take.is_binned)


def binned_takes(project: Project) -> tuple[tuple[Take, TakeGroup], ...]:
    """Every take in the bin with its group, the newest first."""
    groups = reversed(project.take_groups)
    return tuple((take, group) for group in groups for take in group.takes if take.is_binned)

"""Lane switches and faders."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.model.lane import LaneId, LaneSettings
from app.model.project import Mix, Project


@dataclass(frozen=True, slots=True)
class SetLane:
    """Replace a lane's switches; ``label`` names what changed ("Mute drums")."""

    lane: LaneId
    settings: LaneSettings
    label: str = "Change lane"

    @property
    def merge_key(self) -> object:
        """The same change of one lane, as while dragging a fader, is one step."""
        return ("lane", self.lane, self.label)

    def apply(self, project: Project) -> Project:
        """Replace the switches."""
        return project.with_settings(self.lane, self.settings)


@dataclass(frozen=True, slots=True)
class ClearSolos:
    """Switch every solo off."""

    label = "Clear solos"
    merge_key = None

    def apply(self, project: Project) -> Project:
        """Switch lane and drum row solos off."""
        for lane in LaneId:
            settings = project.settings(lane)
            if settings.is_solo:
                project = project.with_settings(lane, replace(settings, is_solo=False))
        rows = tuple(replace(row, is_solo=False) for row in project.drums.rows)
        return replace(project, drums=replace(project.drums, rows=rows))


@dataclass(frozen=True, slots=True)
class SetMasterGain:
    """Change the master's gain."""

    gain_db: float
    label = "Set master gain"
    merge_key = ("master gain",)

    def apply(self, project: Project) -> Project:
        """Set the gain; raises ValueError out of range."""
        return replace(project, mix=Mix(self.gain_db))

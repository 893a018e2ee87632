"""What every canvas of the timeline shares."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance

from app.actions.arrange import Arrange
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.model.clip import Asset
from app.model.project import Project
from app.model.snapping import Snapped, grid_step, snap, snap_down, snap_targets
from app.playback.peaks import Peaks
from app.ui.timeline.grid import GridRow
from app.ui.timeline.time_axis import TimeAxis
from engine.timebase import Span, Ticks

SNAP_REACH_PX = 6.0


class PeakSource(Protocol):
    """Where waveforms come from; ``ready(AssetId)`` tells that one can be drawn now."""

    ready: SignalInstance

    def peaks_of(self, asset: Asset) -> Peaks | None:
        """The pyramid of a recording, or None while it is being built."""


class Stage(QObject):
    """Document, workspace, time axis and actions in one hand, and the snapping they imply.

    Signals, for whoever makes sound or opens panels:
        chord_auditioned(text), note_auditioned(pitch, velocity), drum_auditioned(pitch, velocity):
            a person placed or clicked something that is to be heard.
        mask_prompt_wanted(MaskId), clip_details_wanted(ClipId): double-clicks on the audio lane.
        clip_menu_opening(QMenu, ClipId): a clip's menu is about to show; more can be added.
        files_dropped(paths, LaneId, Ticks): files from outside were let go over a lane.
        chord_detection_wanted(LaneId): find chords in the notes or in the audio.
        said(text): one line for the status bar; an empty text takes it away.
    """

    chord_auditioned = Signal(str)
    note_auditioned = Signal(int, int)
    drum_auditioned = Signal(int, int)
    mask_prompt_wanted = Signal(str)
    clip_details_wanted = Signal(str)
    clip_menu_opening = Signal(object, str)
    files_dropped = Signal(object, object, object)
    chord_detection_wanted = Signal(object)
    said = Signal(str)

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        axis: TimeAxis,
        arrange: Arrange,
        peaks: PeakSource,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.document = document
        self.workspace = workspace
        self.axis = axis
        self.arrange = arrange
        self.peaks = peaks
        self.grid_row = GridRow()

    @property
    def project(self) -> Project:
        """The project as it is shown now, in the middle of a drag too."""
        return self.document.project

    @property
    def whole_song(self) -> Span[Ticks]:
        """To the end of the music, of the sections, or of what a run would play; whole bars."""
        sections = self.project.sections.sections
        end = max(self.project.end, sections[-1].span.end if sections else 0)
        bar = self.project.tempo.meter.bar_ticks
        bars = max(self.project.length_bars, -(-end // bar))
        return Span(Ticks(0), Ticks(bars * bar))

    @property
    def grid_step(self) -> Ticks:
        """Ticks between the lines edits land on."""
        px_per_tick = self.axis.scale.width_of(1)
        return grid_step(self.workspace.grid, self.project.tempo.meter, px_per_tick)

    def snapped(self, ticks: Ticks, *, is_free: bool = False) -> Snapped:
        """Where an edge dropped at ``ticks`` lands; ``is_free`` or snap off: right there."""
        if is_free or not self.workspace.is_snapping:
            return Snapped(Ticks(max(0, ticks)))
        targets = snap_targets(
            self.arrange.base, self.workspace.loop, self.workspace.playhead or None
        )
        reach = Ticks(round(self.axis.scale.ticks_wide(SNAP_REACH_PX)))
        return snap(ticks, self.grid_step, targets, reach)

    def cell_start(self, ticks: Ticks, *, is_free: bool = False) -> Ticks:
        """Start of the grid cell that holds ``ticks``; the tick itself without snap."""
        if is_free or not self.workspace.is_snapping:
            return ticks
        return snap_down(ticks, self.grid_step)

    def moved_by(self, start: Ticks, ticks: float, *, is_free: bool = False) -> Snapped:
        """Where something that began at ``start`` begins after a drag over ``ticks``."""
        return self.snapped(Ticks(max(0, round(start + ticks))), is_free=is_free)

"""What the window is given: the open project, what it does, and the verbs."""

from __future__ import annotations

from dataclasses import dataclass

from app.actions.arrange import Arrange
from app.actions.chord_files import ChordFiles
from app.actions.detect_chords import ChordDetection
from app.actions.edit import EditActions
from app.actions.export import ExportActions
from app.actions.extend import ExtendActions
from app.actions.files import FileActions
from app.actions.generate import GenerateActions
from app.actions.imports import ImportActions
from app.actions.inpaint import InpaintActions
from app.actions.join import JoinActions
from app.actions.playback import PlaybackActions
from app.actions.prompt import PromptActions
from app.actions.results import ResultActions
from app.actions.song import SongActions
from app.actions.steering import SteeringActions
from app.actions.takes import TakeActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.jobs.queue import JobQueue
from app.playback.playback import Playback
from app.playback.waveforms import Waveforms
from app.settings import SettingsFile


@dataclass(frozen=True, slots=True)
class Studio:
    """The parts, built and wired in ``app.application``."""

    document: ProjectDocument
    workspace: Workspace
    sound: Playback
    waveforms: Waveforms
    queue: JobQueue
    settings: SettingsFile

    arrange: Arrange
    chord_files: ChordFiles
    detection: ChordDetection
    edit: EditActions
    export: ExportActions
    extend: ExtendActions
    files: FileActions
    generate: GenerateActions
    imports: ImportActions
    inpaint: InpaintActions
    join: JoinActions
    playback: PlaybackActions
    prompt: PromptActions
    results: ResultActions
    song: SongActions
    steering: SteeringActions
    takes: TakeActions

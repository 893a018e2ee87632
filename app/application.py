"""Builds the studio and wires its parts; the only place that knows them all."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from app.actions.arrange import Arrange
from app.actions.awaited import awaited
from app.actions.chord_files import ChordFiles
from app.actions.detect_chords import ChordDetection
from app.actions.doorbell import Doorbell
from app.actions.edit import EditActions
from app.actions.export import ExportActions, file_stem
from app.actions.extend import ExtendActions
from app.actions.files import FileActions
from app.actions.generate import GenerateActions
from app.actions.imports import ImportActions
from app.actions.inpaint import InpaintActions
from app.actions.join import JoinActions
from app.actions.notice import Notice, Tone
from app.actions.pace import Pace
from app.actions.pending import PendingActions
from app.actions.playback import PlaybackActions
from app.actions.prompt import PromptActions
from app.actions.results import ResultActions
from app.actions.song import SongActions
from app.actions.steering import SteeringActions
from app.actions.takes import TakeActions
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.fault_report import FaultReport
from app.interchange.midi_in import read_midi
from app.jobs.engine_thread import EngineThread
from app.jobs.growing_take import GrowingTake
from app.jobs.lane_sound import LaneSound
from app.jobs.queue import JobQueue
from app.jobs.submit import submit_warm_up
from app.model.chord_symbol import harte_of
from app.model.clip import Asset
from app.model.project import Project, new_project
from app.model.selection import Selection
from app.model.take import Take, TakeGroup
from app.ownership import end_with_its_parts
from app.playback.audio_output import AudioOutput, ClockOutput
from app.playback.device_search import DeviceSearch
from app.playback.playback import Playback
from app.playback.sound_library import SoundLibrary
from app.playback.voices import Listening
from app.playback.waveforms import Waveforms
from app.process import PauseCollection
from app.resources import DEMO_PROJECT
from app.settings import SettingsFile
from app.storage.audio_pool import AudioPool
from app.storage.project_folder import ProjectFolder
from app.storage.recovery import decline, recoverable_projects, tidy
from app.ui.dialogs.crash_report import CrashReportDialog
from app.ui.dialogs.questions import WindowQuestions
from app.ui.dialogs.recovery import RecoveryChoice, RecoveryDialog
from app.ui.main_window import MainWindow
from app.ui.notices import NoticeBar
from app.ui.space_rule import SpaceRule
from app.ui.studio import Studio
from engine.audio.files import read_audio, write_bytes_whole
from engine.backend import Backend
from engine.errors import DeviceUnusable
from engine.host import HostedBackend
from engine.synthesis.voice import open_voice
from engine.timebase import Ticks

SKETCH_RATE_HZ = 48_000
TEST_TONE_PITCH, TEST_TONE_VELOCITY = 69, 90
WARM_UP_AFTER_MS = 1_500
"""The engine starts when the window has settled, so that both do not fight for the disk."""


class Application(QObject):
    """One running studio. ``make_backend`` is called in the engine thread, at the first job."""

    def __init__(
        self,
        state_folder: Path,
        settings: SettingsFile,
        make_backend: Callable[[], Backend] = HostedBackend,
        project: Project | None = None,
    ) -> None:
        super().__init__()
        self.is_closed = False
        self._settings = settings
        self._questions = WindowQuestions()
        self.faults = FaultReport()
        self.notices = NoticeBar()
        self.document = ProjectDocument(project or new_project())
        self.workspace = Workspace()
        self.engine = EngineThread(make_backend)
        self.queue = JobQueue(self.engine)
        self.growing = GrowingTake(self.queue, self.document)
        self.lane_sound = LaneSound(lambda: open_voice(SKETCH_RATE_HZ))
        self.search = DeviceSearch()
        kept = settings.current
        self.pace = Pace(kept.work_per_second, kept.memory_bytes, kept.memory_total_bytes)
        self.files = FileActions(
            self.document, state_folder, settings, self._questions, self.notices.tell
        )
        self._state_folder = self.files.state_folder
        self.pending = PendingActions(self.queue, lambda: self.files.folder, self.notices.tell)
        self.doorbell = Doorbell()
        library = SoundLibrary(self.files.folder.pool.read)
        self.sound = Playback(self.workspace, self.document.project, library)
        self.waveforms = Waveforms(library)
        self.collection = PauseCollection(self._paused_s)
        self._moved_s = time.monotonic()
        self.studio = self._build_studio()
        self.window = MainWindow(self.studio, self.notices, self._questions, self._file_of_take)
        self._connect()
        if settings.notice:
            self.notices.tell(Notice("settings", settings.notice))

    def open_first(self, project: Path | None) -> None:
        """Show what was asked for, else what a crash left, else the last project or the demo."""
        if project is not None:
            is_ours = project.resolve() == DEMO_PROJECT.resolve()
            self.files.open_copy(project) if is_ours else self.files.open_path(project)
        elif self._offer_recovery():
            return
        elif (last := self._last_project()) is not None:
            self.files.open_path(last)
        elif DEMO_PROJECT.is_dir():
            self.files.open_copy(DEMO_PROJECT)

    def start(self, project: Path | None) -> None:
        """What need not happen before the window is seen."""
        self.open_first(project)
        self.search.begin()
        QTimer.singleShot(WARM_UP_AFTER_MS, self, lambda: submit_warm_up(self.queue))
        self.collection.start()

    def _paused_s(self) -> float:
        """For how long nothing has been edited, played or reckoned."""
        is_busy = self.sound.transport.is_playing or self.queue.running is not None
        if is_busy or self.studio.export.is_busy:
            self._moved_s = time.monotonic()
        return time.monotonic() - self._moved_s

    def space_rule(self) -> SpaceRule:
        """The rule about Space, Enter and the keys that are held, for the whole application."""
        back = partial(self.sound.listen, Listening.MIX)
        return SpaceRule(
            self.studio.playback.play_or_stop,
            lambda: self._settings.current.screen_reader_mode,
            {Qt.Key.Key_D: back, Qt.Key.Key_H: back},
        )

    def close(self) -> None:
        """Stop sound and engine and give everything back; called when the window has closed."""
        self.is_closed = True
        self._settings.change(
            work_per_second=self.pace.work_per_second,
            memory_bytes=self.pace.memory_bytes,
            memory_total_bytes=self.pace.memory_total_bytes,
        )
        self.collection.close()
        self.search.close()
        self.doorbell.close()
        self.sound.close()
        self.lane_sound.close()
        self.waveforms.close()
        self.studio.export.close()
        self.studio.imports.close()
        self.studio.join.close()
        self.engine.close()
        self.pending.close()
        self.faults.remove()
        end_with_its_parts(self)

    def _build_studio(self) -> Studio:
        document, workspace, tell = self.document, self.workspace, self.notices.tell

        def pool() -> AudioPool:
            return self.files.folder.pool

        def store_of_project() -> Callable[[Path], Asset]:
            pool_now = pool()
            return lambda path: pool_now.add(read_audio(path))

        arrange = Arrange(document, workspace)
        generate = GenerateActions(document, workspace, self.queue, pool, self.pace, tell)
        return Studio(
            document=document,
            workspace=workspace,
            sound=self.sound,
            waveforms=self.waveforms,
            queue=self.queue,
            settings=self._settings,
            arrange=arrange,
            chord_files=ChordFiles(document, write_bytes_whole, tell),
            detection=ChordDetection(document, workspace, self.queue, pool, tell),
            edit=EditActions(document),
            export=ExportActions(
                document, workspace, self.sound, tell, _write_midi, _show_in_folder
            ),
            extend=ExtendActions(document, workspace, generate, tell),
            files=self.files,
            generate=generate,
            imports=ImportActions(document, workspace, store_of_project, read_midi, tell),
            inpaint=InpaintActions(document, tell),
            join=JoinActions(document, arrange, pool, tell),
            playback=PlaybackActions(document, workspace, self.sound.transport),
            prompt=PromptActions(document),
            results=ResultActions(
                document,
                self.queue,
                pool,
                self.pace,
                tell,
                restart_engine=lambda: submit_warm_up(self.queue),
                report_bug=self.faults.report,
            ),
            song=SongActions(document, self._questions.keep_seconds, tell=tell),
            steering=SteeringActions(document, arrange),
            takes=TakeActions(document, workspace),
        )

    def _connect(self) -> None:
        window, sound, stage = self.window, self.sound, self.window.timeline.stage
        self.document.changed.connect(self._on_document_changed)
        self.document.replaced.connect(self._on_replaced)
        self.files.opened.connect(self._on_folder_opened)
        self.files.autosaved.connect(self._on_autosaved)
        self.files.shown.connect(window.come_forward)
        self.files.recordings_found.connect(self._on_recordings_found)
        self.doorbell.rung.connect(window.come_forward)
        self.doorbell.listen_at(self.files.folder.path)
        self.lane_sound.rendered.connect(sound.show_sketch)
        self.lane_sound.follow(self.document.project)
        self.growing.changed.connect(sound.show_growing)
        self.growing.changed.connect(window.timeline.audio_lane.show_growing)
        stage.note_auditioned.connect(sound.audition.note)
        stage.drum_auditioned.connect(sound.audition.stroke)
        stage.chord_auditioned.connect(self._on_chord_auditioned)
        stage.said.connect(window.status.say)
        self.studio.results.announced.connect(window.status.say)
        self.studio.export.progressed.connect(window.status.say)
        sound.told.connect(self._on_sound_told)
        sound.output_changed.connect(self._show_output)
        self.search.found.connect(self._on_device_found)
        self.search.failed.connect(self._on_device_missing)
        self.faults.found.connect(self._on_fault)
        steps = window.first_steps
        steps.tone_wanted.connect(lambda: sound.audition.note(TEST_TONE_PITCH, TEST_TONE_VELOCITY))
        steps.done.connect(lambda: self._settings.change(has_seen_first_steps=True))
        self.studio.results.warmed_up.connect(steps.show_engine)
        window.device_wanted.connect(self.search.begin)
        window.closing.connect(self.close)
        self._show_output()

    def _last_project(self) -> Path | None:
        recent = [Path(name) for name in self._settings.current.recent_projects]
        return recent[0] if recent and recent[0].is_dir() else None

    def _offer_recovery(self) -> bool:
        """Offer what was not closed in good order; False where nothing is opened."""
        tidy(self._state_folder)
        choices = [
            RecoveryChoice(
                found.path,
                found.title,
                found.n_actions,
                datetime.fromtimestamp(found.changed_at),
            )
            for found in awaited(lambda: recoverable_projects(self._state_folder))
        ]
        if not choices:
            return False
        dialog = RecoveryDialog(
            choices, lambda choice: decline(self._state_folder, choice.path), self.window
        )
        dialog.exec()
        return dialog.opened is not None and self.files.open_path(dialog.opened.path)

    def _file_of_take(self, take: Take, group: TakeGroup) -> Path | None:
        """A take's sound under a telling name, for whoever it is dropped on."""
        folder = self._state_folder / "handed out"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{file_stem(self.document.project, f'take{take.number}')}.wav"
        return path if self.studio.export.write_take(path, take, group) else None

    @Slot(object, object)
    def _on_document_changed(self, _before: Project, after: Project) -> None:
        self._moved_s = time.monotonic()
        self.sound.show_project(after)
        self.lane_sound.follow(after)

    @Slot(object)
    def _on_replaced(self, _project: Project) -> None:
        self.pending.restore(self.files.folder)
        self.workspace.set_selection(Selection())
        self.workspace.set_loop(None)
        self.workspace.set_start_marker(Ticks(0))

    @Slot(object)
    def _on_folder_opened(self, folder: ProjectFolder) -> None:
        library = SoundLibrary(folder.pool.read)
        self.sound.use_library(library)
        self.waveforms.use_library(library)
        self.doorbell.listen_at(folder.path)

    @Slot(list)
    def _on_recordings_found(self, found: list[Asset]) -> None:
        self._on_folder_opened(self.files.folder)  # what could not be read was remembered
        self.notices.withdraw("sound")
        self.sound.show_project(self.document.project)
        for asset in found:
            self.waveforms.ready.emit(asset.id)

    @Slot(int)
    def _on_autosaved(self, _number: int) -> None:
        if self.is_closed:  # the last word of the autosave thread arrives after the window went
            return
        self.notices.withdraw("autosave")
        self.window.status.saved.setText(f"Autosaved {datetime.now():%H:%M:%S}")

    @Slot(str)
    def _on_chord_auditioned(self, text: str) -> None:
        self.sound.audition.chord(harte_of(text, self.document.project.chords.has_german_names))

    @Slot(str, str)
    def _on_sound_told(self, message: str, hint: str) -> None:
        self.notices.tell(Notice("sound", message, hint))

    @Slot(object)
    def _on_device_found(self, output: AudioOutput) -> None:
        try:
            self.sound.use_output(output)
        except DeviceUnusable as error:
            self.sound.use_output(ClockOutput())
            self._on_device_missing(error)
        else:
            self.notices.withdraw("sound")

    @Slot(object)
    def _on_device_missing(self, error: DeviceUnusable) -> None:
        self.window.first_steps.show_sound("No sound device was found.")
        again = (("Look again", self.search.begin),)
        self.notices.tell(Notice("sound", error.message, error.hint, Tone.INFO, choices=again))

    @Slot()
    def _show_output(self) -> None:
        output = self.sound.output
        text = output.name
        if not isinstance(output, ClockOutput):
            text += f" · {output.sample_rate_hz / 1000:g} kHz"
            self.window.first_steps.show_sound(text, is_found=True)
        self.window.status.sound.setText(text)

    @Slot(str)
    def _on_fault(self, report: str) -> None:
        is_saved = self.files.flush()
        CrashReportDialog(report, is_saved=is_saved, parent=self.window).show()


def _write_midi(path: Path, project: Project) -> None:
    # The MIDI library is loaded when it is first needed, not with the window.
    from app.interchange.midi_out import write_midi

    write_bytes_whole(path, write_midi(project))


def _show_in_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

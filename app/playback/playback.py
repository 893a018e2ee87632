"""Keeps what is played in step with the project, and the project in step with a device."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.document.workspace import Workspace
from app.model.lane import LaneId
from app.model.project import Project
from app.playback.audio_output import AudioOutput, ClockOutput
from app.playback.audition import Audition
from app.playback.growing_sound import GrowingSound
from app.playback.mixdown import Stereo, Voice, peak_db
from app.playback.player import Player
from app.playback.program_writer import Plan, ProgramWriter
from app.playback.sound_library import SoundLibrary, stereo_frames
from app.playback.transport import Transport
from app.playback.voices import Listening, Sources, click_voices, project_voices
from engine.requests import Audio
from engine.timebase import Seconds, Ticks, samples_at

METRONOME_BARS = 64
_SETTLE_MS = 15
_HEARTBEAT_MS = 1_000
_METER_S = 1 / 30


class Playback(QObject):
    """Owns player, device, transport and the rendering thread.

    Signals:
        told(str, str): message and hint about sound: no device, a recording missing.
        output_changed(): another device plays now.
    """

    told = Signal(str, str)
    output_changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        project: Project,
        library: SoundLibrary,
        output: AudioOutput | None = None,
    ) -> None:
        super().__init__()
        self.output: AudioOutput = output or ClockOutput()
        self.transport = Transport(workspace, self._new_player(), project.tempo)
        self.audition = Audition(self.output.sample_rate_hz)
        self.audition.rendered.connect(self._on_audition_rendered)
        self._workspace = workspace
        self._project = project
        self._library = library
        self._sketches = _Sketches()
        self._listening = Listening.MIX
        self._growing: GrowingSound | None = None
        self._is_level_matched = False
        self._program: Stereo = np.zeros((0, 2), np.float32)
        self._writer = ProgramWriter()
        self._writer.ready.connect(self._on_ready)
        self._writer.failed.connect(self.told)
        self._settle = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self.render)
        self._heartbeat = QTimer(self, interval=_HEARTBEAT_MS)
        self._heartbeat.timeout.connect(self._on_heartbeat)
        self._heartbeat.start()
        self.transport.changed.connect(self._on_transport_changed)
        self._had_metronome = False
        self._start_output()
        self.show_project(project)

    @property
    def library(self) -> SoundLibrary:
        """The prepared recordings of the open project."""
        return self._library

    def use_library(self, library: SoundLibrary) -> None:
        """Another project was opened: its recordings come from elsewhere."""
        self._library = library
        self.transport.stop()

    def show_project(self, project: Project) -> None:
        """Play this from now on, at the same position; many changes in a row are joined."""
        before, self._project = self._project, project
        self.transport.set_tempo(project.tempo)
        self.transport.set_end(self._music_end())
        is_heard = (
            before is project
            or before.audio is not project.audio
            or before.chords is not project.chords
            or before.drums is not project.drums
            or before.notes is not project.notes
            or before.tempo != project.tempo
            or before.mix != project.mix
        )
        if is_heard:
            self._settle.start()

    @property
    def sketches(self) -> Mapping[LaneId, Audio]:
        """The sound of each lane that is not empty, from bar 1 on, as told last."""
        return dict(self._sketches.audio)

    @Slot(object, object)
    def show_sketch(self, lane: LaneId, audio: Audio | None) -> None:
        """A lane sounds like this now; None where it is empty."""
        if audio is None:
            self._sketches.audio.pop(lane, None)
        else:
            self._sketches.audio[lane] = audio
        self._settle.start()

    @Slot(object)
    def show_growing(self, growing: GrowingSound | None) -> None:
        """Let what is ready of a take be heard; None when it is complete or given up."""
        self._growing = growing
        self.transport.set_end(self._music_end())
        self._settle.start()

    @property
    def listening(self) -> Listening:
        """What is heard now."""
        return self._listening

    def listen(self, listening: Listening) -> None:
        """Hear the mix, the lanes alone, or the difference a take made."""
        if listening is not self._listening:
            self._listening = listening
            self.render()

    @property
    def is_level_matched(self) -> bool:
        """Whether takes are played equally loud, to compare them."""
        return self._is_level_matched

    def toggle_level_match(self) -> None:
        """Play the takes of a region equally loud, or each as it is."""
        self._is_level_matched = not self._is_level_matched
        self.render()

    def use_output(self, output: AudioOutput) -> None:
        """Play through another device from now on."""
        self.output.close()
        self.output = output
        self.audition.use_rate(output.sample_rate_hz)
        self.transport.use_player(self._new_player())
        self._start_output()
        self.render()
        self.output_changed.emit()

    def levels(self) -> tuple[float, float]:
        """Peaks of the last thirtieth of a second in dBFS, left and right."""
        if not self.transport.is_playing:
            return -np.inf, -np.inf
        end = max(0, self._player.heard_position(self.output.latency_s))
        start = max(0, end - samples_at(Seconds(_METER_S), self._player.sample_rate_hz))
        heard = self._program[start:end]
        return peak_db(heard[:, :1]), peak_db(heard[:, 1:])

    def finish_rendering(self) -> bool:
        """Wait until the newest project is rendered; for tests and for handing over."""
        if self._settle.isActive():
            self.render()
        return self._writer.finish()

    def close(self) -> None:
        """Stop the device and the thread."""
        self._heartbeat.stop()
        self._settle.stop()
        self.transport.stop()
        self.output.close()
        self._writer.close()
        self.audition.close()

    @Slot()
    def render(self) -> None:
        """Render the project anew from the playhead on."""
        self._settle.stop()
        project, library, listening = self._project, self._library, self._listening
        growing, is_level_matched = self._growing, self._is_level_matched
        rate = self._player.sample_rate_hz
        end = self._end()
        has_metronome = self.transport.has_metronome

        def voices() -> tuple[Voice, ...]:
            sources = Sources(
                rate,
                lambda asset: library.frames(asset, rate),
                lambda lane: self._sketches.frames(lane, rate),
            )
            clicks = click_voices(project.tempo, end, rate) if has_metronome else ()
            heard = project_voices(
                project, sources, listening, growing, is_level_matched=is_level_matched
            )
            return heard + clicks

        self._writer.write(
            Plan(
                voices,
                n_samples=samples_at(project.tempo.seconds_at(end), rate),
                sample_rate_hz=rate,
                position=self._player.heard_position(0.0)
                if self.transport.is_playing
                else (samples_at(project.tempo.seconds_at(self._workspace.playhead), rate)),
                master_db=project.mix.master_gain_db,
            )
        )

    def _end(self) -> Ticks:
        bar = self._project.tempo.meter.bar_ticks
        loop = self._workspace.loop
        end = max(self._music_end(), loop.end if loop is not None else 0) + bar
        return Ticks(max(end, METRONOME_BARS * bar) if self.transport.has_metronome else end)

    def _music_end(self) -> Ticks:
        return max(self._project.end, Ticks(0) if self._growing is None else self._growing.end)

    def _new_player(self) -> Player:
        self._player = Player(self.output.sample_rate_hz)
        return self._player

    def _start_output(self) -> None:
        self.output.start(self._player.fill)
        self.transport.latency_s = self.output.latency_s

    @Slot(object, object)
    def _on_ready(self, plan: Plan, program: Stereo) -> None:
        if plan.sample_rate_hz == self._player.sample_rate_hz:
            self._program = program
            self._player.swap_program(program)

    @Slot(object)
    def _on_audition_rendered(self, frames: Stereo) -> None:
        self._player.one_shot.start(frames)

    @Slot()
    def _on_transport_changed(self) -> None:
        if self.transport.has_metronome != self._had_metronome:
            self._had_metronome = self.transport.has_metronome
            self.render()

    @Slot()
    def _on_heartbeat(self) -> None:
        if self.output.is_alive():
            return
        name = self.output.name
        if self.transport.is_playing:
            self.transport.continue_or_pause()
        self.use_output(ClockOutput())
        self.told.emit(
            f"The sound device “{name}” has gone. Playback is paused.",
            "Connect it and choose Play > Find sound device.",
        )


class _Sketches:
    """What the lanes sound like, as told last, at the rate asked for last."""

    def __init__(self) -> None:
        self.audio: dict[LaneId, Audio] = {}
        self._kept: dict[LaneId, tuple[Audio, int, Stereo]] = {}

    def frames(self, lane: LaneId, sample_rate_hz: int) -> Stereo | None:
        """The lane at a rate; None where it is empty. Called in the rendering thread only."""
        audio = self.audio.get(lane)
        if audio is None:
            return None
        kept = self._kept.get(lane)
        if kept is None or kept[0] is not audio or kept[1] != sample_rate_hz:
            kept = (audio, sample_rate_hz, stereo_frames(audio, sample_rate_hz))
            self._kept[lane] = kept
        return kept[2]

"""Play on after the music's end, or before its start."""

from __future__ import annotations

from app.actions.generate import GenerateActions
from app.actions.notice import Notice, Tell, Tone
from app.document.document import ProjectDocument
from app.document.workspace import Workspace
from app.jobs.target import target_of_span
from app.model.audio_run import AudioRun, audio_runs
from engine.timebase import Span, Ticks


class ExtendActions:
    """Extends the stretch of sound at the playhead, else the last one, by Length."""

    def __init__(
        self,
        document: ProjectDocument,
        workspace: Workspace,
        generate: GenerateActions,
        tell: Tell,
    ) -> None:
        self._document = document
        self._workspace = workspace
        self._generate = generate
        self._tell = tell

    def forward(self) -> None:
        """Play Length bars more after its end."""
        run = self._run_of_sound()
        if run is not None:
            self._play(Span(run.span.end, Ticks(run.span.end + self._length())))

    def backward(self) -> None:
        """Play what leads to it: Length bars before its start, as far as there is room."""
        run = self._run_of_sound()
        if run is None:
            return
        if run.span.start == 0:
            self._tell(
                Notice(
                    "extend",
                    "There is no room before bar 1.",
                    "Move the clips to the right first.",
                    Tone.INFO,
                )
            )
            return
        self._play(Span(Ticks(max(0, run.span.start - self._length())), run.span.start))

    def _play(self, span: Span[Ticks]) -> None:
        self._generate.run_target(target_of_span(self._document.project, span))

    def _length(self) -> int:
        project = self._document.project
        return project.length_bars * project.tempo.meter.bar_ticks

    def _run_of_sound(self) -> AudioRun | None:
        project = self._document.project
        runs = audio_runs(project.audio.clips, project.tempo)
        if not runs:
            self._tell(
                Notice(
                    "extend",
                    "There is nothing to extend yet.",
                    "Generate something, or drop a file on the audio lane.",
                    Tone.INFO,
                )
            )
            return None
        here = [run for run in runs if run.span.contains(self._workspace.playhead)]
        return here[0] if here else runs[-1]

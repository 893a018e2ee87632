"""Listening to the audio lane for chords: a job whose result are blocks on whole beats."""

from __future__ import annotations

from dataclasses import dataclass

from app.jobs.engine_thread import Answer, JobId
from app.jobs.queue import JobQueue
from app.jobs.stitch import ReadAudio, stitch
from app.model.audio_run import audio_runs
from app.model.chord_block import ChordBlock
from app.model.chord_symbol import symbol_of_harte
from app.model.ids import ProjectId
from app.model.project import Project
from engine.errors import BadInput
from engine.events import Analyzed
from engine.harmony import parse_harte
from engine.requests import AnalyzeRequest
from engine.score import Chord
from engine.timebase import Seconds, Span, Ticks


@dataclass(frozen=True, slots=True)
class Detection:
    """The subject of such a job; its result is a tuple of ``ChordBlock``."""

    project_id: ProjectId


def submit_detection(
    queue: JobQueue, project: Project, within: Span[Ticks] | None, read: ReadAudio
) -> JobId:
    """Queue listening to the first stretch of sound, or to what of it lies ``within`` a range.

    Raises ``BadInput`` where there is no sound, ``ProjectFileError`` where a recording is missing.
    """
    runs = audio_runs(project.audio.clips, project.tempo)
    spans = [(run.span if within is None else run.span.intersection(within), run) for run in runs]
    span, run = next(((span, run) for span, run in spans if span is not None), (None, None))
    if span is None or run is None:
        raise BadInput("There is no sound here to hear chords in.", "Select bars with audio.")
    german_names = project.chords.has_german_names

    def finish(answer: Answer) -> object:
        assert isinstance(answer, Analyzed)
        return blocks_on_beats(answer.analysis.chords, span, project, german_names)

    request = AnalyzeRequest(stitch(run.clips, span, project.tempo, read))
    return queue.submit("Listen for chords", request, finish, Detection(project.id))


def blocks_on_beats(
    chords: tuple[Chord, ...], span: Span[Ticks], project: Project, german_names: bool
) -> tuple[ChordBlock, ...]:
    """Chords in seconds from the start of ``span`` as blocks that start and end on beats.

    No chord leaves a gap; a chord that rounds to nothing is left out.
    """
    tempo, beat = project.tempo, project.tempo.meter.beat_ticks
    origin = tempo.seconds_at(span.start)

    def nearest_beat(seconds: Seconds) -> int:
        return round(tempo.ticks_at(Seconds(origin + seconds)) / beat) * beat

    blocks: list[ChordBlock] = []
    for chord in chords:
        start = max(nearest_beat(chord.span.start), blocks[-1].span.end if blocks else 0)
        end = nearest_beat(chord.span.end)
        if end > start and parse_harte(chord.label) is not None:
            text = symbol_of_harte(chord.label, german_names)
            blocks.append(ChordBlock(Span(Ticks(start), Ticks(end)), text))
    return tuple(blocks)

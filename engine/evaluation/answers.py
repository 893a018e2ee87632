"""What two recognisers heard in one recording, in a form that can be kept on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engine.events import Analysis
from engine.hearing.recogniser import Recogniser
from engine.hearing.template_chords import template_chords
from engine.requests import Audio
from engine.score import Chord, Note
from engine.timebase import Seconds, Span

DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The trained recogniser's analysis, and the chords of the one that learnt nothing."""

    analysis: Analysis
    template_chords: tuple[Chord, ...]


def listen(recogniser: Recogniser, audio: Audio) -> Answer:
    """Hear a recording with both recognisers."""
    return Answer(recogniser.analyze(audio), template_chords(audio))


def answer_to_data(answer: Answer) -> dict[str, Any]:
    """Plain JSON values; times are kept to a tenth of a millisecond."""
    heard = answer.analysis
    return {
        "chords": _chords_to_data(heard.chords),
        "template_chords": _chords_to_data(answer.template_chords),
        "beats": _rounded(heard.beats),
        "downbeats": _rounded(heard.downbeats),
        "drum_onsets": {name: _rounded(times) for name, times in heard.drum_onsets.items()},
        "tempo_bpm": heard.tempo_bpm,
        "key": heard.key,
        "level_db": heard.level_db,
        "peak_db": heard.peak_db,
        "notes": [
            [*_rounded((note.span.start, note.span.end)), note.pitch] for note in heard.notes
        ],
    }


def answer_from_data(data: dict[str, Any]) -> Answer:
    """Inverse of ``answer_to_data``, within its rounding."""
    analysis = Analysis(
        chords=_chords_from_data(data["chords"]),
        beats=_times(data["beats"]),
        downbeats=_times(data["downbeats"]),
        drum_onsets={name: _times(times) for name, times in data["drum_onsets"].items()},
        tempo_bpm=data["tempo_bpm"],
        key=data["key"],
        level_db=data["level_db"],
        peak_db=data["peak_db"],
        notes=tuple(Note(Span(start, end), pitch) for start, end, pitch in data["notes"]),
    )
    return Answer(analysis, _chords_from_data(data["template_chords"]))


def _chords_to_data(chords: Sequence[Chord]) -> list[list[Any]]:
    return [[*_rounded((chord.span.start, chord.span.end)), chord.label] for chord in chords]


def _chords_from_data(data: Iterable[Sequence[Any]]) -> tuple[Chord, ...]:
    return tuple(Chord(Span(start, end), label) for start, end, label in data)


def _rounded(times: Iterable[float]) -> list[float]:
    return [round(time, DECIMALS) for time in times]


def _times(times: Iterable[float]) -> tuple[Seconds, ...]:
    return tuple(Seconds(time) for time in times)

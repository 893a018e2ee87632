"""Tempo, time signature, key and title of the whole song."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from app.actions.notice import Notice, Tell, Tone
from app.document.document import ProjectDocument
from app.model.chord_symbol import transpose_symbol
from app.model.edits.chords import ChangeChords
from app.model.edits.notes import ChangeNotes
from app.model.edits.tempo import RenameProject, SetKey, SetMeter, SetTempo
from app.model.key import key_name, prefers_flats, semitones_between
from app.model.note_shaping import move_notes
from engine.timebase import MAX_TEMPO_BPM, MIN_TEMPO_BPM, Meter

TAPS_NEEDED = 4
_TAP_PAUSE_S = 2.0


class SongActions:
    """What the fields of the transport bar do.

    Changing the tempo while there is audio asks once through ``ask_keep_seconds``: True keeps
    the lanes at their seconds, False lets them follow the new tempo, None takes it back.
    Changing the key leaves the lanes; through ``tell`` it offers to move or to re-spell them.
    """

    def __init__(
        self,
        document: ProjectDocument,
        ask_keep_seconds: Callable[[], bool | None] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
        tell: Tell = lambda _notice: None,
    ) -> None:
        self._document = document
        self._ask_keep_seconds = ask_keep_seconds
        self._clock = clock
        self._tell = tell
        self._taps: list[float] = []

    def set_tempo(self, tempo_bpm: float) -> None:
        """Change the tempo, held within what is playable."""
        project = self._document.project
        tempo_bpm = min(MAX_TEMPO_BPM, max(MIN_TEMPO_BPM, tempo_bpm))
        if tempo_bpm == project.tempo.tempo_bpm:
            return
        keep_seconds = self._ask_keep_seconds() if project.audio.clips else False
        if keep_seconds is not None:
            self._document.apply(SetTempo(tempo_bpm, keep_seconds))

    def tap(self) -> float | None:
        """One tap of the beat; from the fourth on, the tempo that was tapped."""
        now = self._clock()
        if self._taps and now - self._taps[-1] > _TAP_PAUSE_S:
            self._taps.clear()
        self._taps.append(now)
        if len(self._taps) < TAPS_NEEDED:
            return None
        span_s = self._taps[-1] - self._taps[0]
        quarters = (len(self._taps) - 1) * 4 / self._document.project.tempo.meter.unit
        return round(60.0 * quarters / span_s, 1) if span_s > 0 else None

    def set_meter(self, meter: Meter) -> None:
        """Change the time signature."""
        self._document.apply(SetMeter(meter))

    def set_key(self, key: str) -> None:
        """Change the key, written ``A:min``; raises ValueError for anything else."""
        before = self._document.project
        self._document.apply(SetKey(key))
        if key == before.key or not (before.chords.blocks or before.notes.notes):
            return
        semitones = semitones_between(before.key, key)
        choices = [("Spell chords for it", partial(self.transpose, 0))]
        if semitones:
            choices.insert(
                0, (f"Move the lanes by {semitones:+d}", partial(self.transpose, semitones))
            )
        self._tell(
            Notice(
                "key",
                f"The key is {key_name(key)} now; chords and notes stayed where they were.",
                tone=Tone.INFO,
                choices=tuple(choices),
            )
        )

    def transpose(self, semitones: int) -> None:
        """Move all chords and notes, spelled for the key; 0 only spells the chords anew."""
        project = self._document.project
        flats, german_names = prefers_flats(project.key), project.chords.has_german_names
        blocks = tuple(
            replace(block, text=transpose_symbol(block.text, semitones, flats, german_names))
            for block in project.chords.blocks
        )
        label = "Transpose" if semitones else "Spell chords for the key"
        with self._document.gesture(label):
            self._document.apply(ChangeChords(project.chords.blocks, blocks, label))
            if semitones:
                moved = move_notes(project.notes.notes, 0, semitones)
                self._document.apply(ChangeNotes(project.notes.notes, moved, label))

    def rename(self, title: str) -> None:
        """Change the title."""
        self._document.apply(RenameProject(title))

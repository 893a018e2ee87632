"""Hearing a note, a stroke or a chord at the moment it is placed or clicked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.playback.mixdown import Stereo
from engine.harmony import UnknownChord, parse_harte
from engine.score import Chord, DrumHit, Note, Score
from engine.synthesis.sketch import bass_notes, piano_notes
from engine.synthesis.voice import Voice, open_voice
from engine.timebase import Seconds, Span

PIANO, KIT = 0, 0
NOTE_S, CHORD_S, STROKE_S = Seconds(0.45), Seconds(0.9), Seconds(0.7)
RELEASE_S = 0.4

_Shot = Callable[[Voice], Stereo]


class Audition(QObject):
    """Renders in a thread of its own with its own voice, made at the first sound.

    Signals:
        rendered(array): frames ``[N, 2]`` at ``sample_rate_hz``, to be played at once.
    """

    rendered = Signal(object)

    def __init__(self, sample_rate_hz: int) -> None:
        super().__init__()
        self._rate_hz = sample_rate_hz
        self._shots: SimpleQueue[tuple[int, _Shot] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def use_rate(self, sample_rate_hz: int) -> None:
        """Another device plays now."""
        self._rate_hz = sample_rate_hz

    @Slot(int, int)
    def note(self, pitch: int, velocity: int) -> None:
        """One piano note."""
        note = Note(Span(Seconds(0.0), NOTE_S), pitch, velocity)
        self._queue(lambda voice: voice.play_notes(PIANO, (note,), _with_release(NOTE_S)))

    @Slot(int, int)
    def stroke(self, pitch: int, velocity: int) -> None:
        """One drum stroke; ``pitch`` is the General MIDI percussion key."""
        hit = DrumHit(Seconds(0.0), pitch, velocity)
        self._queue(lambda voice: voice.play_hits(KIT, (hit,), STROKE_S))

    def chord(self, harte_label: str) -> None:
        """A chord with its bass; what the grammar does not know is silent."""
        try:
            if parse_harte(harte_label) is None:
                return
        except UnknownChord:
            return
        score = Score(CHORD_S, chords=(Chord(Span(Seconds(0.0), CHORD_S), harte_label),))
        notes = piano_notes(score) + bass_notes(score)
        self._queue(lambda voice: voice.play_notes(PIANO, notes, _with_release(CHORD_S)))

    def close(self) -> None:
        """Let the thread end."""
        self._shots.put(None)

    def _queue(self, shot: _Shot) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="audition", daemon=True)
            self._thread.start()
        self._shots.put((self._rate_hz, shot))

    def _run(self) -> None:
        voice: Voice | None = None
        while (wanted := self._shots.get()) is not None:
            while not self._shots.empty():  # only the newest is worth hearing
                newer = self._shots.get()
                if newer is None:
                    self._shots.put(None)  # for the loop outside, which ends on it
                    break
                wanted = newer
            rate_hz, shot = wanted
            if voice is None or voice.sample_rate_hz != rate_hz:
                if voice is not None:
                    voice.close()
                voice = open_voice(rate_hz)
            self.rendered.emit(np.ascontiguousarray(shot(voice).T, dtype=np.float32))
        if voice is not None:
            voice.close()


def _with_release(seconds: Seconds) -> Seconds:
    return Seconds(seconds + RELEASE_S)

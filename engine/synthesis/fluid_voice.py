"""General MIDI instruments played by FluidSynth, offline and with exact event times.

FluidSynth takes events at the borders of its 64-sample blocks, so each event is put on the
nearest border: at 32 kHz a stroke lies at most 1 ms from where the score wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_int, c_void_p
from pathlib import Path
from types import TracebackType

import fluidsynth
import numpy as np

from engine.score import DrumHit, Note
from engine.synthesis.voice import Stereo
from engine.timebase import Seconds, samples_at

BLOCK = 64
DRUM_CHANNEL = 9
DRUM_BANK = 128
LONGEST_STROKE_S = 0.5
FLUSH_BLOCKS = 8

_write_float = fluidsynth.cfunc(
    "fluid_synth_write_float", c_int,
    ("synth", c_void_p, 1), ("n", c_int, 1),
    ("left", c_void_p, 1), ("left_offset", c_int, 1), ("left_step", c_int, 1),
    ("right", c_void_p, 1), ("right_offset", c_int, 1), ("right_step", c_int, 1),
)  # fmt: skip

Event = tuple[int, bool, int, int]  # sample, is a note-on (offs sort first), key, velocity


class FluidVoice:
    """One synthesizer with one soundfont; not to be shared between threads.

    A context manager; ``close`` frees the native synthesizer and its samples.
    """

    def __init__(self, soundfont: Path, sample_rate_hz: int) -> None:
        """Load a soundfont; raises ValueError if FluidSynth cannot read it."""
        self._rate_hz = sample_rate_hz
        self._synth: fluidsynth.Synth | None = fluidsynth.Synth(
            gain=0.5,
            samplerate=sample_rate_hz,
            channels=16,
            **{
                "synth.reverb.active": 0,
                "synth.chorus.active": 0,
                "synth.polyphony": 192,
            },
        )
        self._font: int = self._synth.sfload(str(soundfont))
        if self._font < 0:
            self.close()
            raise ValueError(f"FluidSynth cannot read {soundfont}")

    @property
    def sample_rate_hz(self) -> int:
        """Rate of everything this voice returns."""
        return self._rate_hz

    def play_notes(self, program: int, notes: Sequence[Note], duration: Seconds) -> Stereo:
        """Sound float32 [2, N] of one melodic program; N covers ``duration``."""
        events: list[Event] = []
        for note in notes:
            start = self._block_at(note.span.start)
            end = max(self._block_at(note.span.end), start + BLOCK)
            events += [(start, True, note.pitch, note.velocity), (end, False, note.pitch, 0)]
        return self._play(0, 0, program, events, duration)

    def play_hits(self, kit: int, hits: Sequence[DrumHit], duration: Seconds) -> Stereo:
        """Sound float32 [2, N] of one drum kit; a stroke rings until the next on its key."""
        events: list[Event] = []
        next_start: dict[int, float] = {}
        for hit in sorted(hits, key=lambda hit: hit.time, reverse=True):
            end = min(hit.time + LONGEST_STROKE_S, next_start.get(hit.pitch, np.inf))
            next_start[hit.pitch] = hit.time
            start = self._block_at(hit.time)
            off = max(self._block_at(Seconds(end)), start + BLOCK)
            events += [(start, True, hit.pitch, hit.velocity), (off, False, hit.pitch, 0)]
        return self._play(DRUM_CHANNEL, DRUM_BANK, kit, events, duration)

    def close(self) -> None:
        """Free the native synthesizer; the voice plays no more. May be called twice."""
        if self._synth is not None:
            self._synth.delete()
            self._synth = None

    def __enter__(self) -> FluidVoice:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _block_at(self, seconds: Seconds) -> int:
        return round(max(0.0, seconds) * self._rate_hz / BLOCK) * BLOCK

    def _play(
        self, channel: int, bank: int, program: int, events: list[Event], duration: Seconds
    ) -> Stereo:
        if self._synth is None:
            raise ValueError("this voice is closed")
        n = samples_at(duration, self._rate_hz)
        sound = np.zeros((2, n), dtype=np.float32)
        if self._synth.program_select(channel, self._font, bank, program) != 0:
            self._synth.program_select(channel, self._font, bank, 0)  # a font may lack a preset
        done = 0
        for sample, is_on, key, velocity in sorted(events):
            if sample >= n:
                break
            self._write(sound, done, sample)
            done = sample
            if is_on:
                self._synth.noteon(channel, key, velocity)
            else:
                self._synth.noteoff(channel, key)
        self._write(sound, done, n)
        self._silence(channel, n)
        return sound

    def _silence(self, channel: int, n_played: int) -> None:
        """Stop every voice and leave the block buffer empty, so that the next call starts anew."""
        assert self._synth is not None
        self._synth.all_sounds_off(channel)
        rest = np.zeros((2, FLUSH_BLOCKS * BLOCK + -n_played % BLOCK), dtype=np.float32)
        self._write(rest, 0, rest.shape[1])

    def _write(self, sound: Stereo, start: int, end: int) -> None:
        if end > start:
            assert self._synth is not None
            left, right = sound[0].ctypes.data, sound[1].ctypes.data
            _write_float(self._synth.synth, end - start, left, start, 1, right, start, 1)

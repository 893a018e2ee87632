"""The drum strokes that are told apart, and the percussion keys that sound like each."""

from __future__ import annotations

DRUM_PITCHES = {"kick": (35, 36), "snare": (37, 38, 39, 40), "hat": (42, 44, 46)}
"""General MIDI keys heard as each stroke: claps and side sticks count as snare."""

DRUMS = tuple(DRUM_PITCHES)

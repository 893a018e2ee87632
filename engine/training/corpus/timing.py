"""From written steps to the moments hands would play them: swing, looseness, strums."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from engine.score import DrumHit, Note
from engine.timebase import Seconds, Span
from engine.training.corpus.drumming import DraftHit
from engine.training.corpus.plan import Draft

SHORTEST_NOTE_S = 0.03
DECIMALS = 4
MEMORY = 0.6  # how much of a player's lateness stays from stroke to stroke
STRAIGHT_NOTE, STRAIGHT_LEVELS = 90, (50, 90, 112)
ACCENTS = ((4, 3), (2, -2), (1, -6))  # steps that a place divides by -> louder or softer


@dataclass(frozen=True, slots=True)
class Feel:
    """How steps become seconds in one piece; ``start_s`` is the time of the first downbeat.

    ``is_straight``: nothing swings or strays, and no stroke is louder than its kind.
    """

    tempo_bpm: float
    start_s: float
    duration_s: float
    swing: float
    swing_steps: int
    looseness_s: float
    bar_steps: int = 16
    is_straight: bool = False

    def seconds_at(self, step: float) -> float:
        """Time of a step with swing and without looseness."""
        pair = 2 * self.swing_steps
        whole, inside = divmod(step, pair)
        half = self.swing_steps
        if inside < half:
            warped = inside / half * self.swing
        else:
            warped = self.swing + (inside - half) / half * (1 - self.swing)
        return self.start_s + (whole + warped) * pair * 15.0 / self.tempo_bpm

    def play_notes(
        self, drafts: list[Draft], strum_s: float, rng: Random, lag_s: float = 0.0
    ) -> tuple[Note, ...]:
        """Notes in order; those struck together share their lateness and are strummed upwards.

        ``lag_s`` is how far this player sits behind the beat.
        """
        lateness = self._lateness((draft.start for draft in drafts), lag_s, 1.0, rng)
        strum_s = 0.0 if self.is_straight else strum_s
        order: dict[float, int] = {}
        notes = []
        for draft in sorted(drafts, key=lambda draft: (draft.start, draft.pitch)):
            late = lateness[draft.start]
            place = order.get(draft.start, 0)
            order[draft.start] = place + 1
            start = self.seconds_at(draft.start) + late + place * strum_s
            start += rng.uniform(0, 0.15) * self.looseness_s
            end = self.seconds_at(draft.end) + min(late, 0.0) - 0.004
            start = min(max(0.0, start), self.duration_s - SHORTEST_NOTE_S)
            end = min(max(end, start + SHORTEST_NOTE_S), self.duration_s)
            span = Span(Seconds(round(start, DECIMALS)), Seconds(round(end, DECIMALS)))
            notes.append(Note(span, draft.pitch, self._note_velocity(draft)))
        return tuple(_without_overlaps(notes))

    def play_hits(self, drafts: list[DraftHit], rng: Random) -> tuple[DrumHit, ...]:
        """Hits in order, one per key and moment."""
        lateness = self._lateness((draft.step for draft in drafts), 0.0, 0.7, rng)
        hits: dict[tuple[int, float], DrumHit] = {}
        for draft in sorted(drafts):
            time = max(0.0, self.seconds_at(draft.step) + lateness[draft.step])
            velocity = draft.velocity
            if self.is_straight:
                velocity = min(STRAIGHT_LEVELS, key=lambda level: abs(level - draft.velocity))
            if time < self.duration_s - SHORTEST_NOTE_S:
                key = (draft.pitch, draft.step)
                hits[key] = DrumHit(Seconds(round(time, DECIMALS)), draft.pitch, velocity)
        return tuple(sorted(hits.values(), key=lambda hit: (hit.time, hit.pitch)))

    def _note_velocity(self, draft: Draft) -> int:
        """Louder on the downbeat and on beats, softer between them."""
        if self.is_straight:
            return STRAIGHT_NOTE
        place = draft.start % self.bar_steps
        accent = 6 if place == 0 else next(more for size, more in ACCENTS if place % size == 0)
        return max(18, min(126, draft.velocity + accent))

    def _lateness(
        self, steps: Iterable[float], lag_s: float, share: float, rng: Random
    ) -> dict[float, float]:
        """Seconds behind the grid at each step: a walk around the player's lag."""
        late, fresh = 0.0, math.sqrt(1 - MEMORY**2) * self.looseness_s * share
        behind: dict[float, float] = {}
        for step in sorted(set(steps)):
            late = MEMORY * late + rng.gauss(0, fresh)
            behind[step] = max(-0.025, min(0.025, lag_s + late))
        return behind


def _without_overlaps(notes: list[Note]) -> list[Note]:
    """A key cannot be struck while it is held: the earlier note ends first."""
    ordered = sorted(notes, key=lambda note: (note.span.start, note.pitch))
    following: dict[int, Seconds] = {}
    kept: list[Note] = []
    for note in reversed(ordered):
        limit = following.get(note.pitch)
        start, end = note.span.start, note.span.end
        if limit is not None and end > limit:
            end = limit
        if end - start < SHORTEST_NOTE_S / 2:
            continue
        following[note.pitch] = start
        kept.append(Note(Span(start, end), note.pitch, note.velocity))
    return kept[::-1]

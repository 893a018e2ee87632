"""From written steps to the moments hands would play them: swing, looseness, strums."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.score import DrumHit, Note
from engine.timebase import Seconds, Span
from engine.training.corpus.drumming import DraftHit
from engine.training.corpus.plan import Draft

SHORTEST_NOTE_S = 0.03
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Feel:
    """How steps become seconds in one piece; ``start_s`` is the time of the first downbeat."""

    tempo_bpm: float
    start_s: float
    duration_s: float
    swing: float
    swing_steps: int
    looseness_s: float

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

    def play_notes(self, drafts: list[Draft], strum_s: float, rng: Random) -> tuple[Note, ...]:
        """Notes in order; those struck together share their lateness and are strummed upwards."""
        lateness: dict[float, float] = {}
        order: dict[float, int] = {}
        notes = []
        for draft in sorted(drafts, key=lambda draft: (draft.start, draft.pitch)):
            late = lateness.setdefault(draft.start, self._lateness(rng))
            place = order.get(draft.start, 0)
            order[draft.start] = place + 1
            start = self.seconds_at(draft.start) + late + place * strum_s
            start += rng.uniform(0, 0.15) * self.looseness_s
            end = self.seconds_at(draft.end) + min(late, 0.0) - 0.004
            start = min(max(0.0, start), self.duration_s - SHORTEST_NOTE_S)
            end = min(max(end, start + SHORTEST_NOTE_S), self.duration_s)
            span = Span(Seconds(round(start, DECIMALS)), Seconds(round(end, DECIMALS)))
            notes.append(Note(span, draft.pitch, draft.velocity))
        return tuple(_without_overlaps(notes))

    def play_hits(self, drafts: list[DraftHit], rng: Random) -> tuple[DrumHit, ...]:
        """Hits in order, one per key and moment."""
        lateness: dict[float, float] = {}
        hits: dict[tuple[int, float], DrumHit] = {}
        for draft in sorted(drafts):
            late = lateness.setdefault(draft.step, self._lateness(rng) * 0.7)
            time = max(0.0, self.seconds_at(draft.step) + late)
            if time < self.duration_s - SHORTEST_NOTE_S:
                key = (draft.pitch, draft.step)
                hits[key] = DrumHit(Seconds(round(time, DECIMALS)), draft.pitch, draft.velocity)
        return tuple(sorted(hits.values(), key=lambda hit: (hit.time, hit.pitch)))

    def _lateness(self, rng: Random) -> float:
        return max(-0.025, min(0.025, rng.gauss(0, self.looseness_s)))


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

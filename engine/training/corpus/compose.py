"""One seed, one piece: the composer."""

from __future__ import annotations

from random import Random

from engine.harmony import NO_CHORD, PITCH_CLASS_NAMES
from engine.score import Chord, Score
from engine.synthesis.general_midi import KIT_NAMES, PROGRAM_NAMES
from engine.timebase import Meter, Seconds, Span
from engine.training.corpus.bassline import write_bass
from engine.training.corpus.captions import Facts, write_captions
from engine.training.corpus.comping import write_chords
from engine.training.corpus.drumming import write_drums
from engine.training.corpus.melody import write_tune
from engine.training.corpus.moods import draw_moods, felt_bpm
from engine.training.corpus.piece import DRUMS, Part, Piece, Section, notes_in_order
from engine.training.corpus.plan import Plan, make_plan
from engine.training.corpus.styles import STYLES
from engine.training.corpus.timing import DECIMALS, SHORTEST_NOTE_S, Feel

NO_KEY = NO_CHORD  # of drums alone, and of harmony that wanders
LEAST_SWING = 0.58  # from here on a listener would call it swung
LATE_START_CHANCE = 0.2
LATE_START_S = (0.05, 0.6)


def compose(seed: int) -> Piece:
    """The piece of a seed: always the same one, and another for each seed (seed >= 0).

    Styles take turns; everything else is drawn.
    """
    rng = Random(f"piece {seed}")
    style = STYLES[seed % len(STYLES)]
    plan = make_plan(style, rng)
    feel = _draw_feel(plan, rng)
    parts = _write_parts(plan, feel, rng)
    drum_drafts = write_drums(plan, rng)
    hits = feel.play_hits(drum_drafts, rng)
    if hits:
        kit = rng.choice(style.kits)
        parts = (*parts, Part(DRUMS, KIT_NAMES[kit], kit))
    key = NO_KEY
    if plan.has_key:
        key = PITCH_CLASS_NAMES[plan.tonic] + (":min" if plan.is_minor else ":maj")
    pace = felt_bpm(plan.tempo_bpm, plan.meter)
    moods = draw_moods(style, key, pace, len(parts), rng)
    is_swung = feel.swing > LEAST_SWING
    return Piece(
        seed=seed,
        style=style.name,
        key=key,
        score=Score(
            duration=Seconds(feel.duration_s),
            tempo_bpm=plan.tempo_bpm,
            meter=Meter.parse(plan.meter),
            first_downbeat=Seconds(feel.start_s),
            chords=_sounding_chords(plan, feel),
            notes=notes_in_order(parts),
            drums=hits,
        ),
        parts=parts,
        sections=tuple(
            Section(passage.name, _span(feel, passage.first_bar * plan.steps,
                                        (passage.first_bar + passage.n_bars) * plan.steps))
            for passage in plan.passages
        ),
        moods=moods,
        captions=write_captions(
            Facts(style, parts, plan.tempo_bpm, pace, plan.meter, key, moods, is_swung), rng
        ),
    )  # fmt: skip


def _draw_feel(plan: Plan, rng: Random) -> Feel:
    style = plan.style
    is_late = rng.random() < LATE_START_CHANCE
    start = round(rng.uniform(*LATE_START_S), DECIMALS) if is_late else 0.0
    length = plan.n_bars * plan.steps * 15.0 / plan.tempo_bpm
    is_straight = plan.drawing.straight
    swing = rng.uniform(*style.swing)
    looseness = style.looseness_ms / 1000 * rng.uniform(0.5, 1.2)
    return Feel(
        plan.tempo_bpm, start, round(start + length, DECIMALS),
        swing=0.5 if is_straight or plan.meter == "6/8" else swing,
        swing_steps=style.swing_steps,
        looseness_s=0.0 if is_straight else looseness,
        bar_steps=plan.steps,
        is_straight=is_straight,
    )  # fmt: skip


def _write_parts(plan: Plan, feel: Feel, rng: Random) -> tuple[Part, ...]:
    parts: list[Part] = []
    taken: set[int] = set()
    for index, layer in enumerate(plan.layers):
        program = _choose_free(layer.programs, taken, rng)
        strum_s = layer.strum_ms / 1000 * rng.uniform(0.6, 1.3)
        notes = feel.play_notes(write_chords(plan, index, rng), strum_s, rng)
        parts.append(Part(layer.role, PROGRAM_NAMES[program], program, notes))
    program = _choose_free(plan.style.bass_programs, taken, rng)
    lag = rng.uniform(0, 0.6) * feel.looseness_s
    notes = feel.play_notes(write_bass(plan, rng), 0.0, rng, lag)
    parts.append(Part("bass", PROGRAM_NAMES[program], program, notes))
    program = _choose_free(plan.style.tune.programs, taken, rng)
    lag = rng.uniform(-0.3, 1.0) * feel.looseness_s
    notes = feel.play_notes(write_tune(plan, rng), 0.0, rng, lag)
    parts.append(Part("melody", PROGRAM_NAMES[program], program, notes))
    return tuple(part for part in parts if part.notes)


def _choose_free(programs: tuple[int, ...], taken: set[int], rng: Random) -> int:
    """One of the programs, and if possible one nobody plays yet; it is then taken."""
    free = [program for program in programs if program not in taken]
    program = rng.choice(free or programs)
    taken.add(program)
    return program


def _sounding_chords(plan: Plan, feel: Feel) -> tuple[Chord, ...]:
    """The chords in seconds, with ``N`` wherever none sounds."""
    chords: list[Chord] = []
    end = Seconds(0.0)
    for chord in plan.chords:
        span = _span(feel, chord.start, chord.end)
        if span.start > end:
            chords.append(Chord(Span(end, span.start), NO_CHORD))
        chords.append(Chord(span, chord.label))
        end = span.end
    if end < feel.duration_s - SHORTEST_NOTE_S:
        chords.append(Chord(Span(end, Seconds(feel.duration_s)), NO_CHORD))
    return tuple(chords)


def _span(feel: Feel, start_step: int, end_step: int) -> Span[Seconds]:
    return Span(
        Seconds(round(feel.seconds_at(start_step), DECIMALS)),
        Seconds(round(feel.seconds_at(end_step), DECIMALS)),
    )

"""What was asked, beside what a recogniser heard in a take: the strip under the waveform."""

from __future__ import annotations

from app.model.adherence import Adherence, Agreement, BeatAgreement, ChordAgreement
from app.model.chord_block import ChordBlock
from app.model.chord_symbol import harte_of, symbol_of_harte
from app.model.recipe import Recipe
from engine.events import Analysis
from engine.harmony import NO_CHORD, UnknownChord, parse_harte
from engine.timebase import Seconds, Span, TempoMap, Ticks

ON_GRID_S = 0.07


def compare(recipe: Recipe, region: Span[Ticks], analysis: Analysis) -> Adherence:
    """Judge a take of ``region``, whose analysis counts seconds from the region's start.

    One judgement per asked chord and bar. A heard chord is the same if root and mode (major
    or minor third, or neither) agree; half right with the root alone. A lane that was off or
    empty gives no chords, and an analysis without beats no beats.
    """
    tempo = recipe.tempo
    settings = recipe.chords.settings
    asked = recipe.chords.within(region) if settings.is_on and settings.strength > 0 else ()
    chords = tuple(
        _judge(part, text, tempo, region.start, analysis, recipe.chords.has_german_names)
        for block in asked
        for part, text in _per_bar(block, region, tempo)
    )
    return Adherence(chords, _beats(region, tempo, analysis))


def agreement_of(asked: str, heard: str) -> Agreement:
    """How two Harte labels agree; an unreadable one is unknown."""
    try:
        wanted, found = parse_harte(asked), parse_harte(heard)
    except UnknownChord:
        return Agreement.UNKNOWN
    if wanted is None or found is None:
        return Agreement.SAME if wanted is found else Agreement.OTHER
    if wanted.root != found.root:
        return Agreement.OTHER
    thirds = frozenset((3, 4))
    return Agreement.SAME if wanted.tones & thirds == found.tones & thirds else Agreement.ROOT


def _judge(
    span: Span[Ticks],
    text: str,
    tempo: TempoMap,
    origin: Ticks,
    analysis: Analysis,
    german_names: bool,
) -> ChordAgreement:
    start = tempo.seconds_at(origin)
    seconds = tempo.seconds_span(span)
    heard = _heard_most(
        Span(Seconds(seconds.start - start), Seconds(seconds.end - start)), analysis
    )
    if heard is None:
        return ChordAgreement(span, text, "", Agreement.UNKNOWN)
    agreement = agreement_of(harte_of(text, german_names), heard)
    shown = "" if agreement is Agreement.UNKNOWN else symbol_of_harte(heard)
    return ChordAgreement(span, text, shown, agreement)


def _heard_most(span: Span[Seconds], analysis: Analysis) -> str | None:
    """The label with the longest share of a span; None where nothing was analysed."""
    shares: dict[str, float] = {}
    for chord in analysis.chords:
        common = chord.span.intersection(span)
        if common is not None:
            shares[chord.label] = shares.get(chord.label, 0.0) + common.end - common.start
    return max(shares, key=lambda label: (shares[label], label != NO_CHORD)) if shares else None


def _per_bar(
    block: ChordBlock, region: Span[Ticks], tempo: TempoMap
) -> list[tuple[Span[Ticks], str]]:
    span = block.span.intersection(region)
    parts: list[tuple[Span[Ticks], str]] = []
    while span is not None:
        bar = tempo.position_at(span.start)[0]
        bar_end = tempo.bar_start(bar + 1)
        parts.append((Span(span.start, min(span.end, bar_end)), block.text))
        span = Span(bar_end, span.end) if bar_end < span.end else None
    return parts


def _beats(region: Span[Ticks], tempo: TempoMap, analysis: Analysis) -> tuple[BeatAgreement, ...]:
    if not analysis.beats:
        return ()
    origin = tempo.seconds_at(region.start)
    beat = tempo.meter.beat_ticks
    first = -(-region.start // beat) * beat
    judged = []
    for position in range(first, region.end, beat):
        time = tempo.seconds_at(Ticks(position)) - origin
        is_on = any(abs(heard - time) <= ON_GRID_S for heard in analysis.beats)
        judged.append(BeatAgreement(Ticks(position), is_on))
    return tuple(judged)

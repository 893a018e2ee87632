"""Chords as text, the way lead sheets write them.

Bar lines decide: without any, every chord is one bar; with them, the chords of a bar share it
equally. ``.`` and ``/`` hold the chord before for one more share, ``%`` repeats the bar before,
``xN`` after a bar line plays the line so far N times; ``@ 7:4`` and what follows ``;`` are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from app.model.chord_block import MAX_CHORD_TEXT, ChordBlock, ChordLane
from app.model.chord_symbol import read_symbol
from engine.timebase import Meter, Span, Ticks

MAX_SHEET_BARS = 999
MAX_SHARES = 64
HOLDS = (".", "/")
SIMILE = "%"
REST = "N.C."

_TOKEN = re.compile(r"(?P<ignored>;[^\n]*|@[ \t]*\S+)|(?P<line>\n)|(?P<bar>\|+)|(?P<slot>[^\s|;]+)")
_REPEAT = re.compile(r"[xX×](\d{1,2})$")


class Reading(Enum):
    """How the text was divided into bars."""

    ONE_CHORD_PER_BAR = "one chord per bar"
    BAR_LINES = "bar lines"
    SINGLE_BAR = "a single bar"


@dataclass(frozen=True, slots=True)
class SheetError:
    """Text that is no chord, at letters ``[start, end)``, with a suggestion or an empty text."""

    start: int
    end: int
    text: str
    suggestion: str

    @property
    def message(self) -> str:
        """What to tell: ``H? Did you mean B?``."""
        if self.suggestion:
            return f"{self.text}? Did you mean {self.suggestion}?"
        return f"{self.text} is not a chord; it counts as no chord."


@dataclass(frozen=True, slots=True)
class LeadSheet:
    """A text and how it was read.

    ``bars`` hold the slots of each bar after repeats are written out: chord texts as typed,
    or ``.`` for a hold. ``explanation`` says the reading in words; ``alternative`` is another
    text to offer ("one chord per bar instead"), or None where the reading is plain.
    """

    text: str
    bars: tuple[tuple[str, ...], ...]
    reading: Reading
    errors: tuple[SheetError, ...]
    explanation: str
    alternative: str | None = None

    def blocks(self, meter: Meter, at: Ticks = Ticks(0)) -> tuple[ChordBlock, ...]:
        """The chord blocks from ``at`` on; unknown text and ``N.C.`` are blocks as typed."""
        blocks: list[ChordBlock] = []
        for index, slots in enumerate(self.bars):
            start = at + index * meter.bar_ticks
            edges = [start + round(i * meter.bar_ticks / len(slots)) for i in range(len(slots) + 1)]
            for text, left, right in zip(slots, edges, edges[1:], strict=False):
                if text not in HOLDS:
                    blocks.append(ChordBlock(Span(Ticks(left), Ticks(right)), text))
                elif blocks and blocks[-1].span.end == left:
                    blocks[-1] = ChordBlock(
                        Span(blocks[-1].span.start, Ticks(right)), blocks[-1].text
                    )
        return tuple(blocks)

    def span(self, meter: Meter, at: Ticks = Ticks(0)) -> Span[Ticks] | None:
        """The bars it fills from ``at`` on; None for an empty text."""
        if not self.bars:
            return None
        return Span(at, Ticks(at + len(self.bars) * meter.bar_ticks))


@dataclass(slots=True)
class _Slot:
    text: str
    start: int


def read_lead_sheet(text: str, meter: Meter = Meter(), german_names: bool = False) -> LeadSheet:
    """Read chords from text; what is no chord stays as typed and is listed in ``errors``.

    Raises ValueError beyond 999 bars, 64 chords in a bar, or 64 letters in a chord.
    """
    lines = _slots_by_line(text)
    has_bar_lines = any(slot is None for line in lines for slot in line)
    slots = [slot for line in lines for slot in line if slot is not None]
    errors = _errors(slots, german_names)
    bars: list[tuple[str, ...]] = []
    phrase: list[tuple[str, ...]] = []
    for line in lines:
        line_bars = _bars_of_line(line) if has_bar_lines else [[slot] for slot in line if slot]
        started = False
        for bar in line_bars:
            repeat = _REPEAT.match(bar[0].text) if bar else None
            if repeat:
                times = max(1, int(repeat[1]))
                bars += phrase * (times - 1)
                phrase, started = [], True
                bar = bar[1:]
                if not bar:
                    continue
            elif not started:
                phrase, started = [], True
            written = _written_out(tuple(slot.text for slot in bar) or (".",), bars)
            bars.append(written)
            phrase.append(written)
            if len(bars) > MAX_SHEET_BARS:
                raise ValueError(f"a lead sheet has at most {MAX_SHEET_BARS} bars")
    if len(bars) > MAX_SHEET_BARS:
        raise ValueError(f"a lead sheet has at most {MAX_SHEET_BARS} bars")
    return _explained(text, tuple(bars), has_bar_lines, errors, meter)


def chords_as_text(lane: ChordLane, meter: Meter, span: Span[Ticks]) -> str:
    """The chords inside ``span``: exactly as typed where that text still says the same."""
    if lane.typed is not None:
        sheet = read_lead_sheet(lane.typed.text, meter, lane.has_german_names)
        is_whole = sheet.span(meter, lane.typed.at) == span
        if is_whole and sheet.blocks(meter, lane.typed.at) == lane.within(span):
            return lane.typed.text
    return write_lead_sheet(lane.blocks, meter, span)


def write_lead_sheet(blocks: Iterable[ChordBlock], meter: Meter, span: Span[Ticks]) -> str:
    """The blocks inside ``span`` as text with bar lines; gaps are written ``N.C.``.

    ``span`` starts on a bar line of the text; its last bar is filled up. Reading the text
    gives the same blocks, except that gaps become ``N.C.`` blocks and that edges which divide
    no bar into 64 parts or fewer move to the nearest 64th of it.
    """
    cuts: list[tuple[int, int, str]] = []  # start, end, text; without gaps between them
    position = int(span.start)
    n_bars = -(-(span.end - span.start) // meter.bar_ticks)
    end = span.start + n_bars * meter.bar_ticks
    for block in sorted(blocks, key=lambda block: block.span.start):
        start = max(int(block.span.start), position)
        if start >= min(block.span.end, end):
            continue
        if start > position:
            cuts.append((position, start, REST))
        position = min(int(block.span.end), end)
        cuts.append((start, position, block.text))
    if position < end:
        cuts.append((position, end, REST))
    written = []
    for index in range(n_bars):
        bar = span.start + index * meter.bar_ticks
        inside = [cut for cut in cuts if cut[0] < bar + meter.bar_ticks and cut[1] > bar]
        written.append(_bar_text(inside, bar, meter))
    return "| " + " | ".join(written) + " |" if written else ""


def _slots_by_line(text: str) -> list[list[_Slot | None]]:
    """Per line its slots, with None for each bar line."""
    lines: list[list[_Slot | None]] = [[]]
    for match in _TOKEN.finditer(text):
        if match["line"]:
            lines.append([])
        elif match["bar"]:
            lines[-1].append(None)
        elif match["slot"]:
            if len(match["slot"]) > MAX_CHORD_TEXT:
                raise ValueError(f"a chord has at most {MAX_CHORD_TEXT} letters")
            lines[-1].append(_Slot(match["slot"], match.start("slot")))
    return lines


def _bars_of_line(line: list[_Slot | None]) -> list[list[_Slot]]:
    """Divide at bar lines; nothing before the first or after the last one is no bar."""
    bars: list[list[_Slot]] = [[]]
    for slot in line:
        if slot is None:
            bars.append([])
        else:
            bars[-1].append(slot)
    if not bars[0]:
        bars = bars[1:]
    if bars and not bars[-1]:
        bars = bars[:-1]
    return bars


def _written_out(slots: tuple[str, ...], before: list[tuple[str, ...]]) -> tuple[str, ...]:
    if len(slots) > MAX_SHARES:
        raise ValueError(f"a bar has at most {MAX_SHARES} chords")
    if slots == (SIMILE,):
        return before[-1] if before else (REST,)
    return tuple("." if slot in HOLDS or slot == SIMILE else slot for slot in slots)


def _errors(slots: list[_Slot], german_names: bool) -> tuple[SheetError, ...]:
    errors = []
    for slot in slots:
        if slot.text in HOLDS or slot.text == SIMILE or _REPEAT.match(slot.text):
            continue
        symbol = read_symbol(slot.text, german_names)
        if not symbol.is_known:
            end = slot.start + len(slot.text)
            errors.append(SheetError(slot.start, end, slot.text, symbol.suggestion))
    return tuple(errors)


def _explained(
    text: str,
    bars: tuple[tuple[str, ...], ...],
    has_bar_lines: bool,
    errors: tuple[SheetError, ...],
    meter: Meter,
) -> LeadSheet:
    if not has_bar_lines:
        words = f"{len(bars)} bars, one chord per bar" if len(bars) != 1 else "one bar"
        return LeadSheet(text, bars, Reading.ONE_CHORD_PER_BAR, errors, words)
    chords = [slot for slot in bars[0] if slot not in HOLDS] if bars else []
    if len(bars) == 1 and len(chords) > 1:
        share = meter.beats / len(bars[0])
        each = "one beat" if share == 1 else f"{share:g} beats"
        alternative = " ".join(chords)
        words = f"one bar, {each} each"
        return LeadSheet(text, bars, Reading.SINGLE_BAR, errors, words, alternative)
    return LeadSheet(text, bars, Reading.BAR_LINES, errors, f"{len(bars)} bars")


def _bar_text(cuts: list[tuple[int, int, str]], bar: int, meter: Meter) -> str:
    """One bar, divided into as few equal shares as its chord edges allow."""
    length = int(meter.bar_ticks)
    edges = [cut[0] - bar for cut in cuts if cut[0] > bar]
    n_shares = next(
        (n for n in range(1, MAX_SHARES + 1) if all(_on_share(e, n, length) for e in edges)),
        MAX_SHARES,
    )
    slots = ["."] * n_shares
    for start, _, text in cuts:
        share = min(n_shares - 1, round(max(0, start - bar) * n_shares / length))
        if start >= bar:
            slots[share] = text
    return " ".join(slots)


def _on_share(edge: int, n_shares: int, length: int) -> bool:
    return round(round(edge * n_shares / length) * length / n_shares) == edge

"""Chords as MusicXML: a lead sheet of harmonies over empty bars, in and out.

Format: MusicXML 4.0, ``score-partwise`` with ``harmony`` elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from app.interchange.safe_xml import BrokenXml, parse_xml
from app.model.chord_block import MAX_CHORD_TEXT, ChordBlock
from app.model.chord_symbol import NO_CHORD_TEXTS, read_symbol
from app.model.project import Project
from engine.errors import BadInput
from engine.timebase import TICKS_PER_QUARTER, Meter, Span, Ticks

LARGEST_BYTES = 8 * 1024 * 1024
LONGEST_QUARTERS = 40_000
KINDS = {
    "maj": "major", "min": "minor", "7": "dominant", "maj7": "major-seventh",
    "min7": "minor-seventh", "dim": "diminished", "dim7": "diminished-seventh",
    "hdim7": "half-diminished", "aug": "augmented", "aug7": "augmented-seventh",
    "maj6": "major-sixth", "min6": "minor-sixth", "minmaj7": "major-minor",
    "9": "dominant-ninth", "maj9": "major-ninth", "min9": "minor-ninth",
    "11": "dominant-11th", "maj11": "major-11th", "min11": "minor-11th",
    "13": "dominant-13th", "maj13": "major-13th", "min13": "minor-13th",
    "sus2": "suspended-second", "sus4": "suspended-fourth", "5": "power",
}  # fmt: skip
"""Harte's qualities and MusicXML's kinds."""
SYMBOLS = {
    "major": "", "minor": "m", "dominant": "7", "major-seventh": "maj7",
    "minor-seventh": "m7", "diminished": "dim", "diminished-seventh": "dim7",
    "half-diminished": "m7b5", "augmented": "+", "augmented-seventh": "aug7",
    "major-sixth": "6", "minor-sixth": "m6", "major-minor": "mMaj7",
    "dominant-ninth": "9", "major-ninth": "maj9", "minor-ninth": "m9",
    "dominant-11th": "11", "major-11th": "maj11", "minor-11th": "m11",
    "dominant-13th": "13", "major-13th": "maj13", "minor-13th": "m13",
    "suspended-second": "sus2", "suspended-fourth": "sus4", "power": "5",
}  # fmt: skip
"""MusicXML's kinds as a musician writes them."""
_NAME = re.compile(r"([A-H])([#b♯♭]?)")
_SHARP, _FLAT = "#♯", "b♭"
_Harmony = tuple[int, str]  # tick, chord text; an empty one begins a gap


def write_musicxml(project: Project) -> bytes:
    """The chord lane as a file: symbols over bars of rests, in the project's meter and key.

    Unknown text is written as no chord under its own name, so that it comes back as typed.
    """
    meter, lane = project.tempo.meter, project.chords
    root = Element("score-partwise", version="4.0")
    SubElement(SubElement(root, "work"), "work-title").text = project.title
    part_list = SubElement(root, "part-list")
    SubElement(SubElement(part_list, "score-part", id="P1"), "part-name").text = "Chords"
    part = SubElement(root, "part", id="P1")
    harmonies = _harmonies_of(lane.blocks)
    end = max((block.span.end for block in lane.blocks), default=0)
    for index in range(max(1, -(-end // meter.bar_ticks))):
        measure = SubElement(part, "measure", number=str(index + 1))
        if index == 0:
            _write_attributes(measure, project)
        start = index * meter.bar_ticks
        inside = [each for each in harmonies if start <= each[0] < start + meter.bar_ticks]
        position = start
        for tick, text in inside:
            _write_rest(measure, tick - position)
            position = tick
            _write_harmony(measure, text, lane.has_german_names)
        _write_rest(measure, start + meter.bar_ticks - position)
    score: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{score}'.encode()


def read_musicxml(path: Path, german_names: bool = False) -> tuple[ChordBlock, ...]:
    """The chords of a file's first part that has any; raises ``BadInput``."""
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise BadInput(f"“{path.name}” is too large to be a lead sheet.")
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"“{path.name}” cannot be read: {error.strerror}.") from error
    try:
        return parse_musicxml(content, german_names)
    except BrokenXml as error:
        raise BadInput(
            f"“{path.name}” {error}.", "Export it again, as uncompressed MusicXML."
        ) from error


def parse_musicxml(content: bytes, german_names: bool = False) -> tuple[ChordBlock, ...]:
    """The chords in a file's bytes, from bar 1 on; raises ``BrokenXml``."""
    root = parse_xml(content)
    if root.tag != "score-partwise":
        raise BrokenXml("is not a MusicXML score by parts")
    for part in root.iter("part"):
        harmonies, end = _read_part(part, german_names)
        if harmonies:
            return _blocks_of(harmonies, end)
    return ()


# Writing.


def _harmonies_of(blocks: Iterable[ChordBlock]) -> list[_Harmony]:
    harmonies: list[_Harmony] = []
    position = 0
    for block in blocks:
        if block.span.start > position:
            harmonies.append((position, ""))
        harmonies.append((int(block.span.start), block.text))
        position = block.span.end
    return [*harmonies, (position, "")]


def _write_attributes(measure: Element, project: Project) -> None:
    attributes = SubElement(measure, "attributes")
    SubElement(attributes, "divisions").text = str(TICKS_PER_QUARTER)
    time = SubElement(attributes, "time")
    SubElement(time, "beats").text = str(project.tempo.meter.beats)
    SubElement(time, "beat-type").text = str(project.tempo.meter.unit)
    clef = SubElement(attributes, "clef")
    SubElement(clef, "sign").text = "G"
    SubElement(clef, "line").text = "2"
    SubElement(SubElement(measure, "direction"), "sound", tempo=f"{project.tempo.tempo_bpm:g}")


def _write_rest(measure: Element, ticks: int) -> None:
    if ticks > 0:
        note = SubElement(measure, "note")
        SubElement(note, "rest")
        SubElement(note, "duration").text = str(ticks)


def _write_harmony(measure: Element, text: str, german_names: bool) -> None:
    harmony = SubElement(measure, "harmony")
    symbol = read_symbol(text, german_names) if text else None
    name = _NAME.match(text)
    if symbol is None or symbol.root is None or name is None or ":" in text:
        _write_note_name(SubElement(harmony, "root"), "root", "C")
        SubElement(harmony, "kind", text=text).text = "none"
        return
    head, slash, bass = text.rpartition("/")
    if not slash or not _NAME.fullmatch(bass):
        head, bass = text, ""
    _write_note_name(SubElement(harmony, "root"), "root", _english(name[0], german_names))
    quality = (symbol.harte or "").partition(":")[2].partition("/")[0].partition("(")[0]
    kind = SubElement(harmony, "kind", text=head[name.end() :])
    kind.text = KINDS.get(quality, "other")
    if bass:
        _write_note_name(SubElement(harmony, "bass"), "bass", _english(bass, german_names))


def _write_note_name(parent: Element, what: str, name: str) -> None:
    SubElement(parent, f"{what}-step").text = name[0]
    if name[1:]:
        SubElement(parent, f"{what}-alter").text = "1" if name[1] in _SHARP else "-1"


# Reading.


def _read_part(part: Element, german_names: bool) -> tuple[list[_Harmony], int]:
    """The harmonies in ticks from bar 1, and where the last bar ends."""
    harmonies: list[_Harmony] = []
    start, meter = 0, Meter()
    divisions = 1.0
    for measure in part.iter("measure"):
        position = furthest = start
        for element in measure:
            if element.tag == "attributes":
                divisions = _number(element.findtext("divisions"), divisions)
                if divisions <= 0:
                    raise BrokenXml("does not say how long a beat is")
                meter = _meter(element, meter)
            ticks = round(_number(element.findtext("duration"), 0) * TICKS_PER_QUARTER / divisions)
            is_in_chord = element.tag == "note" and element.find("chord") is not None
            if element.tag in ("note", "forward") and not is_in_chord:
                position += ticks
            elif element.tag == "backup":
                position = max(start, position - ticks)
            elif element.tag == "harmony":
                offset = _number(element.findtext("offset"), 0) * TICKS_PER_QUARTER / divisions
                tick = max(start, round(position + offset))
                harmonies.append((tick, _text_of(element, german_names)))
            furthest = max(furthest, position)
        if furthest > LONGEST_QUARTERS * TICKS_PER_QUARTER:
            raise BrokenXml("is longer than any song")
        is_pickup = measure.get("implicit") == "yes" and furthest > start
        start = furthest if is_pickup or furthest > start else start + meter.bar_ticks
    return sorted(harmonies, key=lambda each: each[0]), start


def _text_of(harmony: Element, german_names: bool) -> str:
    """The symbol as it was printed where we know it, else from its kind and degrees."""
    kind = harmony.find("kind")
    name = "" if kind is None else (kind.text or "").strip()
    printed = "" if kind is None else kind.get("text", "")
    if name == "none":
        return printed[:MAX_CHORD_TEXT]
    root = _note_name(harmony.find("root"), "root", german_names)
    bass = _note_name(harmony.find("bass"), "bass", german_names)
    slash = f"/{bass}" if bass else ""
    degrees = "".join(_degree(degree) for degree in harmony.iter("degree"))
    bodies = [printed, printed + degrees] if printed else []
    for body in (*bodies, SYMBOLS.get(name, "") + degrees):
        if read_symbol(root + body + slash, german_names).is_known:
            return root + body + slash
    return (root + (printed or SYMBOLS.get(name, name)) + slash)[:MAX_CHORD_TEXT]


def _note_name(element: Element | None, what: str, german_names: bool) -> str:
    if element is None:
        return ""
    step = (element.findtext(f"{what}-step") or "C").strip()
    alter = round(_number(element.findtext(f"{what}-alter"), 0))
    name = step + ("#" * alter if alter > 0 else "b" * -alter)
    if german_names:
        return {"B": "H", "Bb": "B"}.get(name, name)
    return name


def _degree(degree: Element) -> str:
    """``b9`` for a printed degree that is added or altered; nothing for others."""
    if degree.get("print-object") == "no" or degree.findtext("degree-type") == "subtract":
        return ""
    alter = round(_number(degree.findtext("degree-alter"), 0))
    value = (degree.findtext("degree-value") or "").strip()
    sign = "#" if alter > 0 else "b" if alter < 0 else ""
    return f"{sign}{value}" if sign else f"add{value}"


def _blocks_of(harmonies: list[_Harmony], end: int) -> tuple[ChordBlock, ...]:
    """Each chord lasts until the next one; of two at one place the later is kept."""
    blocks = []
    starts = dict(harmonies)
    places = sorted(starts)
    for start, stop in zip(places, [*places[1:], max(end, places[-1] + 1)], strict=True):
        text = starts[start]
        if text and (text in NO_CHORD_TEXTS or text.strip()):
            blocks.append(ChordBlock(Span(Ticks(start), Ticks(stop)), text))
    return tuple(blocks)


def _meter(attributes: Element, before: Meter) -> Meter:
    try:
        return Meter(
            int(attributes.findtext("time/beats") or ""),
            int(attributes.findtext("time/beat-type") or ""),
        )
    except ValueError:
        return before


def _number(text: str | None, otherwise: float) -> float:
    try:
        return otherwise if text is None else float(text)
    except ValueError as error:
        raise BrokenXml(f"holds “{text[:20] if text else ''}” where a number belongs") from error


def _english(name: str, german_names: bool) -> str:
    name = name.replace("♯", "#").replace("♭", "b")
    return {"H": "B", "B": "Bb"}.get(name, name) if german_names else name
